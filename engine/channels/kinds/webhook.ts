import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../ports/index.ts';
import type { Channel } from '../channel.ts';
import { post, requireSuccess } from '../http.ts';
import { messageHash, slugOf } from '../message.ts';
import type { Message } from '../message.ts';
import type { Secrets } from '../secrets.ts';

export const webhookSettings = z.object({ address: z.url({ protocol: /^https?$/ }) });

const schema = 'auspex.message/1';

/**
 * One signed POST a document after the Standard Webhooks specification: `webhook-id`, `webhook-timestamp` and
 * `webhook-signature`, the HMAC-SHA256 of `id.timestamp.body`. The id stays the same however often the request is
 * repeated, so the receiver takes it once; a changed document has another id.
 *
 * The channel's secret `key` signs.
 */
export function webhookChannel(
  { address }: z.infer<typeof webhookSettings>,
  { secrets, clock }: { readonly secrets: Secrets; readonly clock: Clock },
): Channel {
  const body = (message: Message): string => JSON.stringify({ schema, ...message });
  return {
    kind: 'webhook',
    canRepeat: true,
    canEdit: true,
    parts: () => ['request'],
    preview: async (message) => [
      { name: `${slugOf(message.document)}.json`, mediaType: 'application/json', content: body(message) },
    ],
    async send(message, _part, { signal }) {
      const id = `${slugOf(message.document)}-${messageHash(message).slice(0, 16)}`;
      const timestamp = String(Math.floor(clock.now() / 1000));
      const text = body(message);
      const key = await secrets.require('key');
      const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${text}`).digest('base64');
      const headers = {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signature}`,
      };
      const answer = await post(address, { headers, body: text }, signal);
      // "Conflict" is how receivers say that they have this id already.
      if (answer.status !== 409) requireSuccess(answer, new URL(address).host);
      return { remoteId: id };
    },
  };
}
