import type { Database } from '../../../db/client.ts';
import { studyWinner } from '../../../db/queries/tuning.ts';
import { AppError } from '../../contract/errors.ts';
import { tunableFamilies, type TunableFamily } from '../../contract/stages.ts';
import type { TrialParameters } from '../../kernel/modeling/tuning/space.ts';
import { openSettings } from '../../runtime/settings.ts';
import type { TunedParameters } from './families.ts';

export interface ChosenStudies {
  /** The winners' parameters. */
  readonly parameters: TunedParameters;
  /** How many trials each family's winner was picked from. */
  readonly trials: ReadonlyMap<string, number>;
}

/**
 * What the analyst put to use by the setting `processing.studies`. A study that is not there or not finished, and a second
 * one of a family, are CONFIGURATION_INVALID.
 */
export function chosenStudies(database: Database): ChosenStudies {
  const setting = openSettings(database, { now: () => 0 }).get('processing.studies');
  const parameters: Partial<Record<TunableFamily, TrialParameters>> = {};
  const trials = new Map<string, number>();
  for (const study of setting === '' ? [] : setting.split(',').map(Number)) {
    const winner = studyWinner(database, study);
    const family = tunableFamilies.find((one) => one === winner?.family);
    if (winner?.state !== 'done' || !family) refuse(study, 'a finished tuning study');
    if (trials.has(family)) refuse(study, `one study of the family ${family}`);
    parameters[family] = winner.parameters;
    trials.set(family, winner.trials);
  }
  return { parameters, trials };
}

function refuse(study: number, expected: string): never {
  throw new AppError(
    'CONFIGURATION_INVALID',
    `setting processing.studies: expected ${expected}, got ${study}`,
    {
      detail: { key: 'processing.studies', study },
    },
  );
}
