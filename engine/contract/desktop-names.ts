import type { DesktopCallName, DesktopEventName } from './desktop.ts';

/** The names in `desktop.ts`, apart from its schemas: the preload script needs these and nothing more. */

/** The one name that the shell adds to the page's `window`. */
export const desktopBridgeName = 'auspexDesktop';

/** The message by which a call goes to the shell. */
export const desktopCallMessage = (name: DesktopCallName): string => `auspex:call:${name}`;

/** The message by which an event comes from the shell. */
export const desktopEventMessage = (name: DesktopEventName): string => `auspex:event:${name}`;
