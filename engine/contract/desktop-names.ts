import type { DesktopCallName, DesktopEventName } from './desktop.ts';

/** The names in `desktop.ts`, apart from its schemas: the preload script needs these and nothing more. */

/** The one name that the shell adds to the page's `window`. */
export const desktopBridgeName = 'auspexDesktop';

/**
 * `data` of the window message that brings a port to the engine: `event.ports[0]`. One comes for each call of
 * `connectEngine`, as soon as an engine answers. The port closes when the engine ends; ask for another one then.
 */
export const enginePortMessage = 'auspex:engine-port';

/** The message with which a page asks the shell for that port. */
export const connectEngineMessage = 'auspex:connect-engine';

/** The message by which a call goes to the shell. */
export const desktopCallMessage = (name: DesktopCallName): string => `auspex:call:${name}`;

/** The message by which an event comes from the shell. */
export const desktopEventMessage = (name: DesktopEventName): string => `auspex:event:${name}`;
