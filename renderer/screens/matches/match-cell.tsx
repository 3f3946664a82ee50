import { Link } from '@tanstack/react-router';
import type { ListedMatch } from '../../../engine/contract/match-list.ts';
import classes from './matches.module.css';

/** Both teams as one link to the match; not a stop of the Tab key, since the grid is one. */
export function MatchCell({ match }: { readonly match: ListedMatch }) {
  return (
    <Link
      to="/match/$matchId"
      params={{ matchId: String(match.matchId) }}
      className={classes.match ?? ''}
      title={`${match.home} – ${match.away}`}
      tabIndex={-1}
      // A link that is dragged would take the place of marking cells.
      draggable={false}
    >
      <bdi>{match.home}</bdi>
      {' – '}
      <bdi>{match.away}</bdi>
    </Link>
  );
}
