import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../engine/kernel/math/random.ts';
import { createEstimator } from '../../../../../engine/kernel/modeling/registry.ts';
import { parameterImportances } from '../../../../../engine/kernel/modeling/tuning/importance.ts';
import { presetNames, searchSpacePreset } from '../../../../../engine/kernel/modeling/tuning/presets.ts';
import { shouldPrune } from '../../../../../engine/kernel/modeling/tuning/pruners.ts';
import type { PrunerSpec } from '../../../../../engine/kernel/modeling/tuning/pruners.ts';
import { runStudy } from '../../../../../engine/kernel/modeling/tuning/run-study.ts';
import type { Objective } from '../../../../../engine/kernel/modeling/tuning/run-study.ts';
import type { SamplerSpec } from '../../../../../engine/kernel/modeling/tuning/samplers.ts';
import type { SearchSpace, TrialParameters } from '../../../../../engine/kernel/modeling/tuning/space.ts';
import {
  ask,
  createStudy,
  report,
  summarizeStudy,
  tell,
} from '../../../../../engine/kernel/modeling/tuning/study.ts';
import type { Study, StudySpec } from '../../../../../engine/kernel/modeling/tuning/study.ts';
import type { Trial } from '../../../../../engine/kernel/modeling/tuning/trial.ts';

const space: SearchSpace = {
  depth: { kind: 'integer', low: 1, high: 9 },
  rate: { kind: 'float', low: 0.001, high: 1, log: true },
  model: { kind: 'categorical', choices: ['plain', 'boosted', 'deep'] },
  rounds: {
    kind: 'integer',
    low: 10,
    high: 1000,
    log: true,
    when: { parameter: 'model', oneOf: ['boosted'] },
  },
};

const spec = (change: Partial<StudySpec> = {}): StudySpec => ({
  name: 'test',
  space,
  sampler: { name: 'tpe' },
  pruner: { name: 'none' },
  seed: 1,
  maximumTrials: 60,
  ...change,
});

/** Lowest at depth 6, rate 0.1, boosted, 100 rounds. */
function bowl(parameters: TrialParameters): number {
  const { depth, rate, model, rounds } = parameters;
  const off = (Number(depth) - 6) ** 2 / 10 + Math.log10(Number(rate) / 0.1) ** 2;
  return off + (model === 'boosted' ? Math.log10(Number(rounds) / 100) ** 2 : 1);
}

const objective: Objective = async (parameters) => bowl(parameters);

