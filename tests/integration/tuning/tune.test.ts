import { spawn } from 'node:child_process';
import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openReader, openWriter } from '../../../db/client.ts';
import { tuningReportSchema, type TuningReport } from '../../../engine/contract/tuning.ts';
import { createEngineHost } from '../../../engine/host/engine-host.ts';
import { resolvePaths } from '../../../engine/host/paths.ts';
import { drawLeague } from '../../../scripts/bench/league.ts';
import { insertMatches } from '../../fixtures/match-database.ts';
import { temporaryFolder, type TemporaryFolder } from '../../fixtures/temporary.ts';

const child = fileURLToPath(new URL('../../fixtures/tune-process.ts', import.meta.url));
const instant = Date.UTC(2026, 10, 18, 9, 30);
const parameters = {
  family: 'boosting',
  championship: 'T1',
  trials: 8,
  parallel: 2,
  seasons: 2,
  pruner: 'successive-halving',
  seed: 7,
};

let folder: TemporaryFolder;
let calculated: string;
let unbroken: Study;

/** All that a study leaves behind, without what depends on which of two parallel trials ended first. */
interface Study {
  readonly result: TuningReport;
  readonly study: unknown;
  readonly trials: unknown[];
  readonly steps: unknown[];
  readonly tracked: unknown[];
}

beforeAll(async () => {
  folder = temporaryFolder();
  calculated = folder.join('calculated');
  const league = drawLeague({ clubs: 12, seasons: 12, seed: 5 });
  const paths = resolvePaths({ home: calculated });
  {
    await using host = createEngineHost({ paths, clock: { now: () => instant }, threads: 2 });
    await host.client.settings.list();
  }
  {
    using database = openWriter(paths.database);
    insertMatches(database, { code: 'T1', rows: league });
  }
  await inHost(calculated, async ({ client }) => {
    const { runId } = await client.runs.start({ stage: 'calculation', parameters: {} });
    for await (const _ of await client.runs.watch({ runId }));
    const { run } = await client.runs.show({ runId });
    expect(run.state, run.errorMessage ?? '').toBe('done');
  });
  const home = copyOf('unbroken');
  expect(await runChild(home)).toBe('done');
  unbroken = studyOf(home);
}, 120_000);

afterAll(() => {
  folder[Symbol.dispose]();
});

describe('a study', () => {
  it('reports its winner among all that were tried, beside the family as it is', () => {
    const { result, trials } = unbroken;
    expect(tuningReportSchema.parse(result)).toEqual(result);
    expect(result.trials.asked).toBe(parameters.trials);
    expect(result.trials.complete + result.trials.pruned).toBe(parameters.trials);
    expect(result.trials.pruned).toBeGreaterThan(0);
    expect(result.folds.map(({ matches }) => matches)).toEqual([132, 132]);
    expect(result.sealed).toEqual(['T1 2021/22']);
    const losses = (trials as { state: string; value: number }[])
      .filter(({ state }) => state === 'complete')
      .map(({ value }) => value);
    expect(result.best.logLoss).toBe(Math.min(...losses));
    expect(result.present.logLoss).toBeGreaterThan(0.9);
  });

  it('keeps every trial as an experiment run with its losses', () => {
    expect(unbroken.tracked.length).toBe(parameters.trials);
  });

  it.each([0.3, 0.7])(
    'that is killed after %f of its folds ends, once resumed, with the same best and the same trials',
    async (share) => {
      const home = copyOf(`killed-${share}`);
      const folds = unbroken.steps.length;
      await runChild(home, { killAfter: Math.floor(share * folds) });
      expect(stepsIn(home)).toBeLessThan(folds);
      expect(await runChild(home, { resume: true })).toBe('done');
      expect(studyOf(home)).toEqual(unbroken);
    },
    60_000,
  );

  it('that is cancelled stops softly, and resumed ends like one that was not', async () => {
    const home = copyOf('cancelled');
    await inHost(home, async ({ client }) => {
      const { runId } = await client.runs.start({ stage: 'tune', parameters });
      for await (const event of await client.runs.watch({ runId })) {
        if (event.kind === 'progress' && event.phase === 'trials' && event.done >= 3) break;
      }
      expect((await client.runs.cancel({ runId })).state).toBe('cancelled');
    });
    expect((studyOf(home).study as { state: string }).state).toBe('cancelled');
    expect(await runChild(home, { resume: true })).toBe('done');
    expect(studyOf(home)).toEqual(unbroken);
  }, 60_000);
});

