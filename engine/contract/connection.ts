/** What both ends of a connection between the screens and the engine agree on. */

/** Where the loopback host listens for the screens' WebSocket. */
export const rpcPath = '/rpc';

/**
 * The message with which the desktop shell's preload hands the page its port:
 * `window.postMessage(portMessage, location.origin, [port])`. A port that is handed over later replaces the earlier one
 * (the engine has been started again).
 */
export const portMessage = 'auspex:port';

/** What the page posts to itself once it listens; the preload answers with `portMessage`. */
export const portWanted = 'auspex:port-wanted';
