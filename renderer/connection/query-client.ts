import { QueryClient } from '@tanstack/react-query';
import { failureOf } from './failure.ts';

/** What the screens know of the engine. Events of the engine invalidate it; nothing is asked again on a timer. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Infinity,
      gcTime: 5 * 60_000,
      // Loopback and ports work without a network.
      networkMode: 'always',
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      // A refusal would be the same again; a broken line is worth another try.
      retry: (count, error) => failureOf(error).code === 'CONNECTION_LOST' && count < 5,
    },
    mutations: { networkMode: 'always' },
  },
});
