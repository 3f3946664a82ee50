import { useRouter } from '@tanstack/react-router';
import type { MouseEvent } from 'react';
import type { ListedMatch } from '../../../engine/contract/match-list.ts';
import classes from './matches.module.css';

/**
 * Both teams as one link to the match; not a stop of the Tab key, since the grid is one. A plain anchor: the router's own
 * link follows every change of the address, which is too much for one in each row.
 */
export function MatchCell({ match }: { readonly match: ListedMatch }) {
  const router = useRouter();
  const { matchId, home, away } = match;
  const open = (event: MouseEvent) => {
    // Another tab or window is the browser's business.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void router.navigate({ to: '/match/$matchId', params: { matchId: String(matchId) } });
  };
  return (
    <a
      href={router.history.createHref(`/match/${matchId}`)}
      className={classes.match}
      title={`${home} – ${away}`}
      tabIndex={-1}
      // A link that is dragged would take the place of marking cells.
      draggable={false}
      onClick={open}
    >
      <bdi>{home}</bdi>
      {' – '}
      <bdi>{away}</bdi>
    </a>
  );
}
