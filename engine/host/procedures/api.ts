import { randomBytes } from 'node:crypto';
import { apiTokenName } from '../../contract/api.ts';
import { engine } from './engine.ts';

const procedures = engine.api;

export const api = {
  status: procedures.status.handler(async ({ context }) => ({
    isEnabled: context.settings().get('api.enabled'),
    // Without a place for secrets there is no token either.
    hasToken: await context
      .secrets()
      .get(apiTokenName)
      .then((token) => token !== undefined)
      .catch(() => false),
  })),
  renewToken: procedures.renewToken.handler(async ({ context }) => {
    const token = randomBytes(32).toString('base64url');
    await context.secrets().set(apiTokenName, token);
    context.events.emit({ kind: 'changed', group: 'api' });
    return { token };
  }),
  revokeToken: procedures.revokeToken.handler(async ({ context }) => {
    await context.secrets().remove(apiTokenName);
    context.events.emit({ kind: 'changed', group: 'api' });
    return { hasToken: false };
  }),
};
