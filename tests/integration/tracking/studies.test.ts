import { expect, test } from 'vitest';
import { listStudies } from '../../../db/queries/studies.ts';
import { createStudy, summarizeStudy, type Study } from '../../../engine/kernel/modeling/tuning/study.ts';
import { runStudy, type Objective } from '../../../engine/kernel/modeling/tuning/run-study.ts';
import { openStudy } from '../../../engine/runtime/tracking/studies.ts';
import { expectIndexed } from '../../fixtures/query-plan.ts';
import { trackingHome } from '../../fixtures/tracking.ts';

const fresh = (seed = 4): Study =>
  createStudy({
    name: 'boosting X0',
    space: {
      rate: { kind: 'float', low: 0.01, high: 1, log: true },
      depth: { kind: 'integer', low: 1, high: 8 },
    },
    sampler: { name: 'tpe' },
    pruner: { name: 'median' },
    seed,
    maximumTrials: 24,
    parallel: 2,
  });
const subject = { family: 'boosting', championshipId: 1, dataHash: 'abc' };

/** Four folds each; best near a rate of 0.1 and a depth of 3. */
const objective: Objective = async ({ rate, depth }, { number, step }) => {
  if (number === 5) throw new Error('this one fails');
  for (let fold = 0; fold < 4; fold++) {
    await Promise.resolve();
    step(1 + (Math.log10(Number(rate)) + 1) ** 2 + 0.05 * (Number(depth) - 3) ** 2 + 0.01 * fold);
  }
};

type Home = ReturnType<typeof trackingHome>;
const open = (home: Home, study = fresh(), about = subject) =>
  openStudy(home.database, study, { subject: about, clock: home.clock });

test('a killed study resumes from the database and ends as an unbroken one', async () => {
  using unbroken = trackingHome();
  const whole = open(unbroken);
  const expected = await runStudy(whole.study, objective, { save: whole.save });

  using broken = trackingHome();
  const first = open(broken);
  const kill = new AbortController();
  let saves = 0;
  const untilKilled = runStudy(first.study, objective, {
    save(study) {
      // Nothing more reaches the database, as if the process were gone.
      if (kill.signal.aborted) return;
      first.save(study);
      if (++saves === 22) kill.abort();
    },
    signal: kill.signal,
  });
  await expect(untilKilled).rejects.toThrow('cancelled');
  expect(listStudies(broken.database)[0]!.state).toBe('running');
  const again = open(broken);
  expect(again.study.trials.length).toBeGreaterThan(5);
  expect(again.study.trials.length).toBeLessThan(24);
  expect(again.study.trials.some(({ state }) => state === 'running')).toBe(true);
  const resumed = await runStudy(again.study, objective, { save: again.save });
  again.end('done');

  expect(resumed.trials).toEqual(expected.trials);
  expect(summarizeStudy(open(broken).study)).toEqual(summarizeStudy(expected));
  expect(summarizeStudy(expected)).toMatchObject({ trials: 24, failed: 1 });
  expect(summarizeStudy(expected).pruned).toBeGreaterThan(0);
});

test('a study is no other study of the same name', () => {
  using home = trackingHome();
  open(home);
  expect(() => open(home, fresh(5))).toThrow('begun with another seed');
  expect(() => open(home, fresh(), { ...subject, dataHash: 'other' })).toThrow('dataHash');
  expect(open(home, { ...fresh(), maximumTrials: 60 }).study.trials).toEqual([]);
  expect(listStudies(home.database)).toHaveLength(1);
});

test('a trial can name the experiment run that holds its details', async () => {
  using home = trackingHome();
  const kept = open(home, { ...fresh(), maximumTrials: 2 });
  await runStudy(kept.study, objective, { save: kept.save });
  const run = home.tracker.startRun({ experiment: 'tuning', name: 'trial 1' });
  run.end();
  kept.linkTrial(1, run.id);
  const linked = 'SELECT number FROM trial WHERE experiment_run_id = ?';
  expect(home.database.sqlite.prepare(linked).pluck().all(run.id)).toEqual([1]);
  expectIndexed(home.database, linked, { parameters: [run.id], uses: 'trial_by_experiment_run' });
  expectIndexed(home.database, 'SELECT * FROM trial WHERE study_id = ? ORDER BY number', { parameters: [1] });
});
