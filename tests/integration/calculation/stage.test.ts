import { setImmediate } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { openWriter } from '../../../db/client.ts';
import type { Database } from '../../../db/client.ts';
import { historyStatement, readFeatures, readHistory } from '../../../db/queries/football/calculation.ts';
import { marketQuotesStatement } from '../../../db/queries/football/market-quotes.ts';
import { calculationParameters } from '../../../engine/contract/stages.ts';
import { extendedFeatures, footballFeatures } from '../../../engine/football/calculation/registry.ts';
import { calculation } from '../../../engine/football/calculation/stage.ts';
import type { CalculationReport } from '../../../engine/football/calculation/stage.ts';
import { Consumer } from '../../../engine/runtime/consumer.ts';
import { RunService } from '../../../engine/runtime/runs.ts';
import type { RunReport } from '../../../engine/runtime/runs.ts';
import { defineStage } from '../../../engine/runtime/stage.ts';
import { drawLeague } from '../../../scripts/bench/league.ts';
import type { MatchRow } from '../../fixtures/history.ts';
import { insertMatches } from '../../fixtures/match-database.ts';
import { expectIndexed } from '../../fixtures/query-plan.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';
import type { TemporaryFolder } from '../../fixtures/temporary.ts';

const league: readonly MatchRow[] = drawLeague({ clubs: 6, seasons: 3, seed: 21 });
const other: readonly MatchRow[] = drawLeague({ clubs: 4, seasons: 2, seed: 22 });
/** The last round of the league, to be played on this day. */
const lastDay = league.at(-1)!.day;
const beforeLastDay = league.map((row): MatchRow => (row.day < lastDay ? row : { ...row, goals: undefined }));

function open(folder: TemporaryFolder, name = 'auspex.sqlite'): Database {
  return openWriter(folder.join(name));
}

const consumer = new Consumer({ threads: 1 });
afterAll(() => consumer[Symbol.asyncDispose]());

/** Runs the stage as the product does: through the run service and real worker threads. */
function runService(database: Database): RunService {
  return new RunService({
    database,
    consumer,
    registry: { calculation: defineStage(calculationParameters, calculation) },
    clock: { now: () => Date.parse(`${lastDay}T06:00:00Z`) },
    zone: () => 'UTC',
  });
}

async function calculate(
  database: Database,
  parameters: object = {},
): Promise<RunReport & { result: CalculationReport }> {
  await using runs = runService(database);
  const { id } = runs.start('calculation', parameters);
  await runs.finished(id);
  const report = runs.show(id);
  return { ...report, result: report.run.result as CalculationReport };
}

/** Everything that calculation wrote, without row ids. */
function content(database: Database): unknown {
  return {
    features: database.sqlite
      .prepare(
        'SELECT match_id, feature_set_id, as_of, hash, hex(vector) FROM feature ORDER BY match_id, feature_set_id',
      )
      .raw()
      .all(),
    standings: database.sqlite.prepare('SELECT * FROM standings ORDER BY match_id, side').raw().all(),
  };
}

