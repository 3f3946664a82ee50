import { shorten } from '../documents/text.ts';
import { DeliveryProblem } from './channel.ts';
import type { Channel } from './channel.ts';
import type { Secrets } from './secrets.ts';

const mask = '[redacted]';

/** Shorter ones would blot out ordinary words; no service gives out such a secret. */
const shortest = 4;

/** The other side's words are kept with the delivery; a page of them helps nobody. */
const longestSentence = 500;

/**
 * Secrets that remember what they gave away, so that a sentence in which the other side repeats one can be masked: some
 * servers quote the token that they refuse, plainly, as part of an address or in base64.
 */
export function rememberSecrets(secrets: Secrets): {
  readonly secrets: Secrets;
  readonly maskText: (text: string) => string;
} {
  const given = new Set<string>();
  const remember = (secret: string): void => {
    if (secret.length < shortest) return;
    for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')])
      given.add(form);
  };
  return {
    secrets: {
      async require(what) {
        const secret = await secrets.require(what);
        remember(secret);
        return secret;
      },
      async replace(what, secret) {
        remember(secret);
        await secrets.replace(what, secret);
      },
    },
    maskText: (text) =>
      // The longest first: one secret may be the beginning of another.
      [...given]
        .sort((a, b) => b.length - a.length)
        .reduce((masked, form) => masked.replaceAll(form, mask), text),
  };
}

/** The same channel; what it says of a failure is short and holds no secret, whoever worded it. */
export function maskProblems(channel: Channel, maskText: (text: string) => string): Channel {
  const masked = async <Result>(work: Promise<Result>): Promise<Result> => {
    try {
      return await work;
    } catch (thrown) {
      if (!(thrown instanceof DeliveryProblem)) throw thrown;
      const { fate, message, retryAfterMs } = thrown;
      // Without the cause, which could quote what was sent.
      throw new DeliveryProblem(fate, shorten(maskText(message), longestSentence), { retryAfterMs });
    }
  };
  return {
    ...channel,
    send: (message, part, context) => masked(channel.send(message, part, context)),
    ...(channel.find
      ? { find: (message, part, context) => masked(channel.find!(message, part, context)) }
      : {}),
  };
}