describe('a study', () => {
  it('draws within the space, and conditional parameters only where their condition holds', async () => {
    const { trials } = await runStudy(
      createStudy(spec({ sampler: { name: 'random' }, maximumTrials: 200 })),
      objective,
    );
    for (const { parameters } of trials) {
      expect(Number.isInteger(parameters['depth'])).toBe(true);
      expect(parameters['depth']).toBeGreaterThanOrEqual(1);
      expect(parameters['depth']).toBeLessThanOrEqual(9);
      expect(parameters['rate']).toBeGreaterThanOrEqual(0.001);
      expect(parameters['rate']).toBeLessThanOrEqual(1);
      expect('rounds' in parameters).toBe(parameters['model'] === 'boosted');
    }
    const depths = trials.filter(
      ({ parameters }) => parameters['depth'] === 1 || parameters['depth'] === 9,
    ).length;
    expect(depths).toBeGreaterThan(25); // 2/9 of 200 is 44: the bounds are as likely as the middle
    const low = trials.filter(({ parameters }) => Number(parameters['rate']) < Math.sqrt(0.001)).length;
    expect(low).toBeGreaterThan(70); // half of 200 on the logarithmic scale
    expect(low).toBeLessThan(130);
  });

  it('walks a grid point by point and ends when it is used up', async () => {
    const grid = createStudy(
      spec({
        sampler: { name: 'grid', points: 3 },
        space: {
          depth: { kind: 'integer', low: 1, high: 9 },
          model: { kind: 'categorical', choices: ['a', 'b'] },
          rounds: { kind: 'float', low: 1, high: 100, log: true, when: { parameter: 'model', oneOf: ['b'] } },
        },
      }),
    );
    const { trials } = await runStudy(grid, async () => 0);
    expect(trials).toHaveLength(3 * (1 + 3));
    expect(trials.slice(0, 4).map(({ parameters }) => parameters)).toEqual([
      { depth: 1, model: 'a' },
      { depth: 1, model: 'b', rounds: 1 },
      { depth: 1, model: 'b', rounds: expect.closeTo(10, 9) as number },
      { depth: 1, model: 'b', rounds: expect.closeTo(100, 9) as number },
    ]);
  });

  it('finds better places with the Parzen estimator than with random draws, over 30 seeds', async () => {
    const bestOf = async (sampler: SamplerSpec, seed: number) =>
      summarizeStudy(await runStudy(createStudy(spec({ sampler, seed })), objective)).best!.value!;
    let wins = 0;
    for (let seed = 1; seed <= 30; seed++) {
      if ((await bestOf({ name: 'tpe' }, seed)) < (await bestOf({ name: 'random' }, seed))) wins++;
    }
    // Without any merit 23 or more wins of 30 would come in 0.26 % of cases.
    expect(wins).toBeGreaterThanOrEqual(23);
  });

  it('answers the same next trial for the same seed and history, also after a journey through text', async () => {
    let study = createStudy(spec());
    for (let i = 0; i < 15; i++) {
      const asked = ask(study);
      if (asked.kind !== 'trial') throw new Error('a trial was expected');
      study = tell(asked.study, asked.trial.number, {
        kind: 'complete',
        value: bowl(asked.trial.parameters),
      });
    }
    const restored = JSON.parse(JSON.stringify(study)) as Study;
    expect(ask(restored)).toEqual(ask(study));
    expect(ask({ ...study, seed: 2 })).not.toEqual(ask(study));
  });

  it.each([1, 3])('ends the same when it was killed halfway and resumed, %i at once', async (parallel) => {
    const folds: Objective = async (parameters, { step }) => {
      for (let fold = 0; fold < 4; fold++) {
        await Promise.resolve();
        step(bowl(parameters) + fold);
      }
    };
    const full = spec({ parallel, pruner: { name: 'median' } });
    const unbroken = await runStudy(createStudy(full), folds);
    let saved = '';
    let trials = 0;
    const dying: Objective = async (parameters, context) => {
      if (++trials > 30) throw Object.assign(new Error('killed'), { fatal: true });
      return folds(parameters, context);
    };
    const signal = { aborted: false };
    const save = (study: Study) => {
      // The power goes while trial 30 and its neighbours run: nothing after this moment is kept.
      if (signal.aborted) return;
      saved = JSON.stringify(study);
      if (study.trials.length === 31) signal.aborted = true;
    };
    await expect(runStudy(createStudy(full), dying, { save, signal })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    const halfway = JSON.parse(saved) as Study;
    expect(halfway.trials.some(({ state }) => state === 'running')).toBe(true);
    const resumed = await runStudy(halfway, folds);
    expect(resumed.trials).toEqual(unbroken.trials);
    expect(summarizeStudy(resumed)).toEqual(summarizeStudy(unbroken));
    expect(summarizeStudy(resumed).trials).toBe(60);
  });

  it('does not depend on the order in which parallel trials end', async () => {
    const ends =
      (delays: (number: number) => number): Objective =>
      async (parameters, { number, step }) => {
        for (let fold = 0; fold < 3; fold++) {
          await new Promise((resolve) => setTimeout(resolve, delays(number)));
          step(bowl(parameters) + fold);
        }
      };
    const parallel = spec({
      parallel: 4,
      maximumTrials: 32,
      sampler: { name: 'tpe', startTrials: 20 },
      pruner: { name: 'median' },
    });
    const forward = await runStudy(
      createStudy(parallel),
      ends((number) => number % 4),
    );
    const backward = await runStudy(
      createStudy(parallel),
      ends((number) => 3 - (number % 4)),
    );
    expect(backward.trials).toEqual(forward.trials);
    expect(forward.trials.some(({ state }) => state === 'pruned')).toBe(true);
  });

  it('runs as many trials at once as it allows, and no more', async () => {
    let now = 0;
    let most = 0;
    const counting: Objective = async () => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 1));
      now--;
      return 1;
    };
    await runStudy(createStudy(spec({ parallel: 3, maximumTrials: 9 })), counting);
    expect(most).toBe(3);
  });

  it.each(['cancelled', 'cannot be saved'])('leaves no trial at work when it is %s', async (how) => {
    let working = 0;
    let saves = 0;
    const signal = { aborted: false };
    const slow: Objective = async (_, { step }) => {
      working++;
      try {
        for (let i = 0; i < 50; i++) {
          await new Promise((done) => setTimeout(done, 1));
          step(i);
        }
      } finally {
        working--;
      }
    };
    const save = (): void => {
      if (++saves < 3) return;
      if (how === 'cancelled') signal.aborted = true;
      else throw new Error('disk full');
    };
    const study = createStudy(spec({ parallel: 3 }));
    await expect(runStudy(study, slow, { save, signal })).rejects.toThrow(/cancelled|disk full/);
    expect(working).toBe(0);
  });

  it('counts failed, pruned and complete trials, and never lets a failure win', async () => {
    const study = await runStudy(
      createStudy(spec({ maximumTrials: 6, sampler: { name: 'random' } })),
      async (_, { number }) => {
        if (number === 0) throw new Error('no convergence');
        return number === 1 ? NaN : number;
      },
    );
    const summary = summarizeStudy(study);
    expect(summary).toMatchObject({ trials: 6, complete: 4, failed: 2, pruned: 0, running: 0 });
    expect(summary.best?.number).toBe(2);
    expect(study.trials[0]?.reason).toBe('no convergence');
    expect(study.trials[1]?.reason).toBe('its loss is not a number');
  });

  it('refuses spaces and reports that make no sense', () => {
    const refuse = (dimension: SearchSpace[string], message: RegExp) =>
      expect(() => createStudy(spec({ space: { x: dimension } }))).toThrow(message);
    refuse({ kind: 'float', low: 2, high: 1 }, /low below high/);
    refuse({ kind: 'float', low: 0, high: 1, log: true }, /low above 0/);
    refuse({ kind: 'integer', low: 0.5, high: 3 }, /whole bounds/);
    refuse({ kind: 'categorical', choices: [] }, /at least one choice/);
    refuse({ kind: 'float', low: 0, high: 1, when: { parameter: 'y', oneOf: [1] } }, /earlier parameter/);
    expect(() => report(createStudy(spec()), 0, 1)).toThrow(/trial 0 is not asked for/);
    expect(() => ask(createStudy(spec({ sampler: { name: 'cma' } as never })))).toThrow(
      /unknown sampler cma; known: random, grid, tpe/,
    );
  });
});

