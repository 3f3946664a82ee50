import { z } from 'zod';
import { base } from './base.ts';

/** Where the REST face answers, while the setting `api.enabled` is on. */
export const apiPath = '/api';

/** The name of the secret that its callers show as a bearer token. */
export const apiTokenName = 'api.token';

/** The REST face of this contract: off until it is asked for, and open to whoever shows the token. */
export const apiProcedures = {
  status: base.output(z.object({ isEnabled: z.boolean(), hasToken: z.boolean() })),
  /** Makes a new token, shown this once; the one before is worth nothing from then on. */
  renewToken: base.output(z.object({ token: z.string() })),
  revokeToken: base.output(z.object({ hasToken: z.boolean() })),
} as const;
