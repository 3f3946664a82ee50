import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { changeTab, firstAddress, goneTo } from './tabs-state.ts';
import { changeTabs, keepTabs, restoreTabs, useTabs } from './tabs-store.ts';

const titleEnd = ' · Auspex';

/** Was the window opened without an address of its own? Asked before the router puts one there. */
const isBare = ['', '#', '#/'].includes(location.hash);

/** Keeps tabs and router together: addresses, titles, scrolling, and the tabs of the last time. */
export function useTabSync(main: React.RefObject<HTMLElement | null>): void {
  const router = useRouter();

  useEffect(() => {
    let stopKeeping: (() => void) | undefined;
    let isGone = false;
    const here = () => router.state.location.href;
    const stopFollowing = router.subscribe('onResolved', () => {
      changeTabs((state) => goneTo(state, here()));
    });
    // An active tab that is somewhere else takes the router along.
    const stopLeading = useTabs.subscribe((state, before) => {
      if (state.activeId === before.activeId) return;
      const tab = state.tabs.find(({ id }) => id === state.activeId);
      if (!tab) return;
      if (tab.address !== here()) router.history.push(tab.address);
      scrollTo(main.current, tab.scroll);
    });
    void restoreTabs()
      .catch(() => undefined)
      .then((kept) => {
        if (isGone) return;
        const asked = here();
        if (kept) {
          changeTabs(() => (isBare ? kept : goneTo({ ...kept }, asked)));
          const active = kept.tabs.find(({ id }) => id === kept.activeId);
          if (isBare && active) {
            router.history.replace(active.address);
            scrollTo(main.current, active.scroll);
          }
        } else changeTabs((state) => goneTo(state, asked === '/' ? firstAddress : asked));
        stopKeeping = keepTabs();
      });
    return () => {
      isGone = true;
      stopFollowing();
      stopLeading();
      stopKeeping?.();
    };
  }, [router, main]);

  useEffect(() => {
    const read = () => {
      const { activeId } = useTabs.getState();
      const title = document.title.endsWith(titleEnd) ? document.title.slice(0, -titleEnd.length) : '';
      if (title !== '') changeTabs((state) => changeTab(state, activeId, { title }));
    };
    const observer = new MutationObserver(read);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => {
      observer.disconnect();
    };
  }, []);

  useEffect(() => {
    const element = main.current;
    if (!element) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onScroll = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const { activeId } = useTabs.getState();
        changeTabs((state) => changeTab(state, activeId, { scroll: Math.round(element.scrollTop) }));
      }, 300);
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      clearTimeout(timer);
      element.removeEventListener('scroll', onScroll);
    };
  }, [main]);
}

const patienceMs = 3000;

/** Scrolls as soon as there is enough to scroll: a screen grows while its answers come in. */
function scrollTo(element: HTMLElement | null, top: number): void {
  if (!element) return;
  element.scrollTop = 0;
  if (top === 0) return;
  const until = performance.now() + patienceMs;
  const tryAgain = () => {
    element.scrollTop = top;
    if (Math.abs(element.scrollTop - top) > 2 && performance.now() < until) requestAnimationFrame(tryAgain);
  };
  requestAnimationFrame(tryAgain);
}
