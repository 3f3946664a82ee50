/**
 * The program under twenty years of many leagues: generates about 325,000 matches with prices and statistics, sends
 * them through the stages, and asks what the screens ask.
 *
 *     npm run load                      everything, in a temporary folder; some minutes
 *     npm run load -- --years 5         a smaller world
 *
 * A line per measurement, a stage's with the most memory that the engine had in it; the last one is the most of all.
 */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { engineEnvironment } from '../engine/contract/engine-environment.ts';
import { championships } from '../engine/football/getting/championships.ts';
import { makeSample } from '../engine/football/getting/sample/make-sample.ts';
import type { SampleFiles } from '../engine/football/getting/sample/make-sample.ts';
import { readSampleSettings } from '../engine/football/getting/sample/settings.ts';
import { createEngineHost } from '../engine/host/engine-host.ts';
import { resolvePaths } from '../engine/host/paths.ts';
import type { RunKind } from '../engine/contract/stages.ts';

const { values } = parseArgs({
  options: {
    years: { type: 'string', default: '20' },
    leagues: { type: 'string', default: '30' },
    /** Only makes the files of the world, in this folder. */
    make: { type: 'string' },
    /** Measures in this process, which the workstation's environment was given to. */
    measure: { type: 'boolean', default: false },
  },
});
const today = '2026-11-21';
const clubs = 26;

/** Clubs of a league that nobody has heard of. */
function namesOf(code: string): string[] {
  return Array.from({ length: clubs + 8 }, (_, at) => `${code} Town ${String(at + 1).padStart(2, '0')}`);
}

const wanted = championships
  .filter(({ sport, sources }) => sport === 'football' && sources['football-data'] === 'season')
  .slice(0, Number(values.leagues));
const settings = {
  ...readSampleSettings(),
  seasonsWritten: Number(values.years),
  firstSeason: 2000,
  leagues: wanted.map(({ code }, at) => ({
    ...{ code, clubs, relegated: 3, names: namesOf(code) },
    ...{ goals: { home: 1.45 + (at % 5) * 0.05, away: 1.15 + (at % 3) * 0.05 }, spread: 0.3 },
  })),
};

// The world is made by a process of its own, so that its memory is not counted as the engine's.
if (values.make !== undefined) {
  process.stdout.write(JSON.stringify(await makeSample({ today, folder: values.make, settings })));
  process.exit();
}

// The engine is measured as the workstation starts it.
if (!values.measure) {
  const { status } = spawnSync(process.execPath, [...process.argv.slice(1), '--measure'], {
    stdio: 'inherit',
    env: engineEnvironment(process.env),
  });
  process.exit(status ?? 1);
}

const folder = mkdtempSync(join(tmpdir(), 'auspex-load-'));
let highest = 0;
let highestOfStep = 0;
const watch = setInterval(() => {
  highestOfStep = Math.max(highestOfStep, process.memoryUsage().rss);
  highest = Math.max(highest, highestOfStep);
}, 100);

function tell(name: string, value: string): void {
  process.stdout.write(`${name.padEnd(44)} ${value}\n`);
}

async function timed<Value>(name: string, work: () => Promise<Value>, unit: 's' | 'ms'): Promise<Value> {
  const started = performance.now();
  highestOfStep = process.memoryUsage().rss;
  const value = await work();
  const taken = performance.now() - started;
  const memory = `${(highestOfStep / 1e6).toFixed(0)} MB`.padStart(8);
  tell(
    name,
    unit === 's'
      ? `${(taken / 1000).toFixed(1).padStart(6)} s  ${memory}`
      : `${taken.toFixed(0).padStart(6)} ms`,
  );
  return value;
}

try {
  const from = join(folder, 'files');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [import.meta.filename, ...['--make', from, '--years', values.years, '--leagues', values.leagues]],
    { maxBuffer: 2 ** 24 },
  );
  const sample = JSON.parse(stdout) as SampleFiles;
  tell('leagues, matches', `${wanted.length}, ${sample.matches + sample.fixtures}`);
  const paths = resolvePaths({ home: join(folder, 'home') });
  const clock = { now: () => Date.parse(`${today}T08:00:00Z`) };
  await using host = createEngineHost({ paths, clock });
  const { client } = host;
  const run = (stage: RunKind, parameters: Record<string, unknown>) => async () => {
    const { runId } = await client.runs.start({ stage, parameters });
    for await (const event of await client.runs.watch({ runId })) void event;
    const shown = (await client.runs.show({ runId })).run;
    if (shown.state !== 'done') throw new Error(`${stage}: ${shown.errorMessage ?? shown.state}`);
  };
  await timed('getting', run('getting', { source: 'football-data', from }), 's');
  await timed('getting again, nothing new', run('getting', { source: 'football-data', from }), 's');
  await timed('calculation', run('calculation', {}), 's');
  await timed('processing', run('processing', {}), 's');
  await timed('forecast', run('forecast', {}), 's');
  await timed('publisher, today', run('publisher', { scope: 'today' }), 's');
  await timed('monitor', run('monitor', {}), 's');
  await timed('backup', () => client.system.backup({}), 's');
  tell('database', `${(statSync(paths.database).size / 1e6).toFixed(0)} MB`);
  const [match] = await client.matches.next({ limit: 1 });
  const id = { matchId: match!.matchId };
  const where = { code: match!.championship, asOf: today };
  const asked: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['today.day', () => client.today.day({ day: today })],
    ['today.attention', () => client.today.attention()],
    ['match.show', () => client.match.show(id)],
    ['match.joint', () => client.match.joint(id)],
    ['match.explanation', () => client.match.explanation(id)],
    ['match.features', () => client.match.features(id)],
    ['match.prices', () => client.match.prices(id)],
    ['championship.show', () => client.championship.show(where)],
    ['championship.list', () => client.championship.list()],
    ['forecasts.list', () => client.forecasts.list({})],
    ['search.objects', () => client.search.objects({ text: match!.home, limit: 20 })],
    ['monitoring.report', () => client.monitoring.report({})],
  ];
  for (const [name, ask] of asked) {
    await ask();
    await timed(`  ${name}, asked again`, ask, 'ms');
  }
} finally {
  clearInterval(watch);
  rmSync(folder, { recursive: true, force: true });
}
tell('most memory of the engine', `${(highest / 1e6).toFixed(0)} MB`);