describe('the calculation stage', () => {
  it('writes features and both lines of the table for every match, and nothing the second time', async () => {
    using folder = temporaryFolder();
    using database = open(folder);
    insertMatches(database, { code: 'X1', rows: league });
    insertMatches(database, { code: 'X2', rows: other });
    const first = await calculate(database);
    expect(first.run.state).toBe('done');
    expect(first.result).toMatchObject({
      championships: 2,
      matches: 114,
      written: 114,
      failed: 0,
      incomplete: 0,
    });
    const written = content(database);
    const second = await calculate(database);
    expect(second.result).toMatchObject({ matches: 114, written: 0 });
    expect(content(database)).toEqual(written);
    expect(database.sqlite.prepare('SELECT count(*) FROM standings').pluck().get()).toBe(228);
  });

  it('leaves the rows of an unbroken history when results come in one after another', async () => {
    using folder = temporaryFolder();
    using grown = open(folder, 'grown.sqlite');
    using whole = open(folder, 'whole.sqlite');
    insertMatches(whole, { code: 'X1', rows: league });
    await calculate(whole);

    insertMatches(grown, { code: 'X1', rows: beforeLastDay });
    await calculate(grown);
    const served = readFeatures(grown, { featureSetId: 1 });
    grown.sqlite.exec(`ATTACH '${whole.path}' AS w`);
    grown.sqlite.exec(
      `UPDATE match SET status = 'finished', decided_by = 'regular', home_goals = t.home_goals,
         away_goals = t.away_goals, result_known_at = t.result_known_at
       FROM w.match t WHERE t.id = match.id AND match.home_goals IS NULL`,
    );
    grown.sqlite.exec('DETACH w');
    const update = await calculate(grown);
    // The rows served for the last round's fixtures were already those that history makes.
    expect(update.result.written).toBe(0);
    expect(readFeatures(grown, { featureSetId: 1 })).toEqual(served);
    expect(content(grown)).toEqual(content(whole));
  });

  it('ends with the same rows and the same report when it was cancelled halfway and resumed', async () => {
    using folder = temporaryFolder();
    using broken = open(folder, 'broken.sqlite');
    using whole = open(folder, 'whole.sqlite');
    for (const database of [broken, whole]) {
      insertMatches(database, { code: 'X1', rows: league });
      insertMatches(database, { code: 'X2', rows: other });
    }
    const unbroken = await calculate(whole);

    await using runs = runService(broken);
    const { id } = runs.start('calculation');
    while (runs.show(id).items.length === 0) await setImmediate();
    runs.cancel(id);
    expect((await runs.finished(id)).state).toBe('cancelled');
    expect(runs.show(id).items.length).toBeLessThan(unbroken.items.length);
    runs.resume(id);
    await runs.finished(id);

    const resumed = runs.show(id);
    const told = (report: RunReport) =>
      report.items.map(({ key, state, result }) => ({ key, state, result }));
    expect(told(resumed)).toEqual(told(unbroken));
    expect(resumed.run.result).toEqual(unbroken.result);
    expect(content(broken)).toEqual(content(whole));
  });

  it('writes only what a corrected result changes: the rows after it', async () => {
    using folder = temporaryFolder();
    using database = open(folder);
    const ids = insertMatches(database, { code: 'X1', rows: league });
    await calculate(database);
    const rowsHeld = () =>
      database.sqlite
        .prepare<[], [number, number, string]>('SELECT match_id, feature_set_id, hash FROM feature')
        .raw()
        .all();
    const held = new Map(rowsHeld().map(([id, set, hash]) => [`${String(id)} ${String(set)}`, hash]));
    const at = league.findIndex((row) => row.season === '2012/13' && row.day > '2012-08-30');
    database.sqlite.prepare('UPDATE match SET home_goals = 9 WHERE id = ?').run(ids[at]);
    const { result } = await calculate(database);
    expect(result.written).toBeGreaterThan(0);
    for (const [id, set, hash] of rowsHeld()) {
      const isBefore = league[ids.indexOf(id)]!.day <= league[at]!.day;
      if (isBefore) expect(hash).toBe(held.get(`${String(id)} ${String(set)}`));
    }
    using fresh = temporaryFolder();
    using again = open(fresh);
    insertMatches(again, {
      code: 'X1',
      rows: league.map((row, i) => (i === at ? { ...row, goals: [9, row.goals![1]] } : row)),
    });
    await calculate(again);
    expect(content(database)).toEqual(content(again));
  });

  it('uses a fact of a team and a price from the instant they were known, and not before', async () => {
    using folder = temporaryFolder();
    using database = open(folder);
    const ids = insertMatches(database, { code: 'X1', rows: league });
    const at = league.findIndex((row) => row.season === '2012/13' && row.day > '2012-08-30');
    const { day, home } = league[at]!;
    const midnight = Date.parse(`${day}T00:00:00Z`);
    const team = database.sqlite
      .prepare<[number], number>('SELECT home_team_id FROM match WHERE id = ?')
      .pluck()
      .get(ids[at]!)!;
    const absence = database.sqlite.prepare(
      `INSERT INTO absence (team_id, player, known_at, reason, is_key, source) VALUES (?, ?, ?, 'injury', 0, 'test')`,
    );
    database.sqlite.exec("INSERT INTO bookmaker (id, code, name, kind) VALUES (1, 'PS', 'PS', 'bookmaker')");
    const quote = database.sqlite.prepare(
      `INSERT INTO odds_quote (match_id, market_id, bookmaker_id, phase, instant, price_1, price_2, price_3)
       VALUES (?, 1, 1, 2, ?, 2, 3.5, ?)`,
    );
    absence.run(team, 'A', midnight);
    absence.run(team, 'B', midnight + 1);
    quote.run(ids[at], midnight - 3_600_000, 4);
    quote.run(ids[at], midnight + 1, 9);
    await calculate(database);
    const value = (set: number, name: string, row: number) => {
      const { matrix, names, matchIds } = readFeatures(database, { featureSetId: set });
      return matrix[matchIds.indexOf(ids[row]!) * names.length + names.indexOf(name)];
    };
    expect(value(2, 'injuriesHome', at)).toBe(1);
    expect(value(3, 'marketPriceAge', at)).toBe(1);
    const next = league.findIndex((row) => row.day > day && row.home === home);
    expect(value(2, 'injuriesHome', next)).toBe(2);
    expect(value(3, 'marketHome', next)).toBeNaN();
    // What becomes known later changes nothing that came before.
    absence.run(team, 'C', midnight + 86_400_000);
    const { result } = await calculate(database);
    const later = league.filter((row) => row.day > day && (row.home === home || row.away === home));
    expect(result.written).toBe(later.length);
  });

  it('covers, with the scope today, the championships that play within a week', async () => {
    using folder = temporaryFolder();
    using database = open(folder);
    insertMatches(database, { code: 'X1', rows: beforeLastDay });
    insertMatches(database, { code: 'X2', rows: other });
    const { result, items } = await calculate(database, { scope: 'today' });
    expect(result).toMatchObject({ championships: 1, matches: 90 });
    expect(items.map((item) => item.key)).toEqual(['X1 2010/11', 'X1 2011/12', 'X1 2012/13']);
  });

  it('gives clubs without a history of their own a row with what they have', async () => {
    using folder = temporaryFolder();
    using database = open(folder);
    const rows: MatchRow[] = [
      ...league.slice(0, -3),
      { id: 999, season: '2012/13', day: lastDay, home: 98, away: 99 },
    ];
    insertMatches(database, { code: 'X1', rows });
    const { result, log } = await calculate(database);
    expect(result.incomplete).toBe(0);
    expect(log.filter((line) => line.level === 'error')).toEqual([]);
    const { matrix, names } = readFeatures(database, { featureSetId: 1 });
    const row = matrix.subarray(matrix.length - names.length);
    const value = (name: string) => row[names.indexOf(name)];
    // Two newcomers start level; no match of theirs is known.
    expect([value('eloDifference'), value('promotedHome'), value('playedAway')]).toEqual([0, 1, 0]);
    expect([value('formPoints5Home'), value('restDaysAway'), value('positionHome')]).toEqual([NaN, NaN, NaN]);
  });

  it('names in the log every match to be played that it has no features for', async () => {
    using folder = temporaryFolder();
    using database = open(folder);
    insertMatches(database, { code: 'X1', rows: beforeLastDay });
    insertMatches(database, { code: 'X2', rows: other });
    // A zone that does not exist makes the whole championship fail; the other one goes on.
    database.sqlite.exec(`UPDATE championship SET zone = 'Nowhere/Land' WHERE code = 'X1'`);
    const { result, items, log } = await calculate(database);
    expect(result).toMatchObject({ failed: 1, incomplete: 3, matches: 24 });
    expect(items.find((item) => item.key === 'X1')?.state).toBe('failed');
    const missing = log.filter((line) => line.code === 'FEATURES_MISSING');
    expect(missing).toHaveLength(3);
    expect(missing[0]!.message).toMatch(/^X1 \d{4}-\d\d-\d\d Club \d+ - Club \d+ has no features\.$/);
  });

  it('refuses a championship that is not held, and says which are', async () => {
    using folder = temporaryFolder();
    using database = open(folder);
    insertMatches(database, { code: 'X1', rows: league });
    const { run } = await calculate(database, { championships: ['X1', 'Z9'] });
    expect(run).toMatchObject({ state: 'failed', errorCode: 'NOT_FOUND' });
    expect(run.errorMessage).toContain('Z9; held: X1');
  });
});

