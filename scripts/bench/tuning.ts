import { searchSpacePreset } from '../../engine/kernel/modeling/tuning/presets.ts';
import { ask, createStudy, tell } from '../../engine/kernel/modeling/tuning/study.ts';
import { askPython, type Bench } from './bench.ts';
import { measureStages, place } from './pipeline.ts';

const trials = 500;

/** What a study costs beside its objective: every trial drawn by the estimator from those before it. */
function stateMachine(): number {
  const started = performance.now();
  let study = createStudy({
    name: 'bench',
    space: searchSpacePreset('gradient-boosting'),
    sampler: { name: 'tpe' },
    pruner: { name: 'none' },
    seed: 1,
    maximumTrials: trials,
  });
  for (;;) {
    const asked = ask(study);
    if (asked.kind !== 'trial') break;
    const { number, parameters } = asked.trial;
    study = tell(asked.study, number, {
      kind: 'complete',
      value: (Number(parameters['learningRate']) - 0.1) ** 2,
    });
  }
  return performance.now() - started;
}

/** The same number of trials over as many dimensions by Optuna, in memory. */
const peerProgram = `
import json, sys, time, optuna
optuna.logging.set_verbosity(optuna.logging.ERROR)
def objective(trial):
    trial.suggest_int('maxDepth', 3, 10); trial.suggest_int('nEstimators', 100, 1000); trial.suggest_int('minChildWeight', 1, 10)
    for name, low, high in [('gamma', 0, .5), ('subsample', .6, 1), ('colsampleByTree', .6, 1), ('regAlpha', 0, 1), ('regLambda', 0, 1)]:
        trial.suggest_float(name, low, high)
    return (trial.suggest_float('learningRate', .01, .3, log=True) - .1) ** 2
study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=1))
started = time.perf_counter(); study.optimize(objective, n_trials=int(sys.argv[1]))
print(json.dumps(1000 * (time.perf_counter() - started)))`;

/** A whole study with its folds, on England's first division where the real seasons stand beside the project. */
async function study(): Promise<number> {
  const { from, championships = [], name } = await place();
  const alone = name !== 'sample';
  const wanted = alone ? championships.slice(0, 1) : championships;
  return (
    await measureStages([
      { stage: 'getting', parameters: { source: 'football-data', from, championships: wanted } },
      { stage: 'calculation', parameters: {} },
      { stage: 'tune', parameters: { trials: 20, ...(alone && { championship: wanted[0]! }) } },
    ])
  ).seconds;
}

export const benches: readonly Bench[] = [
  {
    name: `study: ${trials} trials drawn by TPE, 9 dimensions`,
    unit: 'ms',
    run: () => Promise.resolve(stateMachine()),
    peer: {
      name: 'optuna',
      run: () => askPython(['-c', peerProgram, String(trials)]) as Promise<number | undefined>,
    },
  },
  { name: 'study: boosting, 20 trials x 5 seasons of one championship, 2 at once', unit: 's', run: study },
];
