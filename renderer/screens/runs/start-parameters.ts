import type { RunKind } from '../../../engine/contract/stages.ts';

/** Kinds of run that this form can start; the others have forms of their own on their screens. */
export const startableKinds = [
  'pipeline',
  'getting',
  'calculation',
  'processing',
  'forecast',
  'publisher',
  'evaluate',
  'monitor',
] as const satisfies readonly RunKind[];

export interface StartChoices {
  /** Codes; none stands for all. */
  readonly championships: readonly string[];
  readonly scope: 'all-time' | 'today';
  /** ISO day; empty for the clock's. */
  readonly date: string;
  readonly source: string;
  readonly from: string;
  readonly force: boolean;
}

/** The parameters of a run of that kind: what was not chosen is left to the engine. */
export function startParameters(kind: RunKind, choices: StartChoices): Record<string, unknown> {
  const { championships, scope, date, source, from, force } = choices;
  if (kind === 'monitor') return date === '' ? {} : { date };
  return {
    ...(championships.length > 0 ? { championships } : {}),
    ...(date === '' ? {} : { date }),
    ...(kind === 'evaluate' ? {} : { scope }),
    ...(kind === 'pipeline' || kind === 'getting'
      ? {
          ...(source.trim() === '' ? {} : { source: source.trim() }),
          ...(from.trim() === '' ? {} : { from: from.trim() }),
          force,
        }
      : {}),
  };
}
