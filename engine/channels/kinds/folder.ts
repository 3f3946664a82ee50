import { z } from 'zod';
import { safeJoin, writeFileAtomic } from '../../runtime/files.ts';
import type { Channel } from '../channel.ts';
import { fileBytes, messageFile } from '../message.ts';
import type { Message, MessageFile } from '../message.ts';

export const folderSettings = z.object({
  /** Absolute. */
  folder: z.string().min(1),
});

/** The files of a document in a folder, under the document's own path: `forecast/2026-11-21/regular.ru.html`. */
export function folderChannel({ folder }: z.infer<typeof folderSettings>): Channel {
  return {
    kind: 'folder',
    canRepeat: true,
    canEdit: true,
    parts: () => ['files'],
    preview: async (message) =>
      filesOf(message).map((file) => ({
        name: file.name,
        mediaType: file.mediaType,
        content: fileBytes(file),
      })),
    async send(message) {
      const place = message.document.split('/').slice(0, -1);
      for (const file of filesOf(message))
        await writeFileAtomic(safeJoin(folder, ...place, file.name), fileBytes(file));
      return { remoteId: null };
    },
  };
}

/** What has no files, such as an alert, is kept as its text. */
function filesOf({ document, files, text }: Message): readonly MessageFile[] {
  const name = document.split('/').at(-1)!;
  return files.length > 0 ? files : [messageFile(`${name}.txt`, 'text/plain; charset=utf-8', text)];
}
