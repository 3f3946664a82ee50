import { Link } from '@tanstack/react-router';
import classes from './marks.module.css';

/** A team's name that opens the team. Names are isolated, so that one written right to left turns nothing else around. */
export function TeamLink({ id, name }: { readonly id: number; readonly name: string }) {
  return (
    <Link to="/team/$teamId" params={{ teamId: String(id) }} className={classes.link ?? ''} title={name}>
      <bdi>{name}</bdi>
    </Link>
  );
}