describe('pruning by fold', () => {
  const trial = (number: number, steps: readonly number[], state: Trial['state'] = 'complete'): Trial => ({
    number,
    parameters: {},
    state,
    steps,
  });
  const others = [1, 2, 3, 4, 5].map((loss, number) => trial(number, [loss, loss, loss]));
  const prunes = (pruner: PrunerSpec, steps: readonly number[], among = others) =>
    shouldPrune(pruner, trial(9, steps, 'running'), among);

  it('ends a trial whose mean so far is worse than the median at the same fold', () => {
    const pruner = { name: 'median' } as const;
    expect(prunes(pruner, [3.1, 3.1])).toBe(true);
    expect(prunes(pruner, [2.9, 2.9])).toBe(false);
    expect(prunes(pruner, [9])).toBe(false); // warm-up
    expect(prunes(pruner, [9, 9], others.slice(1))).toBe(false); // too few trials to judge by
    // A hard fold after an easy one is no reason: means are compared, not single folds.
    expect(prunes(pruner, [1, 4.8])).toBe(false);
  });

  it('completes a trial that has come to its last fold, however bad', () => {
    let study = createStudy(spec({ pruner: { name: 'median', startTrials: 1 }, steps: 3 }));
    const losses = [0.9, 2, 2];
    for (const [number, loss] of losses.entries()) {
      const asked = ask(study);
      study = asked.kind === 'trial' ? asked.study : study;
      const prunes = [0, 1, 2].map(() => {
        if (study.trials[number]!.state !== 'running') return undefined;
        const reported = report(study, number, loss);
        study = reported.study;
        return reported.prune;
      });
      expect(prunes).toEqual(number === 0 ? [false, false, false] : [false, true, undefined]);
      if (number === 0) study = tell(study, number, { kind: 'complete' });
    }
    const warm = createStudy(spec({ pruner: { name: 'median', startTrials: 1, warmUpSteps: 2 }, steps: 3 }));
    let kept: Study = { ...warm, trials: study.trials.slice(0, 1) };
    const asked = ask(kept);
    kept = asked.kind === 'trial' ? asked.study : kept;
    for (const loss of [2, 2, 2]) {
      const reported = report(kept, 1, loss);
      expect(reported.prune).toBe(false);
      kept = reported.study;
    }
    expect(summarizeStudy(tell(kept, 1, { kind: 'complete' }))).toMatchObject({ complete: 2, pruned: 0 });
  });

  it('lets only the best share pass each rung of successive halving', () => {
    const pruner = { name: 'successive-halving', firstSteps: 1, factor: 3 } as const;
    expect(prunes(pruner, [1.5])).toBe(false);
    expect(prunes(pruner, [2.5])).toBe(true);
    expect(prunes(pruner, [2.5, 2.5])).toBe(false); // 2 is no rung
    expect(prunes(pruner, [2.5, 2.5, 2.5])).toBe(true); // 3 is
    expect(prunes(pruner, [7], [])).toBe(false); // the first is the best so far
  });

  it('ends a trial that is not a number', () => {
    expect(prunes({ name: 'median' }, [NaN])).toBe(true);
    expect(prunes({ name: 'none' }, [NaN])).toBe(false);
  });

  it('saves folds and still finds the best place', async () => {
    let folds = 0;
    const costly: Objective = async (parameters, { step }) => {
      for (let fold = 0; fold < 5; fold++) {
        folds++;
        step(bowl(parameters) + 0.1 * fold);
      }
    };
    const sampler = { name: 'random' } as const;
    const pruned = summarizeStudy(
      await runStudy(createStudy(spec({ sampler, pruner: { name: 'median' } })), costly),
    );
    const spent = folds;
    folds = 0;
    const whole = summarizeStudy(await runStudy(createStudy(spec({ sampler })), costly));
    expect(spent).toBeLessThan(0.8 * folds);
    expect(pruned.pruned).toBeGreaterThan(20);
    expect(pruned.best).toEqual(whole.best);
  });
});

