import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Run } from '../../../engine/contract/runs.ts';
import type { RunKind } from '../../../engine/contract/stages.ts';
import { api, client } from '../../connection/client.ts';
import { notify } from '../../frame/notify.ts';

const pollMs = 700;

/** Work of one kind: what is under way, and how it is started and stopped. */
export interface Work {
  /** Queued or running; undefined while there is none. */
  readonly run: Run | undefined;
  readonly isStarting: boolean;
  readonly start: (parameters: Record<string, unknown>) => void;
  readonly stop: () => void;
  readonly isStopping: boolean;
}

/**
 * Follows runs of one kind from a screen that starts them. When one ends, whatever the screen has asked is asked again.
 *
 * @param onStarted told of the number of a run that was started here
 */
export function useWork(stage: RunKind, onStarted?: (runId: number) => void): Work {
  const queryClient = useQueryClient();
  const active = useQuery(
    api.runs.list.queryOptions({
      input: { limit: 1, stage, states: ['queued', 'running'] },
      refetchInterval: ({ state }) => ((state.data?.length ?? 0) > 0 ? pollMs : false),
    }),
  );
  const run = active.data?.[0];
  const before = useRef<number>(undefined);
  useEffect(() => {
    if (before.current !== undefined && before.current !== run?.id) void queryClient.invalidateQueries();
    before.current = run?.id;
  }, [queryClient, run?.id]);
  const starting = useMutation({
    mutationFn: (parameters: Record<string, unknown>) => client.runs.start({ stage, parameters }),
    onSuccess: async ({ runId }) => {
      await queryClient.invalidateQueries({ queryKey: api.runs.key() });
      onStarted?.(runId);
    },
    onError: notify.failure,
  });
  const stopping = useMutation({
    mutationFn: (runId: number) => client.runs.cancel({ runId }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: api.runs.key() }),
    onError: notify.failure,
  });
  return {
    run,
    isStarting: starting.isPending,
    start: starting.mutate,
    stop: () => {
      if (run) stopping.mutate(run.id);
    },
    isStopping: stopping.isPending,
  };
}
