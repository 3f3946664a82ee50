import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWriter, type Database } from '../../../db/client.ts';
import { explanationSchema } from '../../../engine/contract/explanation.ts';
import { footballFeatures } from '../../../engine/football/calculation/registry.ts';
import { createExplainer, explainMatch } from '../../../engine/football/explanation/explain.ts';
import { createRandom } from '../../../engine/kernel/math/random.ts';
import { createLogisticRegression } from '../../../engine/kernel/modeling/linear/logistic-regression.ts';
import { serializeEstimator } from '../../../engine/kernel/modeling/serialization.ts';
import { createForecastDatabase } from '../../fixtures/forecast-database.ts';
import { temporaryFolder, type TemporaryFolder } from '../../fixtures/temporary.ts';

const { names } = footballFeatures;
const chosen = ['eloDifference', 'strengthHomeAway'];
/** As the fixture stores it. */
const temperature = 1.02;

let folder: TemporaryFolder;
let database: Database;
let explained: number;
let later: number[];
let without: number;
/** Adds earlier matches of ice hockey with the features of the one to be explained, and a settled forecast as sure. */
let addForeign: () => void;

/** Forty earlier matches, one to be explained, and one of the same features on its own day and one on the day after. */
beforeEach(async () => {
  folder = temporaryFolder();
  database = openWriter(folder.join('auspex.sqlite'));
  const rows = createForecastDatabase(database);
  rows.addChampionship({ code: 'X1' });
  const random = createRandom(2);
  const { sqlite } = database;
  const set = sqlite
    .prepare(`INSERT INTO feature_set (code, names, hash) VALUES ('football', ?, ?)`)
    .run(JSON.stringify(names), footballFeatures.hash).lastInsertRowid;
  const addFeatures = (matchId: number, vector: Float64Array, hash: string) =>
    sqlite
      .prepare('INSERT INTO feature (match_id, feature_set_id, as_of, hash, vector) VALUES (?, ?, 0, ?, ?)')
      .run(matchId, set, hash, new Uint8Array(vector.buffer));
  const vectors = Array.from({ length: 41 }, () => Float64Array.from(names, () => random.normal()));
  const goals = vectors.map((vector) => {
    const score = vector[names.indexOf('eloDifference')]! + random.normal();
    return score > 0.5 ? ([2, 0] as const) : score > -0.5 ? ([1, 1] as const) : ([0, 1] as const);
  });
  const values = Float64Array.from(
    vectors.flatMap((vector) => chosen.map((name) => vector[names.indexOf(name)]!)),
  );
  const estimator = createLogisticRegression({ classes: [0, 1, 2] });
  const target = Float64Array.from(goals, ([home, away]) => 1 - Math.sign(home - away));
  await estimator.fit({ values, rows: 41, columns: chosen }, target);
  const { payload, checksum } = serializeEstimator(estimator);
  sqlite
    .prepare('UPDATE model SET payload = ?, checksum = ?, feature_names = ?')
    .run(payload, checksum, JSON.stringify(chosen));
  const day = (at: number) => new Date(Date.UTC(2026, 7, 1 + at)).toISOString().slice(0, 10);
  const add = (
    at: number,
    given: { goals?: readonly [number, number]; probabilities?: readonly [number, number, number] },
  ) =>
    rows.addMatch({
      championship: 'X1',
      day: day(at),
      home: `Home ${at}`,
      away: `Away ${at}`,
      ...(given.goals ? { goals: given.goals } : {}),
      ...(given.probabilities ? { forecast: { probabilities: given.probabilities } } : {}),
    });
  for (let at = 0; at < 40; at++) addFeatures(add(at, { goals: goals[at]! }), vectors[at]!, `h${at}`);
  const own = vectors[40]!;
  const raw = estimator.predictProbability({ values: values.slice(-2), rows: 1, columns: chosen });
  const tempered = raw.map((p) => p ** (1 / temperature));
  const total = tempered.reduce((sum, p) => sum + p, 0);
  explained = add(40, { probabilities: [tempered[0]! / total, tempered[1]! / total, tempered[2]! / total] });
  const hash = sqlite
    .prepare<[number], string>('SELECT data_hash FROM prediction WHERE match_id = ?')
    .pluck()
    .get(explained)!;
  addFeatures(explained, own, hash);
  const sameDay = rows.addMatch({
    championship: 'X1',
    day: day(40),
    home: 'Same',
    away: 'Day',
    goals: [3, 0],
  });
  const after = add(41, { goals: [3, 0] });
  addFeatures(sameDay, own, 'same');
  addFeatures(after, own, 'after');
  later = [sameDay, after];
  addForeign = () => {
    rows.addChampionship({ code: 'X4', sport: 'ice-hockey' });
    const published = explainMatch(database, explained).probabilities;
    for (let at = 0; at < 9; at++) {
      const forecast = { probabilities: [published.H, published.D, published.A] as const };
      const match = { championship: 'X4', day: day(at), home: `Wolves ${at}`, away: `Bears ${at}` };
      addFeatures(rows.addMatch({ ...match, goals: [5, 0], forecast }), own, `foreign ${at}`);
    }
  };
  without = add(42, {});
});

