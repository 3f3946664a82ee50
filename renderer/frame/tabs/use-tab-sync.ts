import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { readScrollPlaces, restoreScrollPlaces } from './scroll-places.ts';
import type { ScrollPlaces } from './scroll-places.ts';
import { changeTab, firstAddress, goneTo } from './tabs-state.ts';
import { changeTabs, keepTabs, restoreTabs, useTabs } from './tabs-store.ts';

const titleEnd = ' · Auspex';

/** Was the window opened without an address of its own? Asked before the router puts one there. */
const isBare = ['', '#', '#/'].includes(location.hash);

/** Keeps tabs and router together: addresses, titles, scrolling, and the tabs of the last time. */
export function useTabSync(): void {
  const router = useRouter();

  useEffect(() => {
    let stopKeeping: (() => void) | undefined;
    let isGone = false;
    const here = () => router.state.location.href;
    /** Where each step of the history was scrolled to when it was left. */
    const left = new Map<string, ScrollPlaces>();
    let isStep = false;
    /** Where the tab that is being opened was scrolled to. */
    let ofTab: ScrollPlaces | undefined;
    const stops = [
      router.history.subscribe(({ action }) => {
        isStep = action.type === 'BACK' || action.type === 'FORWARD' || action.type === 'GO';
      }),
      router.subscribe('onBeforeLoad', ({ fromLocation }) => {
        const scroll = readScrollPlaces();
        if (fromLocation === undefined || scroll === undefined) return;
        if (fromLocation.state.__TSR_key !== undefined) left.set(fromLocation.state.__TSR_key, scroll);
        const tab = useTabs.getState().tabs.find(({ address }) => address === fromLocation.href);
        if (tab) changeTabs((state) => changeTab(state, tab.id, { scroll }));
      }),
      router.subscribe('onResolved', () => {
        changeTabs((state) => goneTo(state, here()));
      }),
      router.subscribe('onRendered', ({ fromLocation, toLocation, pathChanged }) => {
        const step = isStep ? left.get(toLocation.state.__TSR_key ?? '') : undefined;
        const isNew = pathChanged && fromLocation !== undefined;
        const scroll = ofTab ?? step ?? (isNew ? {} : undefined);
        ofTab = undefined;
        isStep = false;
        if (scroll !== undefined) restoreScrollPlaces(scroll);
      }),
      // An active tab that is somewhere else takes the router along.
      useTabs.subscribe((state, before) => {
        if (state.activeId === before.activeId) return;
        const tab = state.tabs.find(({ id }) => id === state.activeId);
        if (!tab) return;
        if (tab.address === here()) restoreScrollPlaces(tab.scroll);
        else {
          ofTab = tab.scroll;
          router.history.push(tab.address);
        }
      }),
    ];
    void restoreTabs()
      .catch(() => undefined)
      .then((kept) => {
        if (isGone) return;
        const asked = here();
        if (kept) {
          changeTabs(() => (isBare ? kept : goneTo({ ...kept }, asked)));
          const { tabs, activeId } = useTabs.getState();
          const active = tabs.find(({ id }) => id === activeId);
          if (active?.address === asked) restoreScrollPlaces(active.scroll);
          else if (active) {
            ofTab = active.scroll;
            router.history.replace(active.address);
          }
        } else changeTabs((state) => goneTo(state, asked === '/' ? firstAddress : asked));
        stopKeeping = keepTabs();
      });
    return () => {
      isGone = true;
      for (const stop of stops) stop();
      stopKeeping?.();
    };
  }, [router]);

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
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onScroll = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const scroll = readScrollPlaces();
        const { activeId } = useTabs.getState();
        if (scroll !== undefined) changeTabs((state) => changeTab(state, activeId, { scroll }));
      }, 300);
    };
    // Scrolling is told to nobody but the element itself, except while it is captured.
    const options = { capture: true, passive: true };
    addEventListener('scroll', onScroll, options);
    return () => {
      clearTimeout(timer);
      removeEventListener('scroll', onScroll, options);
    };
  }, []);
}
