import { describe, expect, it } from 'vitest';
import { openStudy, type StudyIdentity } from '../../../engine/football/tuning/study-record.ts';
import { chosenStudies } from '../../../engine/football/tuning/chosen.ts';
import { ask, report, resume, tell, type Study } from '../../../engine/kernel/modeling/tuning/study.ts';
import { openSettings } from '../../../engine/runtime/settings.ts';
import { trackingHome } from '../../fixtures/tracking.ts';

const identity: StudyIdentity = {
  spec: {
    name: 'boosting X0, run 1',
    space: { maxDepth: { kind: 'integer', low: 1, high: 6 } },
    sampler: { name: 'random' },
    pruner: { name: 'none' },
    seed: 1,
    maximumTrials: 10,
    parallel: 4,
  },
  experiment: 'tune boosting X0',
  family: 'boosting',
  championshipId: 1,
  dataHash: 'abc',
  notes: { preset: 'football' },
};

function home() {
  const { database, ...rest } = trackingHome();
  database.sqlite.exec(
    `INSERT INTO run (id, stage, state, parameters, instant, today, started_at) VALUES (1, 'tune', 'running', '{}', 5, '2026-11-18', 5)`,
  );
  return { ...rest, database, context: { database, instant: 5, runId: 1 } };
}

function next(study: Study): Study {
  const asked = ask(study);
  if (asked.kind !== 'trial') throw new Error(`expected a trial, got ${asked.kind}`);
  return asked.study;
}

describe('a study in the database', () => {
  it('comes back as it was left: complete, failed, running and half-way trials', () => {
    using place = home();
    const { context, database } = place;
    const record = openStudy(context, identity);
    let study = next(next(next(next(record.study))));
    record.save(study);
    for (const [step, loss] of [0.98, 0.1 + 0.2].entries()) {
      study = report(study, 0, loss).study;
      record.saveStep(0, step, loss);
    }
    study = tell(study, 0, { kind: 'complete' });
    study = tell(study, 1, { kind: 'failed', reason: 'no memory' });
    record.saveStep(2, 0, NaN);
    record.save(study);
    const again = openStudy(context, identity);
    expect(again.id).toBe(record.id);
    const steps = again.study.trials.map((trial) => trial.steps);
    expect(steps).toEqual([[0.98, 0.1 + 0.2], [], [NaN], []]);
    expect(resume(again.study).study).toEqual(study);
    const tracked = database.sqlite
      .prepare('SELECT name, state, error_message AS reason FROM experiment_run ORDER BY id')
      .all();
    expect(tracked).toEqual([
      { name: 'study 1, trial 0', state: 'done', reason: null },
      { name: 'study 1, trial 1', state: 'failed', reason: 'no memory' },
    ]);
  });

  it('is refused once the data that it began with have changed', () => {
    using place = home();
    openStudy(place.context, identity);
    expect(() => openStudy(place.context, { ...identity, dataHash: 'other' })).toThrow(
      expect.objectContaining({ code: 'RUN_NOT_RESUMABLE' }),
    );
  });

  it('gives its best parameters to its family once it is done and named in the settings', () => {
    using place = home();
    const { context, database, clock } = place;
    const settings = openSettings(database, clock);
    expect(chosenStudies(database).parameters).toEqual({});
    const record = openStudy(context, identity);
    let study = next(next(next(record.study)));
    study = tell(study, 0, { kind: 'complete', value: 0.99 });
    study = tell(study, 1, { kind: 'complete', value: 0.97 });
    study = tell(study, 2, { kind: 'complete', value: 0.98 });
    record.save(study);
    settings.set('processing.studies', 1);
    expect(() => chosenStudies(database)).toThrow(/a finished tuning study, got 1/);
    record.end('done');
    expect(chosenStudies(database)).toEqual({
      parameters: { boosting: study.trials[1]!.parameters },
      trials: new Map([['boosting', 3]]),
    });
    settings.set('processing.studies', '1,1');
    expect(() => chosenStudies(database)).toThrow(/one study of the family boosting/);
  });
});
