import type { App, WebContents } from 'electron';
import { appOrigin } from './app-protocol.ts';
import { openOutside } from './outside.ts';

/**
 * Every page of the program stays where it is: it leads nowhere else, opens no window, holds no other page's view. A
 * link that leads out is opened by the analyst's browser, if its host is on the list.
 */
export function guardNavigation(app: App): void {
  app.on('web-contents-created', (_event, contents) => {
    guard(contents);
  });
}

function guard(contents: WebContents): void {
  const stay = (event: { preventDefault(): void; readonly url: string }): void => {
    if (isOwn(event.url)) return;
    event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', (event) => {
    // A preview of a document is a frame of the page's own making.
    if (!event.isMainFrame && (event.url === 'about:srcdoc' || event.url.startsWith(`blob:${appOrigin}/`)))
      return;
    stay(event);
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
  contents.setWindowOpenHandler(({ url }) => {
    void openOutside(url);
    return { action: 'deny' };
  });
}

/** Whether an address is the program's own page. */
export function isOwn(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === 'app:' && url.host === 'auspex' && url.username === '' && url.password === '';
}
