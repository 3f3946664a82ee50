import { z } from 'zod';
import { AppError } from '../contract/errors.ts';
import type { Clock, SecretStore } from '../ports/index.ts';
import type { Channel } from './channel.ts';
import { emailChannel, emailSettings } from './kinds/email.ts';
import { emlChannel, emlSettings } from './kinds/eml.ts';
import { folderChannel, folderSettings } from './kinds/folder.ts';
import { siteChannel, siteSettings } from './kinds/site.ts';
import { telegramChannel, telegramSettings } from './kinds/telegram.ts';
import { vkChannel, vkSettings } from './kinds/vk.ts';
import { webhookChannel, webhookSettings } from './kinds/webhook.ts';
import { maskProblems, rememberSecrets } from './masking.ts';
import { secretsOf } from './secrets.ts';
import type { Secrets } from './secrets.ts';
import { takesSchema } from './takes.ts';

interface Means {
  readonly secrets: Secrets;
  readonly clock: Clock;
}

type Open = (settings: unknown, means: Means) => Channel;

/** Reads the settings of a kind before they are used. */
function kind<Settings>(
  schema: z.ZodType<Settings>,
  open: (settings: Settings, means: Means) => Channel,
): Open {
  return (settings, means) => open(schema.parse(settings), means);
}

/** Every kind of channel, one line each. */
const kinds: Readonly<Record<string, Open>> = {
  folder: kind(folderSettings, folderChannel),
  site: kind(siteSettings, siteChannel),
  email: kind(emailSettings, emailChannel),
  eml: kind(emlSettings, emlChannel),
  telegram: kind(telegramSettings, telegramChannel),
  vk: kind(vkSettings, vkChannel),
  webhook: kind(webhookSettings, webhookChannel),
};

const channelKinds: readonly string[] = Object.keys(kinds);

/**
 * A channel from its settings, which hold no secrets: those are read from the store when something is sent.
 *
 * @throws AppError `CONFIGURATION_INVALID`
 */
export function openChannel(
  {
    name,
    kind: kindName,
    settings,
  }: { readonly name: string; readonly kind: string; readonly settings: unknown },
  means: { readonly secretStore: SecretStore; readonly clock: Clock },
): Channel {
  const open = Object.hasOwn(kinds, kindName) ? kinds[kindName] : undefined;
  if (!open) {
    throw new AppError(
      'CONFIGURATION_INVALID',
      `Expected a channel (${channelKinds.join(', ')}), got "${kindName}".`,
      {
        detail: { key: 'kind', expected: channelKinds, got: kindName },
      },
    );
  }
  try {
    takesSchema
      .refine(({ alerts }) => alerts === undefined || kindName !== 'site', {
        path: ['alerts'],
        message: 'a public site carries none',
      })
      .parse(settings);
    const { secrets, maskText } = rememberSecrets(secretsOf(means.secretStore, name));
    return maskProblems(open(settings, { secrets, clock: means.clock }), maskText);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    // Paths and expectations alone: a value may be a secret that was put in the wrong place.
    const reason = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
    throw new AppError(
      'CONFIGURATION_INVALID',
      `The settings of the channel "${name}" are refused: ${reason}`,
      {
        detail: { key: name, reason },
      },
    );
  }
}
