import { Link } from '@tanstack/react-router';
import { dash } from './format-values.ts';
import classes from './marks.module.css';

export interface MatchLinkProps {
  readonly id: number;
  readonly home: string;
  readonly away: string;
}

/** Both teams of a match; opens the match. */
export function MatchLink({ id, home, away }: MatchLinkProps) {
  return (
    <Link
      to="/match/$matchId"
      params={{ matchId: String(id) }}
      className={classes.link ?? ''}
      title={`${home} ${dash} ${away}`}
    >
      <bdi>{home}</bdi>
      {` ${dash} `}
      <bdi>{away}</bdi>
    </Link>
  );
}
