/** How far down a screen was scrolled, by the names of its parts that scroll (`data-scroll-place`); none are at the top. */
export type ScrollPlaces = Readonly<Record<string, number>>;

/** The scrolling part that every screen has. */
export const mainPlace = 'main';

const patienceMs = 5000;
const nearEnough = 2;
let restoring: AbortController | undefined;

/** Where everything is at present; undefined while it is still on its way to where it was. */
export function readScrollPlaces(): ScrollPlaces | undefined {
  if (restoring !== undefined) return undefined;
  return Object.fromEntries(
    [...document.querySelectorAll<HTMLElement>('[data-scroll-place]')]
      .map(({ dataset, scrollTop }) => [dataset.scrollPlace!, Math.round(scrollTop)] as const)
      .filter(([, top]) => top > 0),
  );
}

/**
 * Scrolls everything to where it was, as soon as there is enough to scroll: a screen grows while its answers come in.
 * Whoever presses or turns anything meanwhile is not pulled away again.
 */
export function restoreScrollPlaces(places: ScrollPlaces): void {
  restoring?.abort();
  restoring = undefined;
  const main = findPlace(mainPlace);
  if (main !== null) main.scrollTop = 0;
  const wanted = new Map(Object.entries(places));
  if (wanted.size === 0) return;
  const own = new AbortController();
  restoring = own;
  const stop = () => {
    own.abort();
    if (restoring === own) restoring = undefined;
  };
  for (const kind of ['wheel', 'pointerdown', 'keydown', 'touchstart'])
    addEventListener(kind, stop, { capture: true, passive: true, signal: own.signal });
  const until = performance.now() + patienceMs;
  const tryAgain = () => {
    if (own.signal.aborted) return;
    for (const [name, top] of wanted) {
      const element = findPlace(name);
      if (element === null) continue;
      // A place counts as reached when it still is there a frame later: what mounts just now begins at its top.
      if (Math.abs(element.scrollTop - top) <= nearEnough) wanted.delete(name);
      else element.scrollTop = top;
    }
    if (wanted.size === 0 || performance.now() > until) stop();
    else requestAnimationFrame(tryAgain);
  };
  requestAnimationFrame(tryAgain);
}

function findPlace(name: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-scroll-place="${CSS.escape(name)}"]`);
}
