import { z } from 'zod';
import { safeJoin, writeFileAtomic } from '../../runtime/files.ts';
import type { Channel } from '../channel.ts';
import { fileBytes, keptFiles } from '../message.ts';

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
      keptFiles(message).map((file) => ({
        name: file.name,
        mediaType: file.mediaType,
        content: fileBytes(file),
      })),
    async send(message) {
      const place = message.document.split('/').slice(0, -1);
      for (const file of keptFiles(message))
        await writeFileAtomic(safeJoin(folder, ...place, file.name), fileBytes(file));
      return { remoteId: null };
    },
  };
}
