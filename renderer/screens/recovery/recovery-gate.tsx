import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, type ReactNode } from 'react';
import { api } from '../../connection/client.ts';
import { useConnection } from '../../connection/connection-state.ts';
import { failureOf } from '../../connection/failure.ts';

const RecoveryScreen = lazy(() =>
  import('./recovery-screen.tsx').then(({ RecoveryScreen: component }) => ({ default: component })),
);

/** The codes for which no screen has anything to show. */
const endings: readonly string[] = ['DATABASE_CORRUPT', 'DATABASE_NEWER'];

const { queryKey } = api.recovery.status.queryOptions();

/** Stands before everything: where the database cannot be used, there is its recovery instead of the screens. */
export function RecoveryGate({ children }: { readonly children: ReactNode }) {
  const queries = useQueryClient();
  const { data } = useQuery(api.recovery.status.queryOptions());
  useEffect(
    () =>
      queries.getQueryCache().subscribe((event) => {
        if (event.type !== 'updated' || event.action.type !== 'error') return;
        if (endings.includes(failureOf(event.action.error).code))
          void queries.invalidateQueries({ queryKey });
      }),
    [queries],
  );
  // An engine that was started again may have met the damage on its way.
  const openings = useConnection((state) => state.openings);
  useEffect(() => {
    if (openings > 1) void queries.invalidateQueries({ queryKey });
  }, [openings, queries]);
  if (!data?.problem || !endings.includes(data.problem.code)) return children;
  return (
    <Suspense fallback={null}>
      <RecoveryScreen status={{ ...data, problem: data.problem }} />
    </Suspense>
  );
}
