import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Sight } from './rows-in-sight.ts';
import { headHeight } from './grid-places.ts';

/** Scrolling has ended when nothing moved for so long. */
const restMs = 150;

/** Follows what is in sight of a scrolled list whose rows are all of one height. */
export function useSight(place: HTMLElement | null, rowHeight: number): Sight {
  const [sight, setSight] = useState<Sight>({ row: 0, rows: 0, isMoving: false });
  useEffect(() => {
    if (place === null) return;
    let rest: ReturnType<typeof setTimeout> | undefined;
    let height = place.clientHeight;
    const look = (isMoving: boolean) => {
      const row = Math.max(0, Math.floor(place.scrollTop / rowHeight));
      const rows = Math.ceil(Math.max(0, height - headHeight) / rowHeight) + 1;
      setSight((before) =>
        before.row === row && before.rows === rows && before.isMoving === isMoving
          ? before
          : { row, rows, isMoving },
      );
    };
    const onScroll = () => {
      clearTimeout(rest);
      rest = setTimeout(look, restMs, false);
      // In the same frame: otherwise an empty place would be seen before the rows.
      flushSync(() => {
        look(true);
      });
    };
    const resized = new ResizeObserver(() => {
      height = place.clientHeight;
      look(false);
    });
    resized.observe(place);
    place.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      clearTimeout(rest);
      resized.disconnect();
      place.removeEventListener('scroll', onScroll);
    };
  }, [place, rowHeight]);
  return sight;
}
