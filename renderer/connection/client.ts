import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { contract } from '../../engine/contract/router.ts';
import { openLink } from './line.ts';

/** The engine's contract as the screens call it. A call that finds no open line waits for one. */
export const client: ContractRouterClient<typeof contract> = createORPCClient({
  async call(path, input, options) {
    const link = await openLink(options.signal);
    return link.call(path, input, options);
  },
});

/** Options of queries and mutations: `useQuery(api.runs.list.queryOptions({ input: { limit: 50 } }))`. */
export const api = createTanstackQueryUtils(client);
