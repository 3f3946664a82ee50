import type { ScrollPlaces } from './scroll-places.ts';

/** A tab: an address and how far it was scrolled. */
export interface Tab {
  readonly id: number;
  /** Path and search of the router. */
  readonly address: string;
  /** As its screen called itself; empty until it did. */
  readonly title: string;
  readonly scroll: ScrollPlaces;
}

export interface Tabs {
  readonly tabs: readonly Tab[];
  readonly activeId: number;
  /** Closed ones, the last one first. */
  readonly closed: readonly Tab[];
}

const keptClosed = 20;

export const firstAddress = '/today';

export function startTabs(address: string): Tabs {
  return { tabs: [{ id: 1, address, title: '', scroll: {} }], activeId: 1, closed: [] };
}

const nextId = ({ tabs, closed }: Tabs): number =>
  Math.max(0, ...[...tabs, ...closed].map(({ id }) => id)) + 1;

/** Opens an address beside the active tab. */
export function openTab(state: Tabs, address: string, isActive = true): Tabs {
  const id = nextId(state);
  const at = state.tabs.findIndex((tab) => tab.id === state.activeId) + 1;
  const tabs = [...state.tabs];
  tabs.splice(at, 0, { id, address, title: '', scroll: {} });
  return { ...state, tabs, activeId: isActive ? id : state.activeId };
}

/** Closes a tab; its neighbour becomes active, and the last one gives way to the first screen. */
export function closeTab(state: Tabs, id: number): Tabs {
  const at = state.tabs.findIndex((tab) => tab.id === id);
  const tab = state.tabs[at];
  if (!tab) return state;
  const tabs = state.tabs.filter((one) => one.id !== id);
  const closed = [tab, ...state.closed].slice(0, keptClosed);
  if (tabs.length === 0) {
    const fresh = { id: nextId(state), address: firstAddress, title: '', scroll: {} };
    return { tabs: [fresh], activeId: fresh.id, closed };
  }
  const neighbour = tabs[Math.min(at, tabs.length - 1)]!;
  return { tabs, activeId: state.activeId === id ? neighbour.id : state.activeId, closed };
}

export function closeOtherTabs(state: Tabs, id: number): Tabs {
  const others = state.tabs.filter((tab) => tab.id !== id);
  return {
    tabs: state.tabs.filter((tab) => tab.id === id),
    activeId: id,
    closed: [...others, ...state.closed].slice(0, keptClosed),
  };
}

export function reopenTab(state: Tabs): Tabs {
  const [last, ...closed] = state.closed;
  if (!last) return state;
  return { tabs: [...state.tabs, last], activeId: last.id, closed };
}

/**
 * The router went to an address: a tab that has it becomes active, otherwise the active one goes there. It keeps its title
 * where only the search changed: the screen is the same and calls itself nothing new.
 */
export function goneTo(state: Tabs, address: string): Tabs {
  const active = state.tabs.find(({ id }) => id === state.activeId);
  if (active?.address === address) return state;
  const other = state.tabs.find((tab) => tab.address === address);
  if (other) return { ...state, activeId: other.id };
  const isSameScreen = active !== undefined && pathOf(active.address) === pathOf(address);
  return changeTab(state, state.activeId, { address, ...(isSameScreen ? {} : { title: '', scroll: {} }) });
}

const pathOf = (address: string): string => address.split('?', 1)[0]!;

export function changeTab(state: Tabs, id: number, change: Partial<Omit<Tab, 'id'>>): Tabs {
  return { ...state, tabs: state.tabs.map((tab) => (tab.id === id ? { ...tab, ...change } : tab)) };
}

/** Moves a tab by so many places. */
export function moveTab(state: Tabs, id: number, by: number): Tabs {
  const from = state.tabs.findIndex((tab) => tab.id === id);
  const to = Math.min(state.tabs.length - 1, Math.max(0, from + by));
  if (from < 0 || from === to) return state;
  const tabs = [...state.tabs];
  const [tab] = tabs.splice(from, 1);
  tabs.splice(to, 0, tab!);
  return { ...state, tabs };
}

/** The tab so many places on, round and round. */
export function neighbourTab(state: Tabs, by: number): Tabs {
  const at = state.tabs.findIndex((tab) => tab.id === state.activeId);
  const next = state.tabs[(at + by + state.tabs.length) % state.tabs.length];
  return next ? { ...state, activeId: next.id } : state;
}

function readScroll(value: unknown): ScrollPlaces {
  if (typeof value !== 'object' || value === null) return {};
  const entries = Object.entries(value).filter(([, top]) => typeof top === 'number' && top > 0);
  return Object.fromEntries(entries) as ScrollPlaces;
}

/** What was kept of an earlier time, if it can be used. */
export function readTabs(value: unknown): Tabs | undefined {
  const kept = value as Partial<Tabs> | null | undefined;
  const tabs = (Array.isArray(kept?.tabs) ? (kept.tabs as (Partial<Tab> | null)[]) : []).flatMap(
    (tab): Tab[] => {
      const { id, address, title, scroll } = tab ?? {};
      const isGood = typeof id === 'number' && typeof address === 'string' && address.startsWith('/');
      if (!isGood) return [];
      const kept = { title: typeof title === 'string' ? title : '', scroll: readScroll(scroll) };
      return [{ id, address, ...kept }];
    },
  );
  const [first] = tabs;
  if (!first) return undefined;
  const activeId = tabs.some(({ id }) => id === kept?.activeId) ? kept!.activeId! : first.id;
  return { tabs, activeId, closed: [] };
}
