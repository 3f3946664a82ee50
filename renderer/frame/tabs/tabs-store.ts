import { create } from 'zustand';
import { client } from '../../connection/client.ts';
import { firstAddress, readTabs, startTabs } from './tabs-state.ts';
import type { Tabs } from './tabs-state.ts';

export const useTabs = create<Tabs>(() => startTabs(firstAddress));

/** Changes the tabs by one of the functions of `tabs-state.ts`. */
export function changeTabs(change: (state: Tabs) => Tabs): void {
  useTabs.setState(change(useTabs.getState()), true);
}

const windowKey = 'auspex.tabs';
const keepAfterMs = 800;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Keeps the tabs: for this window at once, for the next start with the engine. */
export function keepTabs(): () => void {
  return useTabs.subscribe(({ tabs, activeId }) => {
    sessionStorage.setItem(windowKey, JSON.stringify({ tabs, activeId }));
    clearTimeout(timer);
    timer = setTimeout(() => {
      const value = { tabs: tabs.map((tab) => ({ ...tab })), activeId };
      void client.workspace
        .put({ kind: 'layout', name: 'tabs', value, isUndoable: false })
        .catch(() => undefined);
    }, keepAfterMs);
  });
}

/** The tabs of this window before it was loaded again, else those of the last start. */
export async function restoreTabs(): Promise<Tabs | undefined> {
  const own = sessionStorage.getItem(windowKey);
  if (own !== null) return readTabs(JSON.parse(own));
  return readTabs((await client.workspace.get({ kind: 'layout', name: 'tabs' }))?.value);
}