afterEach(() => {
  database.close();
  folder[Symbol.dispose]();
});

describe('the explanation of a stored forecast', () => {
  it('sums to the log odds that were published, with nothing left over', () => {
    const explanation = explainMatch(database, explained);
    const { probabilities, logOdds, drawLogOdds, factors } = explanation;
    expect(logOdds.total).toBeCloseTo(Math.log(probabilities.H / probabilities.A), 9);
    const home = factors.reduce((sum, { contribution }) => sum + contribution, logOdds.base);
    const draw = factors.reduce((sum, { drawContribution }) => sum + drawContribution, drawLogOdds.base);
    expect(home).toBeCloseTo(logOdds.total, 9);
    expect(draw).toBeCloseTo(drawLogOdds.total, 9);
    expect(factors.map(({ group }) => group).sort()).toEqual(['elo', 'strength']);
    expect(explanationSchema.parse(JSON.parse(JSON.stringify(explanation)))).toEqual(explanation);
  });

  it('shows what the published forecast has beyond its model as a factor of its own', () => {
    database.sqlite.exec('DROP TRIGGER outcome_is_immutable');
    database.sqlite.prepare('UPDATE outcome SET temperature = 1.3 WHERE match_id = ?').run(explained);
    const { factors, logOdds } = explainMatch(database, explained);
    expect(factors.map(({ group }) => group)).toContain('adjustment');
    const sum = factors.reduce((total, { contribution }) => total + contribution, logOdds.base);
    expect(sum).toBeCloseTo(logOdds.total, 9);
  });

  it('compares with matches of earlier days only, though later ones are the very same', () => {
    const { nearest } = explainMatch(database, explained);
    expect(nearest.considered).toBe(40);
    expect(nearest.endings).toMatchObject({ n: 40 });
    expect(nearest.endings.H + nearest.endings.D + nearest.endings.A).toBe(40);
    for (const { matchId, matchDay } of nearest.matches) {
      expect(later).not.toContain(matchId);
      expect(matchDay < '2026-09-10').toBe(true);
    }
    const distances = nearest.matches.map(({ distance }) => distance);
    expect(distances).toEqual(distances.toSorted((a, b) => a - b));
  });

  it('compares with its own sport alone, though a match of another is the very same', () => {
    const alone = explainMatch(database, explained);
    addForeign();
    expect(explainMatch(database, explained)).toEqual(alone);
  });

  it('says the same of a match alone and among others', () => {
    const explainer = createExplainer(database);
    explainer.explain(explained);
    expect(explainer.explain(explained)).toEqual(explainMatch(database, explained));
  });

  it('labels its strength by the stated cut-offs', () => {
    const { strength } = explainMatch(database, explained);
    const { strong, moderate } = strength.cutOffs;
    const expected =
      strength.probability >= strong ? 'strong' : strength.probability >= moderate ? 'moderate' : 'weak';
    expect(strength.label).toBe(expected);
    expect(strength.record).toEqual({ n: 0, hits: 0, live: 0 });
  });

  it('is refused with a code where it cannot be had', () => {
    expect(() => explainMatch(database, 9999)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
    expect(() => explainMatch(database, without)).toThrow(
      expect.objectContaining({ code: 'OUTCOMES_MISSING' }),
    );
    database.sqlite.prepare(`UPDATE feature SET hash = 'changed' WHERE match_id = ?`).run(explained);
    expect(() => explainMatch(database, explained)).toThrow(
      expect.objectContaining({ code: 'FEATURES_MISMATCH' }),
    );
    database.sqlite.prepare('DELETE FROM feature WHERE match_id = ?').run(explained);
    expect(() => explainMatch(database, explained)).toThrow(
      expect.objectContaining({ code: 'FEATURES_MISSING' }),
    );
  });
});
