import { createHash } from 'node:crypto';
import { z } from 'zod';
import { DeliveryProblem } from '../channel.ts';
import type { Channel, Found, SendContext } from '../channel.ts';
import { jsonAnswer, post, requireSuccess } from '../http.ts';
import { slugOf } from '../message.ts';
import type { Message } from '../message.ts';
import type { Secrets } from '../secrets.ts';
import { splitText } from '../split.ts';

export const vkSettings = z.object({
  /** Whose wall: negative for a community. */
  owner: z.number().int(),
  address: z.url({ protocol: /^https?$/ }).default('https://api.vk.com'),
});

const apiVersion = '5.199';
/** A wall takes some 16,000 characters a post. */
const longestText = 15_000;

/**
 * Posts on a wall. The channel's secret `token` opens it. A post carries a `guid`, by which the server itself refuses
 * copies for an hour; after a lost answer the newest posts are read first.
 */
export function vkChannel(
  { owner, address }: z.infer<typeof vkSettings>,
  { secrets }: { readonly secrets: Secrets },
): Channel {
  const call = async (method: string, fields: Readonly<Record<string, string>>, context: SendContext) => {
    const body = new URLSearchParams({ owner_id: String(owner), v: apiVersion, ...fields });
    body.set('access_token', await secrets.require('token'));
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await post(
      `${address}/method/${method}`,
      { headers, body: body.toString() },
      context.signal,
    );
    requireSuccess(answer, 'VK');
    const parsed = apiAnswer.safeParse(jsonAnswer(answer, 'VK'));
    if (!parsed.success) throw new DeliveryProblem('lost', 'VK gave an answer that says nothing.');
    const { error, response } = parsed.data;
    if (error) throw problemOf(error.error_code, error.error_msg);
    return response;
  };
  const textOf = (message: Message, part: string): string =>
    splitText(message.text, longestText)[Number(part.slice('post-'.length)) - 1] ?? '';
  return {
    kind: 'vk',
    canRepeat: false,
    canEdit: true,
    parts: (message) => splitText(message.text, longestText).map((_, index) => `post-${index + 1}`),
    preview: async (message) =>
      splitText(message.text, longestText).map((content, index) => ({
        name: `${slugOf(message.document)}.${index + 1}.txt`,
        mediaType: 'text/plain; charset=utf-8',
        content,
      })),
    async send(message, part, context) {
      const text = textOf(message, part);
      if (context.remoteId !== undefined) {
        await call('wall.edit', { post_id: context.remoteId, message: text }, context);
        return { remoteId: context.remoteId };
      }
      const guid = createHash('sha256').update(`${message.document}\n${part}`).digest('hex').slice(0, 32);
      const fields = { message: text, guid, from_group: owner < 0 ? '1' : '0' };
      const made = postAnswer.safeParse(await call('wall.post', fields, context));
      if (made.success) return { remoteId: String(made.data.post_id) };
      throw new DeliveryProblem('lost', 'VK did not say what it calls the post.');
    },
    async find(message, part, context): Promise<Found> {
      const posts = wallAnswer.safeParse(
        await call('wall.get', { count: '50' }, context).catch(unknownIfRefused),
      );
      if (!posts.success) return 'unknown';
      const sought = likeness(textOf(message, part));
      const found = posts.data.items.find(({ text }) => likeness(text) === sought);
      return found ? { remoteId: String(found.id) } : 'absent';
    },
  };
}

const apiAnswer = z.object({
  /** Missing where there is an error. */
  response: z.unknown().optional(),
  error: z.object({ error_code: z.number(), error_msg: z.string().default('') }).optional(),
});
const postAnswer = z.object({ post_id: z.number().int() });
const wallAnswer = z.object({ items: z.array(z.object({ id: z.number().int(), text: z.string() })) });

/** 6 and 9: too often; 1 and 10: something went wrong over there, perhaps after the post was made. */
function problemOf(code: number, sentence: string): DeliveryProblem {
  const fate = code === 6 || code === 9 ? 'delayed' : code === 1 || code === 10 ? 'lost' : 'refused';
  return new DeliveryProblem(fate, `VK refused with ${code}: ${sentence}`);
}

/** A community's own token may post but not read. */
function unknownIfRefused(thrown: unknown): undefined {
  if (thrown instanceof DeliveryProblem && thrown.fate === 'refused') return undefined;
  throw thrown;
}

/** Servers may change white space. */
const likeness = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