describe('what calculation reads', () => {
  it('is found through indexes', async () => {
    using folder = temporaryFolder();
    using database = open(folder);
    expectIndexed(database, historyStatement, {
      parameters: [1],
      aliases: { m: 'match', s: 'match_statistics' },
    });
    expectIndexed(database, marketQuotesStatement, {
      parameters: [1],
      aliases: { m: 'match', q: 'odds_quote', b: 'bookmaker' },
    });
  });

  it('comes back from features as it was written, in order of day and match', async () => {
    using folder = temporaryFolder();
    using database = open(folder);
    insertMatches(database, { code: 'X1', rows: league });
    insertMatches(database, { code: 'X2', rows: other });
    await calculate(database);
    const all = readFeatures(database, { featureSetId: 1 });
    const one = readFeatures(database, { featureSetId: 1, championshipId: 2 });
    expect(all.names).toEqual(footballFeatures.names);
    expect([all.matchIds.length, one.matchIds.length]).toEqual([114, 24]);
    expect([...all.days]).toEqual([...all.days].sort((a, b) => a - b));
    expect(all.matrix).toHaveLength(114 * footballFeatures.names.length);
    const extended = readFeatures(database, { featureSetId: 2 });
    const vector = database.sqlite
      .prepare<[number], Uint8Array>('SELECT vector FROM feature WHERE match_id = ? AND feature_set_id = 2')
      .pluck()
      .get(extended.matchIds[60]!)!;
    const width = extendedFeatures.names.length;
    expect(extended.matrix.slice(60 * width, 61 * width)).toEqual(
      Float64Array.from(new Float32Array(vector.slice().buffer)),
    );
    expect([...one.seasons]).toEqual([...Array<number>(12).fill(2010), ...Array<number>(12).fill(2011)]);
  });

  it('holds every match, those without a result as fixtures', async () => {
    using folder = temporaryFolder();
    using database = open(folder);
    insertMatches(database, { code: 'X1', rows: beforeLastDay });
    const { fixtures, results } = readHistory(database, 1);
    expect(fixtures.count).toBe(90);
    expect(results.homeGoals.filter((goals) => goals < 0)).toHaveLength(3);
    expect(results.statistics.homeExpectedGoals.every(Number.isNaN)).toBe(true);
  });
});
