import type { TFunction } from 'i18next';
import type { Run } from '../../../engine/contract/runs.ts';

/** What a run works on, in a few words: scope, championships, day, source. */
export function runScope(parameters: Run['parameters'], t: TFunction): string {
  const { championships, date, source, scope } = parameters;
  const parts = [
    ...(scope === 'today' ? [t('runs:scope.today')] : []),
    ...(Array.isArray(championships)
      ? [(championships as unknown[]).map(String).join(', ')]
      : [t('runs:scope.all')]),
    ...(typeof source === 'string' ? [source] : []),
    ...(typeof date === 'string' ? [date] : []),
  ];
  return parts.join(' · ');
}

/** Milliseconds from the start to the end, or to now. */
export function elapsedMs({ startedAt, finishedAt }: Run, now: number): number {
  return Math.max(0, (finishedAt ?? now) - startedAt);
}

export const isUnfinished = ({ state }: Pick<Run, 'state'>): boolean =>
  state === 'queued' || state === 'running';

/** Can it be gone on with: it stopped short, or some of its items failed? */
export function canResume({ state, itemsFailed }: Pick<Run, 'state' | 'itemsFailed'>): boolean {
  return (
    state === 'failed' ||
    state === 'cancelled' ||
    state === 'interrupted' ||
    (state === 'done' && itemsFailed > 0)
  );
}
