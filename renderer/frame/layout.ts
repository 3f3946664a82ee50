import { create } from 'zustand';
import { client } from '../connection/client.ts';

/** How the frame is laid out; kept by the engine, so that it comes back after a restart. */
export interface Layout {
  readonly isRailNarrow: boolean;
  readonly isRunsPanelOpen: boolean;
}

interface LayoutState extends Layout {
  /** What is shown over the screen. One at a time. */
  readonly overlay: 'palette' | 'cheat-sheet' | 'notices' | undefined;
}

export const useLayout = create<LayoutState>(() => ({
  isRailNarrow: false,
  isRunsPanelOpen: false,
  overlay: undefined,
}));

export function changeLayout(change: Partial<Layout>): void {
  useLayout.setState(change);
  const { isRailNarrow, isRunsPanelOpen } = useLayout.getState();
  const value = { isRailNarrow, isRunsPanelOpen };
  void client.workspace
    .put({ kind: 'layout', name: 'frame', value, isUndoable: false })
    .catch(() => undefined);
}

export function showOverlay(overlay: LayoutState['overlay']): void {
  useLayout.setState({ overlay });
}

/** Takes over what was kept. */
export async function restoreLayout(): Promise<void> {
  const kept = (await client.workspace.get({ kind: 'layout', name: 'frame' }))?.value as
    Partial<Layout> | undefined;
  useLayout.setState({
    isRailNarrow: kept?.isRailNarrow === true,
    isRunsPanelOpen: kept?.isRunsPanelOpen === true,
  });
}
