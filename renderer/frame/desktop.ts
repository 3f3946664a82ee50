import type { DesktopBridge } from '../../engine/contract/desktop.ts';

declare global {
  interface Window {
    readonly auspexDesktop?: DesktopBridge;
  }
}

/** The desktop shell around this page; undefined in a browser, where everything can be done without it. */
export const desktop: DesktopBridge | undefined = window.auspexDesktop;