describe('the parameters that a study found', () => {
  it('are used by processing when the setting names the study, with the number of trials beside the version', async () => {
    const home = copyOf('used', 'unbroken');
    await inHost(home, async ({ client }) => {
      await client.settings.set({ key: 'processing.studies', value: 1 });
      const { runId } = await client.runs.start({ stage: 'processing', parameters: {} });
      for await (const _ of await client.runs.watch({ runId }));
      const { run } = await client.runs.show({ runId });
      expect(run.state, run.errorMessage ?? '').toBe('done');
    });
    using database = openReader(`${home}/auspex.sqlite`);
    const stored = database.sqlite
      .prepare<[], string>(`SELECT DISTINCT parameters FROM model WHERE family = 'boosting'`)
      .pluck()
      .all();
    expect(stored.length).toBe(1);
    expect(JSON.parse(stored[0]!)).toMatchObject(unbroken.result.best.parameters);
    const trials = database.sqlite
      .prepare<[], { family: string; trials: number }>('SELECT family, trials FROM model_version')
      .all();
    expect(Object.fromEntries(trials.map((version) => [version.family, version.trials]))).toMatchObject({
      boosting: parameters.trials,
      logistic: 0,
    });
  }, 120_000);

  it('are refused for a study that is not there', async () => {
    const home = copyOf('unknown', 'unbroken');
    await inHost(home, async ({ client }) => {
      await client.settings.set({ key: 'processing.studies', value: '9' });
      const { runId } = await client.runs.start({ stage: 'processing', parameters: {} });
      for await (const _ of await client.runs.watch({ runId }));
      expect((await client.runs.show({ runId })).run.errorCode).toBe('CONFIGURATION_INVALID');
      await expect(client.settings.set({ key: 'processing.studies', value: 'x' })).rejects.toMatchObject({
        data: { code: 'CONFIGURATION_INVALID' },
      });
    });
  });
});

function copyOf(name: string, from = 'calculated'): string {
  const home = folder.join(name);
  cpSync(folder.join(from), home, { recursive: true });
  return home;
}

type Host = ReturnType<typeof createEngineHost>;

async function inHost(home: string, work: (host: Host) => Promise<void>): Promise<void> {
  const paths = resolvePaths({ home });
  await using host = createEngineHost({ paths, clock: { now: () => instant }, threads: 2 });
  await work(host);
}

/** Runs the study to its end, or kills it (SIGKILL) as soon as so many folds of trials are finished. */
function runChild(
  home: string,
  { killAfter, resume }: { killAfter?: number; resume?: boolean } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const words = [child, home, String(instant), JSON.stringify(parameters), ...(resume ? ['2'] : [])];
    const process_ = spawn(process.execPath, words);
    let output = '';
    process_.stdout.on('data', (part: Buffer) => (output += part.toString()));
    process_.stderr.on('data', (part: Buffer) => (output += part.toString()));
    const watch =
      killAfter === undefined
        ? undefined
        : setInterval(() => {
            if (stepsIn(home) >= killAfter) process_.kill('SIGKILL');
          }, 5);
    process_.on('error', reject);
    process_.on('close', () => {
      clearInterval(watch);
      resolve(output.trim());
    });
  });
}

function stepsIn(home: string): number {
  const sqlite = new BetterSqlite3(`${home}/auspex.sqlite`, { readonly: true });
  try {
    return sqlite.prepare<[], number>('SELECT count(*) FROM trial_value').pluck().get()!;
  } finally {
    sqlite.close();
  }
}

function studyOf(home: string): Study {
  const sqlite = new BetterSqlite3(`${home}/auspex.sqlite`, { readonly: true });
  try {
    return {
      result: JSON.parse(
        sqlite.prepare<[], string>(`SELECT result FROM run WHERE stage = 'tune'`).pluck().get() ?? 'null',
      ) as TuningReport,
      study: sqlite.prepare('SELECT * FROM study').get(),
      trials: sqlite
        .prepare(
          `SELECT number, parameters, state, value, error_message, started_at, finished_at FROM trial ORDER BY number`,
        )
        .all(),
      steps: sqlite
        .prepare(
          `SELECT t.number, v.step, v.value FROM trial_value v JOIN trial t ON t.id = v.trial_id ORDER BY 1, 2`,
        )
        .all(),
      tracked: sqlite
        .prepare(
          `SELECT r.name, r.state, m.key, m.step, m.value FROM trial t JOIN experiment_run r ON r.id = t.experiment_run_id
           LEFT JOIN experiment_metric m ON m.experiment_run_id = r.id AND m.key = 'foldLogLoss' AND m.step = 0 ORDER BY t.number`,
        )
        .all(),
    };
  } finally {
    sqlite.close();
  }
}
