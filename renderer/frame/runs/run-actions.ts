import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { RunKind } from '../../../engine/contract/stages.ts';
import { client } from '../../connection/client.ts';
import { notify } from '../notify.ts';

/** What can be done with a run, from whichever place shows it. Failures are told. */
export function useRunActions() {
  const { t } = useTranslation('frame');
  const navigate = useNavigate();
  const attempt = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      notify.failure(error);
    }
  };
  return {
    stop: (runId: number) => attempt(() => client.runs.cancel({ runId })),
    resume: (runId: number) => attempt(() => client.runs.resume({ runId })),
    /** The same work again, with the same parameters, as a run of its own. */
    replay: (run: { readonly stage: RunKind; readonly parameters: Record<string, unknown> }) =>
      attempt(async () => {
        const { runId } = await client.runs.start({ stage: run.stage, parameters: run.parameters });
        notify.info(t('runs.started', { run: t(`stages.${run.stage}`), id: runId }), {
          address: `/runs/${runId}`,
        });
      }),
    start: (stage: RunKind, parameters: Record<string, unknown>) =>
      attempt(async () => {
        const { runId } = await client.runs.start({ stage, parameters });
        await navigate({ to: '/runs/$runId', params: { runId: String(runId) } });
      }),
  };
}
