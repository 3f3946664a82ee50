import BetterSqlite3 from 'better-sqlite3';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Sport } from '../../../engine/contract/domain.ts';
import type { ModelVersion } from '../../../engine/contract/models.ts';
import { makeSample, samplePipelines } from '../../../engine/football/getting/sample/make-sample.ts';
import { createEngineHost } from '../../../engine/host/engine-host.ts';
import { resolvePaths } from '../../../engine/host/paths.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

const today = '2026-11-20';
const clock = { now: () => Date.parse(`${today}T09:00:00Z`) };
const folder = temporaryFolder();

/** What was forecast of the result and of the totals, match by match, of one championship. */
function forecastsOf(home: string, championship: string): unknown[] {
  const database = new BetterSqlite3(join(home, 'auspex.sqlite'), { readonly: true });
  const rows = database
    .prepare(
      `SELECT m.match_day, h.name AS home, a.name AS away, o.data_hash IS NOT NULL AS held, o.home, o.draw, o.away,
              o.set_80, t.line, t.probability, t.low_80, t.high_80
       FROM outcome o JOIN match m ON m.id = o.match_id JOIN season s ON s.id = m.season_id
       JOIN championship c ON c.id = s.championship_id JOIN team h ON h.id = m.home_team_id
       JOIN team a ON a.id = m.away_team_id
       LEFT JOIN outcome_type t ON t.outcome_id = o.id AND t.forecast_type = 'total-amount'
       WHERE c.code = ? ORDER BY m.match_day, h.name`,
    )
    .all(championship);
  database.close();
  return rows;
}

async function run(home: string, sports: readonly Sport[]): Promise<void> {
  await using host = createEngineHost({ paths: resolvePaths({ home }), clock, threads: 2 });
  const [football, hockey] = samplePipelines(folder.join('sample'));
  const sources = sports.map((sport) =>
    sport === 'football' ? { ...football!, championships: ['X3'] } : hockey!,
  );
  const stages = sources.map((parameters) => ['getting', parameters] as const);
  for (const [stage, parameters] of [
    ...stages,
    ...(['calculation', 'processing', 'forecast'] as const).map((name) => [name, {}] as const),
  ]) {
    const { runId } = await host.client.runs.start({ stage, parameters: { ...parameters, date: today } });
    for await (const event of await host.client.runs.watch({ runId })) void event;
    expect((await host.client.runs.show({ runId })).run.state).toBe('done');
  }
}

beforeAll(async () => {
  await makeSample({ today, folder: folder.join('sample') });
  const keep = (name: string) =>
    /(2[56])(\.csv|_matches\.json|\.json)$/.test(name) || name.startsWith('coefs');
  for (const division of ['X3', 'baltbet'])
    for (const name of readdirSync(folder.join('sample', division)))
      if (!keep(name) && !/(2024|24_matches|24\.json|23_matches|23\.json|2023)/.test(name))
        rmSync(folder.join('sample', division, name));
  await run(folder.join('both'), ['football', 'ice-hockey']);
  await run(folder.join('football'), ['football']);
}, 180_000);

afterAll(() => {
  folder[Symbol.dispose]();
});

test('ice hockey goes through the same stages, with its own lines', () => {
  const said = forecastsOf(folder.join('both'), 'X4') as { line: number | null; low_80: number | null }[];
  expect(said.length).toBeGreaterThan(200);
  expect(new Set(said.map(({ line }) => line).filter((line) => line !== null))).toEqual(new Set([4.5]));
});

test('each sport has a champion of its own and an account of its own selection', async () => {
  await using host = createEngineHost({
    paths: resolvePaths({ home: folder.join('both') }),
    clock,
    threads: 1,
  });
  const { models, forecasts } = host.client;
  for (const sport of ['football', 'ice-hockey'] as const) {
    const [champion] = await models.history({ championship: null, sport });
    const versions = await models.list({ championship: null, sport });
    expect(versions.map(({ id }) => id)).toContain(champion!.modelVersionId);
    // The first version of a family is the first one of its sport.
    expect(Math.min(...versions.map(({ version }) => version))).toBe(1);
  }
  const [theirs] = await models.history({ championship: null, sport: 'ice-hockey' });
  await expect(models.promote({ id: theirs!.modelVersionId! })).rejects.toMatchObject({
    data: { code: 'USAGE' },
  });
  const { rows } = await forecasts.account();
  await using alone = createEngineHost({
    paths: resolvePaths({ home: folder.join('football') }),
    clock,
    threads: 1,
  });
  const { rows: own } = await alone.client.forecasts.account();
  expect(own.length).toBeGreaterThan(0);
  expect(rows.filter(({ sport }) => sport === 'football')).toEqual(own);
  expect(rows.some(({ sport }) => sport === 'ice-hockey')).toBe(true);
});

test('no number of football changes when ice hockey is held beside it', () => {
  const alone = forecastsOf(folder.join('football'), 'X3');
  expect(alone.length).toBeGreaterThan(200);
  expect(forecastsOf(folder.join('both'), 'X3')).toEqual(alone);
});

test('a champion of a championship’s own forecasts it from today on, until it is taken back', async () => {
  const home = folder.join('own');
  cpSync(folder.join('both'), home, { recursive: true });
  const tomorrow = Date.parse('2026-11-21T09:00:00Z');
  await using host = createEngineHost({
    paths: resolvePaths({ home }),
    clock: { now: () => tomorrow },
    threads: 2,
  });
  const { models, runs } = host.client;
  /** The families of the forecasts made by one more run. */
  const familiesNow = async () => {
    const { sqlite } = host.context.writer();
    const last = sqlite.prepare<[], number>('SELECT max(id) FROM outcome').pluck().get()!;
    const { runId } = await runs.start({
      stage: 'forecast',
      parameters: { scope: 'today', date: '2026-11-21' },
    });
    for await (const event of await runs.watch({ runId })) void event;
    return sqlite
      .prepare<[number], { code: string; family: string }>(
        `SELECT DISTINCT c.code, m.family FROM outcome o JOIN model m ON m.id = o.model_id
         JOIN match g ON g.id = o.match_id JOIN season s ON s.id = g.season_id
         JOIN championship c ON c.id = s.championship_id WHERE o.id > ?`,
      )
      .all(last);
  };
  await familiesNow();
  const pooled = { championship: null, sport: 'football' } as const;
  const [reigning] = await models.history(pooled);
  const versions = await models.list(pooled);
  const [other] = versions
    .filter(({ id }) => id !== reigning!.modelVersionId)
    .sort((a, b) => Number(a.evaluation['logLoss']) - Number(b.evaluation['logLoss'])) as [ModelVersion];
  const { champion, decision } = await models.promote({ id: other.id, championship: 'X3', tolerance: 0.05 });
  expect([champion?.modelVersionId, decision.reason]).toEqual([other.id, 'no-regression']);
  expect(await familiesNow()).toEqual([{ code: 'X3', family: other.family }]);
  await models.rollback({ championship: 'X3', sport: 'football', reason: 'the other was better' });
  // What the sport's champion says of these matches is held already, and nothing is said twice.
  expect(await familiesNow()).toEqual([]);
  const [entry] = await models.history({ championship: 'X3', sport: 'football' });
  expect(entry).toMatchObject({ alias: 'champion', modelVersionId: null });
});
