import type { Session } from 'electron';
import { appOrigin } from './app-protocol.ts';
import { isOwn } from './navigation-guard.ts';

/** Writing to the clipboard on a click ("copy as table", "copy link") is all that the screens need of these powers. */
const granted = new Set(['clipboard-sanitized-write']);

/** Refuses every power that a page can ask for, devices and screens included, and every request that leaves the page. */
export function guardPermissions(session: Session): void {
  const isGranted = (permission: string, origin: string): boolean => granted.has(permission) && isOwn(origin);
  session.setPermissionRequestHandler((contents, permission, decide) => {
    decide(isGranted(permission, contents.getURL()));
  });
  session.setPermissionCheckHandler((_contents, permission, origin) => isGranted(permission, origin));
  session.setDevicePermissionHandler(() => false);
  session.setBluetoothPairingHandler((_details, decide) => {
    decide({ confirmed: false });
  });
  session.setDisplayMediaRequestHandler((_request, decide) => {
    decide({});
  });
  session.webRequest.onBeforeRequest((details, decide) => {
    decide({ cancel: !isInside(details.url) });
  });
}

/** The page's own files, what it made itself, and the developer tools: nothing that goes over a network. */
function isInside(address: string): boolean {
  if (URL.parse(address)?.protocol === 'devtools:') return true;
  return isOwnObject(address) || isOwn(address);
}

/** Whether an address stands for something that the page made itself. */
export function isOwnObject(address: string): boolean {
  return address.startsWith(`blob:${appOrigin}/`);
}
