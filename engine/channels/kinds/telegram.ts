import { z } from 'zod';
import { DeliveryProblem } from '../channel.ts';
import type { Channel, Found, Receipt, SendContext } from '../channel.ts';
import { jsonAnswer, post } from '../http.ts';
import { fileBytes, slugOf } from '../message.ts';
import type { Message, MessageFile } from '../message.ts';
import type { Secrets } from '../secrets.ts';
import { splitText } from '../split.ts';

export const telegramSettings = z.object({
  /** `@name` of a channel or the number of a chat. */
  chat: z.string().regex(/^(@[A-Za-z0-9_]+|-?\d+)$/),
  address: z.url({ protocol: /^https?$/ }).default('https://api.telegram.org'),
  sendsCard: z.boolean().default(true),
  sendsFiles: z.boolean().default(false),
});

/** Characters of a message after its markup is read. */
const longestText = 4096;

/** How far behind the last known message one whose answer was lost is looked for. */
const searchLength = 20;

/**
 * The Bot API: a picture, the text as HTML in as many messages as it needs, and files. The channel's secret `token` is
 * the bot's. The API has no key that would make a repetition harmless, so a message whose answer was lost is looked
 * for: asked to take away buttons that a message does not have, the server tells the bot's own messages ("not modified")
 * from others and from numbers that do not exist, and changes nothing.
 */
export function telegramChannel(
  settings: z.infer<typeof telegramSettings>,
  { secrets }: { readonly secrets: Secrets },
): Channel {
  const { chat, address, sendsCard, sendsFiles } = settings;
  const call = async (method: string, fields: object, context: SendContext): Promise<ApiAnswer> => {
    const token = await secrets.require('token');
    const body = new FormData();
    body.set('chat_id', chat);
    for (const [name, value] of Object.entries(fields)) body.set(name, value as string | Blob);
    const answer = await post(`${address}/bot${token}/${method}`, { body }, context.signal);
    const parsed = apiAnswer.safeParse(jsonAnswer(answer, 'Telegram'));
    if (parsed.success) return parsed.data;
    throw new DeliveryProblem('lost', 'Telegram gave an answer that says nothing.');
  };
  const sendPart = async (message: Message, part: string, context: SendContext): Promise<Receipt> => {
    const edited = idIn(chat, context.remoteId);
    const { method, fields } = requestOf(message, part);
    if (edited === undefined) return receiptOf(await call(method, fields, context), chat);
    // Pictures and files stay as they were; the text tells what has changed.
    if (method !== 'sendMessage') return { remoteId: context.remoteId ?? null };
    const answer = await call('editMessageText', { ...fields, message_id: String(edited) }, context);
    if (!answer.ok && /not modified/i.test(answer.description)) return { remoteId: context.remoteId ?? null };
    return receiptOf(answer, chat);
  };
  return {
    kind: 'telegram',
    canRepeat: false,
    canEdit: true,
    parts: (message) => [
      ...(sendsCard && message.card ? ['card'] : []),
      ...splitText(message.text, longestText).map((_, index) => `text-${index + 1}`),
      ...(sendsFiles ? message.files.map((file) => `file-${file.name}`) : []),
    ],
    preview: async (message) => [
      ...(sendsCard && message.card
        ? [{ name: message.card.name, mediaType: message.card.mediaType, content: fileBytes(message.card) }]
        : []),
      ...splitText(message.text, longestText).map((text, index) => ({
        name: `${slugOf(message.document)}.${index + 1}.html`,
        mediaType: 'text/html; charset=utf-8',
        content: markup(text, index === 0),
      })),
    ],
    send: sendPart,
    async find(_message, _part, context): Promise<Found> {
      const known = context.lastRemoteIds.flatMap((id) => idIn(chat, id) ?? []);
      if (known.length === 0) return 'unknown';
      const last = Math.max(...known);
      let absent = 0;
      for (let id = last + 1; id <= last + searchLength; id++) {
        const answer = await call('editMessageReplyMarkup', { message_id: String(id) }, context);
        if (!answer.ok && /not modified/i.test(answer.description)) return { remoteId: remoteId(chat, id) };
        if (answer.ok) return 'unknown';
        if (answer.error_code === 429) receiptOf(answer, chat);
        // Numbers are given in order: after a few that do not exist none does.
        absent = /not found|message_id_invalid/i.test(answer.description) ? absent + 1 : 0;
        if (absent === 3) return 'absent';
      }
      return 'unknown';
    },
  };
}

const apiAnswer = z.union([
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({
    ok: z.literal(false),
    error_code: z.number(),
    description: z.string().default(''),
    parameters: z.object({ retry_after: z.number().optional() }).optional(),
  }),
]);
type ApiAnswer = z.infer<typeof apiAnswer>;

const sentMessage = z.object({ message_id: z.number().int() });

function receiptOf(answer: ApiAnswer, chat: string): Receipt {
  if (answer.ok) {
    const sent = sentMessage.safeParse(answer.result);
    if (sent.success) return { remoteId: remoteId(chat, sent.data.message_id) };
    throw new DeliveryProblem('lost', 'Telegram did not say what it calls the message.');
  }
  const { error_code: code, description, parameters } = answer;
  const sentence = `Telegram refused with ${code}: ${description}`;
  if (code === 429) {
    const retryAfterMs = (parameters?.retry_after ?? 1) * 1000;
    throw new DeliveryProblem('delayed', sentence, { retryAfterMs });
  }
  throw new DeliveryProblem(code >= 500 ? 'lost' : 'refused', sentence);
}

/** Numbers count within a chat. */
const remoteId = (chat: string, id: number): string => `${chat}/${id}`;

function idIn(chat: string, remote: string | undefined): number | undefined {
  return remote?.startsWith(`${chat}/`) === true ? Number(remote.slice(chat.length + 1)) : undefined;
}

function requestOf(message: Message, part: string): { method: string; fields: object } {
  if (part === 'card' && message.card) {
    return {
      method: 'sendPhoto',
      fields: { photo: upload(message.card), caption: message.subject.slice(0, 1024) },
    };
  }
  const file = message.files.find(({ name }) => part === `file-${name}`);
  if (file) return { method: 'sendDocument', fields: { document: upload(file) } };
  const index = Number(part.slice('text-'.length)) - 1;
  const text = splitText(message.text, longestText)[index] ?? '';
  const quiet = { parse_mode: 'HTML', link_preview_options: JSON.stringify({ is_disabled: true }) };
  return { method: 'sendMessage', fields: { text: markup(text, index === 0), ...quiet } };
}

const upload = (file: MessageFile): File =>
  new File([new Uint8Array(fileBytes(file))], file.name, { type: file.mediaType });

/** Telegram's HTML; the title, which is the first line of the first message, in bold. */
function markup(text: string, isFirst: boolean): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return isFirst ? escaped.replace(/^.+/, (title) => `<b>${title}</b>`) : escaped;
}
