import { app, BrowserWindow, dialog, type OpenDialogOptions, type WebContents } from 'electron';
import { dirname } from 'node:path';
import type { DesktopCallInput, FilePurpose } from '../../engine/contract/desktop.ts';
import type { Memory } from './remembered.ts';
import type { Texts } from './texts.ts';

const extensions: Readonly<Record<Exclude<FilePurpose, 'folder'>, readonly string[]>> = {
  table: ['csv', 'tsv', 'txt', 'json', 'xlsx'],
  mapping: ['json'],
  project: ['auspex'],
  settings: ['json'],
};

/** Lets the analyst choose files or a folder, starting where the last one for the same purpose was. */
export async function chooseFiles(
  { purpose, many }: DesktopCallInput<'chooseFiles'>,
  { sender, memory, texts }: { sender: WebContents; memory: Memory; texts: Texts },
): Promise<readonly string[]> {
  const options: OpenDialogOptions = {
    title: texts.dialogs[purpose],
    defaultPath: memory.now.folders[purpose] ?? app.getPath('documents'),
    properties: [
      purpose === 'folder' ? 'openDirectory' : 'openFile',
      ...(many ? (['multiSelections'] as const) : []),
    ],
    ...(purpose === 'folder'
      ? {}
      : {
          filters: [
            { name: texts.dialogs[purpose], extensions: [...extensions[purpose]] },
            { name: texts.dialogs.all, extensions: ['*'] },
          ],
        }),
  };
  const window = BrowserWindow.fromWebContents(sender);
  const chosen = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
  const [first] = chosen.filePaths;
  if (chosen.canceled || first === undefined) return [];
  const folder = purpose === 'folder' ? first : dirname(first);
  memory.change({ folders: { ...memory.now.folders, [purpose]: folder } });
  return chosen.filePaths;
}
