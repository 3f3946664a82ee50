import type { TFunction } from 'i18next';
import type { RunState } from '../../../engine/contract/runs.ts';

/** Each state has a sign of its own, so that none is told by its colour alone. */
export const stateSigns: Readonly<Record<RunState, string>> = {
  queued: '…',
  running: '▶',
  done: '✓',
  failed: '✕',
  cancelled: '■',
  interrupted: '‖',
};

/** The phase of a run: of a pipeline the name of its part, otherwise the engine's own word. */
export function phaseText(phase: string | null, t: TFunction): string {
  if (phase === null || phase === '') return '';
  return t(`frame:stages.${phase}`, { defaultValue: t(`frame:phases.${phase}`, { defaultValue: phase }) });
}
