import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jointGrid } from '../../../engine/football/forecast/joint.ts';
import { forecastBet, forecastMatch } from '../../../engine/football/forecast/types/derive.ts';
import { betOf, jointTypes, lineOf } from '../../../engine/football/forecast/types/joint-types.ts';
import { makeSample } from '../../../engine/football/getting/sample/make-sample.ts';
import { createEngineHost } from '../../../engine/host/engine-host.ts';
import { resolvePaths } from '../../../engine/host/paths.ts';
import type { ScoreGrid } from '../../../engine/kernel/goals/score-grid.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

const today = '2026-11-18';
const folder = temporaryFolder();
const home = folder.join('home');
let database: BetterSqlite3.Database;

/** Runs stages one after the other at an hour of the day; answers the last one's result. */
async function run(stages: readonly ('getting' | 'calculation' | 'processing' | 'forecast')[], hour: number) {
  const instant = Date.parse(`${today}T00:00:00Z`) + hour * 3_600_000;
  await using host = createEngineHost({
    paths: resolvePaths({ home }),
    clock: { now: () => instant },
    threads: 2,
  });
  let result: unknown;
  for (const stage of stages) {
    const own = stage === 'getting' ? { source: 'football-data', from: folder.join('sample') } : {};
    const parameters = { ...own, championships: ['X1'], date: today };
    const { runId } = await host.client.runs.start({ stage, parameters });
    for await (const _ of await host.client.runs.watch({ runId }));
    const shown = (await host.client.runs.show({ runId })).run;
    expect(shown.state, `${stage}: ${shown.errorMessage}`).toBe('done');
    result = shown.result;
  }
  return result;
}

interface StoredForecast {
  readonly id: number;
  readonly status: string;
  readonly season: string;
  readonly home: number;
  readonly draw: number;
  readonly away: number;
  readonly homeFactor: number;
  readonly awayFactor: number;
  readonly homeIntensity: number;
  readonly awayIntensity: number;
  readonly extras: string;
}

const storedForecasts = (): StoredForecast[] =>
  database
    .prepare<[], StoredForecast>(
      `SELECT o.id, m.status, s.code AS season, o.home, o.draw, o.away, o.home_goal_factor AS homeFactor,
         o.away_goal_factor AS awayFactor,
         g.home_intensity AS homeIntensity, g.away_intensity AS awayIntensity, g.extras
       FROM outcome o JOIN goal_prediction g ON g.id = o.goal_prediction_id
       JOIN match m ON m.id = o.match_id JOIN season s ON s.id = m.season_id ORDER BY o.id`,
    )
    .all();

function gridOf(stored: StoredForecast): ScoreGrid {
  return jointGrid([stored.home, stored.draw, stored.away], {
    home: stored.homeIntensity * stored.homeFactor,
    away: stored.awayIntensity * stored.awayFactor,
    extras: JSON.parse(stored.extras) as number[],
  });
}

const typesOf = (outcomeId: number) =>
  database
    .prepare<
      [number],
      { typeCode: number; line: number | null; label: string; probability: number; expected: number }
    >(
      'SELECT type_code AS typeCode, line, label, probability, expected FROM outcome_type WHERE outcome_id = ? ORDER BY type_code',
    )
    .all(outcomeId);

beforeAll(async () => {
  await makeSample({ today, folder: folder.join('sample') });
  for (const division of ['X1', 'X2', 'X3']) {
    const seasons = readdirSync(folder.join('sample', division)).sort();
    for (const season of division === 'X1' ? seasons.slice(0, -4) : seasons)
      rmSync(join(folder.join('sample', division), season));
  }
  await run(['getting', 'calculation', 'processing', 'forecast'], 9);
  database = new BetterSqlite3(join(home, 'auspex.sqlite'), { readonly: true });
}, 120_000);

afterAll(() => {
  database.close();
  folder[Symbol.dispose]();
});

describe('stored forecasts', () => {
  it('say all nine other types of every match that has a grid, of every season', () => {
    const stored = storedForecasts();
    expect(new Set(stored.map(({ season }) => season)).size).toBeGreaterThan(1);
    expect([...new Set(stored.map(({ id }) => typesOf(id).length))]).toEqual([9]);
    expect(stored.some(({ status }) => status === 'scheduled')).toBe(true);
  });

  it('are read off one grid, which can be made again to the bit and contradicts nothing', () => {
    const coming = storedForecasts().filter(({ status }) => status === 'scheduled');
    expect(coming.length).toBeGreaterThan(5);
    for (const stored of coming) {
      const grid = gridOf(stored);
      for (const said of typesOf(stored.id)) {
        const type = jointTypes.find(({ originCode }) => originCode === said.typeCode)!;
        expect(said.line).toBe(lineOf(type, 'football') ?? null);
        expect(said.probability).toBeCloseTo(
          forecastBet(grid, betOf(type, said.label, 'football')).probability,
          14,
        );
        expect(said.probability).toBeGreaterThanOrEqual(0.5);
      }
      const [total, ofHome, ofAway] = typesOf(stored.id).slice(-3);
      expect(total!.expected).toBeCloseTo(ofHome!.expected + ofAway!.expected, 9);
      for (const forecast of forecastMatch(grid, 'football')) {
        if (forecast.kind === 'points') continue;
        for (const one of forecast.selections)
          expect(one.win + one.halfWin + one.push + one.halfLoss + one.loss).toBeCloseTo(1, 10);
      }
      expect(gridOf(stored)).toEqual(grid);
    }
  });

  it('come out the same when everything is made again later, and nothing is added', async () => {
    const content = () =>
      ['outcome', 'outcome_type', 'goal_prediction', 'selection_family'].map((table) =>
        database.prepare(`SELECT * FROM ${table}`).all(),
      );
    const before = content();
    const result = await run(['processing', 'forecast'], 10);
    expect(result).toMatchObject({ regular: { new: 0 }, types: { new: 0 } });
    expect(content()).toEqual(before);
  }, 60_000);

  it('get the types that an earlier version did not keep, the same ones, when they are made again', async () => {
    const types = () => database.prepare('SELECT * FROM outcome_type ORDER BY outcome_id, type_code').all();
    const before = types();
    const [first] = storedForecasts();
    const writer = new BetterSqlite3(join(home, 'auspex.sqlite'));
    writer.prepare('DELETE FROM outcome_type WHERE outcome_id = ?').run(first!.id);
    writer.close();
    expect(await run(['forecast'], 11)).toMatchObject({ regular: { new: 0 }, types: { new: 9 } });
    expect(types()).toEqual(before);
  }, 60_000);
});
