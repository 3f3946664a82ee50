import { openReader } from '../../db/client.ts';
import { readStudy } from '../../db/queries/studies.ts';
import { fewestForImportances, importancesOf } from '../football/tuning/report.ts';
import type { Trial } from '../kernel/modeling/tuning/trial.ts';
import { serve } from './serve.ts';

export const measureParameters = serve((task: { readonly database: string; readonly id: number }) => {
  using database = openReader(task.database);
  const { study, space, trials } = readStudy(database, task.id);
  if (study.trials.complete < fewestForImportances) return null;
  return importancesOf({
    space,
    seed: study.seed,
    trials: trials.map(({ number, state, parameters, value, steps }): Trial => ({
      number,
      state,
      parameters,
      steps: steps.map((loss) => loss ?? Number.NaN),
      ...(value !== null && { value }),
    })),
  });
});