describe('parameter importances', () => {
  const run = (loss: (parameters: TrialParameters, number: number) => number) =>
    runStudy(
      createStudy(
        spec({
          sampler: { name: 'random' },
          maximumTrials: 80,
          space: {
            strong: { kind: 'float', low: 0, high: 1 },
            weak: { kind: 'float', low: 0, high: 1 },
            idle: { kind: 'integer', low: 0, high: 10 },
          },
        }),
      ),
      async (parameters, { number }) => loss(parameters, number),
    );

  it('rank what moves the loss first and what does nothing last', async () => {
    const study = await run(({ strong, weak }) => 3 * Number(strong) + Number(weak));
    const { parameters, explained, trials } = parameterImportances(study);
    expect(parameters.map(({ name }) => name)).toEqual(['strong', 'weak', 'idle']);
    expect(parameters[0]!.share).toBeGreaterThan(0.7);
    expect(parameters[2]!.share).toBeLessThan(0.05);
    expect(parameters.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(explained).toBeGreaterThan(0.7);
    expect(trials).toBe(80);
  });

  it('say so when no parameter explains the loss', async () => {
    const noise = createRandom(3);
    const { parameters, explained } = parameterImportances(await run(() => noise.normal()));
    expect(explained).toBeLessThanOrEqual(0.1);
    if (explained <= 0) expect(parameters.every(({ share }) => share === 0)).toBe(true);
  });

  it('need enough complete trials', () => {
    expect(() => parameterImportances(createStudy(spec()))).toThrow(/12 complete trials, there are 0/);
  });
});

describe('search-space presets', () => {
  it('hold the ranges of the requirements for boosting', () => {
    expect(searchSpacePreset('gradient-boosting')).toMatchObject({
      maxDepth: { low: 3, high: 10 },
      learningRate: { low: 0.01, high: 0.3, log: true },
      nEstimators: { low: 100, high: 1000 },
      minChildWeight: { low: 1, high: 10 },
      gamma: { low: 0, high: 0.5 },
      subsample: { low: 0.6, high: 1 },
      colsampleByTree: { low: 0.6, high: 1 },
      regAlpha: { low: 0, high: 1 },
      regLambda: { low: 0, high: 1 },
    });
    expect(() => searchSpacePreset('svm')).toThrow(/no search space is kept for svm/);
  });

  it.each(presetNames)('draw parameters that the estimator %s takes', (name) => {
    const study = createStudy(spec({ space: searchSpacePreset(name), sampler: { name: 'random' } }));
    const asked = ask(study);
    if (asked.kind !== 'trial') throw new Error('a trial was expected');
    expect(() => createEstimator(name, asked.trial.parameters)).not.toThrow();
  });
});
