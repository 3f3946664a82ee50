import { hasCredentials } from '../contract/addresses.ts';
import { AppError } from '../contract/errors.ts';
import { namesSecret } from '../runtime/redact.ts';

/**
 * Refuses settings of a channel that hold a secret: they are stored, shown and exported in the open. The refusal names
 * the place and never what stands there.
 *
 * @throws AppError `CONFIGURATION_INVALID`
 */
export function refuseSecrets(settings: unknown, place = ''): void {
  if (typeof settings === 'string' && hasCredentials(settings)) {
    throw refusal(place, 'an address there holds a user name or a password');
  }
  if (typeof settings !== 'object' || settings === null) return;
  for (const [key, value] of Object.entries(settings)) {
    const below = place === '' ? key : `${place}.${key}`;
    if (namesSecret(key)) throw refusal(below, 'secrets are set as secrets, not as settings');
    refuseSecrets(value, below);
  }
}

function refusal(key: string, reason: string): AppError {
  return new AppError('CONFIGURATION_INVALID', `The setting ${key} of the channel is refused: ${reason}.`, {
    detail: { key, reason },
  });
}
