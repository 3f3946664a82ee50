import type { SecretStore } from '../ports/index.ts';
import { DeliveryProblem } from './channel.ts';

/** The secrets of one channel. */
export interface Secrets {
  /** @throws DeliveryProblem that names the secret that is missing */
  require(what: string): Promise<string>;
  /** Keeps a secret that the other side gave out in place of an earlier one. */
  replace(what: string, secret: string): Promise<void>;
}

/** Where a channel's secret stands: `channel.<name>.<what>`. */
export const secretName = (channel: string, what: string): string => `channel.${channel}.${what}`;

export function secretsOf(store: SecretStore, channel: string): Secrets {
  return {
    async require(what) {
      const name = secretName(channel, what);
      const secret = await store.get(name);
      if (secret === undefined) throw new DeliveryProblem('refused', `The secret ${name} is not set.`);
      return secret;
    },
    replace: (what, secret) => store.set(secretName(channel, what), secret),
  };
}
