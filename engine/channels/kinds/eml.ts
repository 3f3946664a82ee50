import { z } from 'zod';
import type { Clock } from '../../ports/index.ts';
import { safeJoin, writeFileAtomic } from '../../runtime/files.ts';
import type { Channel } from '../channel.ts';
import { slugOf } from '../message.ts';
import { composeMail, emailSettings } from './email.ts';

export const emlSettings = emailSettings
  .pick({ from: true, senderName: true, attachesFiles: true })
  .extend({ folder: z.string().min(1) });

/** Mails as `.eml` files in a folder, for whoever sends them with a mail program of his own: no server is needed. */
export function emlChannel(
  settings: z.infer<typeof emlSettings>,
  { clock }: { readonly clock: Clock },
): Channel {
  const compose = (message: Parameters<Channel['parts']>[0]): Promise<Uint8Array> =>
    composeMail(settings, { message, recipient: settings.from, instant: clock.now() });
  const nameOf = (document: string): string => `${slugOf(document)}.eml`;
  return {
    kind: 'eml',
    canRepeat: true,
    canEdit: true,
    parts: () => ['file'],
    preview: async (message) => [
      { name: nameOf(message.document), mediaType: 'message/rfc822', content: await compose(message) },
    ],
    async send(message) {
      await writeFileAtomic(safeJoin(settings.folder, nameOf(message.document)), await compose(message));
      return { remoteId: null };
    },
  };
}
