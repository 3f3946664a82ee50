import { app, type Session } from 'electron';
import { basename, dirname, join } from 'node:path';
import { isOwnObject } from './permission-guard.ts';
import type { Memory } from './remembered.ts';

/** Saves what the page has made (a chart, a table, a report) where the analyst says; nothing else is downloaded. */
export function saveDownloads(session: Session, memory: Memory): void {
  session.on('will-download', (event, item) => {
    if (!isOwnObject(item.getURL())) {
      event.preventDefault();
      return;
    }
    const folder = memory.now.folders.save ?? app.getPath('downloads');
    item.setSaveDialogOptions({ defaultPath: join(folder, fileName(item.getFilename())) });
    item.once('done', (_event, state) => {
      if (state !== 'completed') return;
      memory.change({ folders: { ...memory.now.folders, save: dirname(item.getSavePath()) } });
    });
  });
}

/** A name that no system takes for a path, a device or a hidden file. */
export function fileName(given: string): string {
  const name = basename(given)
    // eslint-disable-next-line no-control-regex -- just these are what must go
    .replace(/[\u0000-\u001f<>:"/\\|?*]/g, '_')
    .replace(/^\.+|[. ]+$/g, '')
    .slice(-120);
  return name === '' || /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name) ? `auspex_${name}` : name;
}
