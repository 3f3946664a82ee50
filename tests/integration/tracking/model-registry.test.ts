import { describe, expect, test } from 'vitest';
import { foldModels, listModelVersions, promotionsOf } from '../../../db/queries/model-registry.ts';
import type { PromotionDecision } from '../../../engine/contract/models.ts';
import { decidePromotion } from '../../../engine/kernel/modeling/promotion.ts';
import { createModelRegistry, type VersionGiven } from '../../../engine/runtime/tracking/model-registry.ts';
import { expectIndexed } from '../../fixtures/query-plan.ts';
import { trackingHome } from '../../fixtures/tracking.ts';

const first = decidePromotion({ challenger: [], days: [] });
const yes: PromotionDecision = { ...first, reason: 'no-regression' };
const no: PromotionDecision = { ...first, promoted: false, reason: 'regression' };
const place = { championshipId: 1, sport: 'football' } as const;

function registryHome() {
  const home = trackingHome();
  const registry = createModelRegistry(home.database, home.clock);
  const register = (
    dataHash: string,
    more: Partial<Pick<VersionGiven, 'family' | 'championshipId' | 'sport'>> = {},
  ) =>
    registry.register({
      championshipId: 1,
      sport: 'football',
      family: 'logistic',
      dataHash,
      parameters: { C: 1 },
      evaluation: { logLoss: 1 },
      period: { from: '2023-08-01', until: '2024-05-31' },
      seed: 0,
      modelIds: [],
      ...more,
    });
  return Object.assign(home, { registry, register });
}

describe('versions', () => {
  test('count up per championship and family, and the same data are the same version', () => {
    using home = registryHome();
    const versions = [
      home.register('a'),
      home.register('b'),
      home.register('a'),
      home.register('a', { family: 'boosting' }),
      home.register('a', { championshipId: 2 }),
      home.register('a', { championshipId: null }),
    ];
    expect(versions.map(({ championship, family, version }) => [championship, family, version])).toEqual([
      ['X0', 'logistic', 1],
      ['X0', 'logistic', 2],
      ['X0', 'logistic', 1],
      ['X0', 'boosting', 1],
      ['X1', 'logistic', 1],
      [null, 'logistic', 1],
    ]);
    expect(versions[2]).toEqual(versions[0]);
    const found = (search: Parameters<typeof listModelVersions>[1]) =>
      listModelVersions(home.database, search).length;
    expect([found({}), found({ championship: 'X0' }), found({ championship: null })]).toEqual([5, 3, 1]);
    expect(found({ championship: 'X0', family: 'boosting' })).toBe(1);
  });

  test('name the fitted models that they consist of', () => {
    using home = registryHome();
    home.database.sqlite
      .exec(`INSERT INTO model (id, championship_id, family, season_code, feature_names, classes,
        parameters, seed, trained_at, train_until, train_count, data_hash, payload, checksum, libraries)
      VALUES (4, 1, 'logistic', '2023/24', '[]', '[0,1,2]', '{}', 0, 1, '2023-06-01', 9, 'h1', '{}', 'c1', '{}'),
             (9, 1, 'logistic', '2022/23', '[]', '[0,1,2]', '{}', 0, 1, '2022-06-01', 5, 'h2', '{}', 'c2', '{}')`);
    const { registry } = home;
    const version = home.register('a');
    registry.register({ ...given(), modelIds: [4] });
    registry.register({ ...given(), modelIds: [9, 4] });
    expect(foldModels(home.database, version.id).map(({ id, seasonCode }) => [id, seasonCode])).toEqual([
      [9, '2022/23'],
      [4, '2023/24'],
    ]);
    function given() {
      return {
        championshipId: 1,
        sport: 'football' as const,
        family: 'logistic',
        dataHash: 'a',
        parameters: {},
        evaluation: {},
        seed: 0,
      };
    }
  });
});

describe('the champion', () => {
  test('is the first comer, then whom the gate lets through; a refusal is kept and changes nothing', () => {
    using home = registryHome();
    const { registry, register, database, clock } = home;
    const [a, b, c] = [register('a'), register('b'), register('c')];
    expect(registry.holder(place, 'champion')).toBeUndefined();
    expect(
      registry.promote({ ...place, challengerId: a.id, championId: null, decision: first }),
    ).toMatchObject({
      modelVersionId: a.id,
      reason: 'first',
      previousId: null,
    });
    expect(
      registry.promote({ ...place, challengerId: b.id, championId: a.id, decision: no }),
    ).toBeUndefined();
    expect(registry.holder(place, 'champion')?.id).toBe(a.id);
    clock.at = 2_000;
    registry.promote({ ...place, challengerId: c.id, championId: a.id, decision: yes });
    expect(registry.holder(place, 'champion')).toMatchObject({
      id: c.id,
      aliases: [{ alias: 'champion', championship: 'X0' }],
    });
    expect(registry.history(place).map(({ modelVersionId, since }) => [modelVersionId, since])).toEqual([
      [c.id, 2_000],
      [a.id, 1_000],
    ]);
    expect(promotionsOf(database, b.id)).toMatchObject([
      { championId: a.id, decision: { reason: 'regression' } },
    ]);
  });

  test('of its sport forecasts a championship that has none, and again when its own is taken back', () => {
    using home = registryHome();
    const { registry, register } = home;
    const pooledPlace = { ...place, championshipId: null };
    const figures = {
      family: 'logistic',
      dataHash: 'p',
      parameters: {},
      evaluation: {},
      seed: 0,
      modelIds: [],
    };
    const pooled = registry.register({ ...pooledPlace, ...figures });
    registry.promote({ ...pooledPlace, challengerId: pooled.id, championId: null, decision: first });
    expect(registry.reigning(place)?.id).toBe(pooled.id);
    const own = register('own');
    // Whoever forecasts there now is who has to be matched.
    expect(() =>
      registry.promote({ ...place, challengerId: own.id, championId: null, decision: first }),
    ).toThrow('the champion is');
    registry.promote({ ...place, challengerId: own.id, championId: pooled.id, decision: yes });
    expect([registry.reigning(place)?.id, registry.reigning(pooledPlace)?.id]).toEqual([own.id, pooled.id]);
    registry.rollback(place, 'worse than it looked');
    expect([registry.holder(place, 'champion'), registry.reigning(place)?.id]).toEqual([
      undefined,
      pooled.id,
    ]);
    expect(() => registry.rollback(place, 'again')).toThrow('no earlier champion');
    registry.takeRollbackBack(place, 'a mistake');
    expect(registry.reigning(place)?.id).toBe(own.id);
  });

  test('of one championship is no champion of another', () => {
    using home = registryHome();
    const { registry, register } = home;
    const version = register('a');
    registry.promote({ ...place, challengerId: version.id, championId: null, decision: first });
    const other = { ...place, championshipId: 2 };
    expect(registry.holder(other, 'champion')).toBeUndefined();
    const give = () =>
      registry.promote({ ...other, challengerId: version.id, championId: null, decision: first });
    expect(give).toThrow('was trained for X0');
    const pooled = register('a', { championshipId: null });
    expect(
      registry.promote({ ...other, challengerId: pooled.id, championId: null, decision: first }),
    ).toMatchObject({ championship: 'X1', modelVersionId: pooled.id });
  });

  test('over all championships is one of its sport: another sport has its own versions and its own place', () => {
    using home = registryHome();
    const { registry, register, database } = home;
    const football = { championshipId: null, sport: 'football' } as const;
    const hockey = { championshipId: null, sport: 'ice-hockey' } as const;
    const [ours, theirs] = [register('a', football), register('a', hockey)];
    expect([ours.version, theirs.version, ours.id === theirs.id]).toEqual([1, 1, false]);
    registry.promote({ ...hockey, challengerId: theirs.id, championId: null, decision: first });
    expect(registry.holder(football, 'champion')).toBeUndefined();
    const give = () =>
      registry.promote({ ...football, challengerId: theirs.id, championId: null, decision: first });
    expect(give).toThrow('was trained for ice-hockey; it cannot stand for football');
    registry.promote({ ...football, challengerId: ours.id, championId: null, decision: first });
    expect([registry.holder(football, 'champion')?.id, registry.holder(hockey, 'champion')?.id]).toEqual([
      ours.id,
      theirs.id,
    ]);
    expect(registry.history(hockey).map(({ modelVersionId }) => modelVersionId)).toEqual([theirs.id]);
    expect(
      listModelVersions(database, { championship: null, sport: 'ice-hockey' }).map(({ id }) => id),
    ).toEqual([theirs.id]);
  });

  test('cannot be unseated by a decision that was made against another', () => {
    using home = registryHome();
    const { registry, register } = home;
    const [a, b, c] = [register('a'), register('b'), register('c')];
    registry.promote({ ...place, challengerId: a.id, championId: null, decision: first });
    registry.promote({ ...place, challengerId: b.id, championId: a.id, decision: yes });
    expect(() => registry.promote({ ...place, challengerId: c.id, championId: a.id, decision: yes })).toThrow(
      `but the champion is ${b.id}`,
    );
    expect(() =>
      registry.promote({ ...place, challengerId: c.id, championId: b.id, decision: first }),
    ).toThrow();
  });

  test('promoted twice is promoted once', () => {
    using home = registryHome();
    const { registry, register } = home;
    const version = register('a');
    const given = { ...place, challengerId: version.id, championId: null, decision: first };
    expect(registry.promote(given)).toEqual(registry.promote(given));
    expect(registry.history(place)).toHaveLength(1);
  });

  test('gives way in one step to the one before, and in a second step to the one before that', () => {
    using home = registryHome();
    const { registry, register } = home;
    const [a, b, c] = [register('a'), register('b'), register('c')];
    registry.promote({ ...place, challengerId: a.id, championId: null, decision: first });
    registry.promote({ ...place, challengerId: b.id, championId: a.id, decision: yes });
    registry.promote({ ...place, challengerId: c.id, championId: b.id, decision: yes });
    expect(registry.rollback(place, 'wrong prices')).toMatchObject({
      modelVersionId: b.id,
      reason: 'wrong prices',
    });
    expect(registry.rollback(place, 'again')).toMatchObject({ modelVersionId: a.id });
    expect(registry.holder(place, 'champion')?.id).toBe(a.id);
    expect(() => registry.rollback(place, 'once more')).toThrow('no earlier champion');
    expect(registry.history(place)).toHaveLength(5);
    // After a rollback the way up is the gate again.
    registry.promote({ ...place, challengerId: b.id, championId: a.id, decision: yes });
    expect(registry.rollback(place, 'r')).toMatchObject({ modelVersionId: a.id });
  });

  test('that was rolled back comes back once, on what the gate said then', () => {
    using home = registryHome();
    const { registry, register } = home;
    const [a, b] = [register('a'), register('b')];
    registry.promote({ ...place, challengerId: a.id, championId: null, decision: first });
    expect(() => registry.takeRollbackBack(place, 'r')).toThrow('no rollback');
    const won = registry.promote({ ...place, challengerId: b.id, championId: a.id, decision: yes })!;
    expect(() => registry.takeRollbackBack(place, 'r')).toThrow('no rollback');
    registry.rollback(place, 'a slip');
    expect(registry.takeRollbackBack(place, 'no slip')).toMatchObject({
      ...{
        modelVersionId: b.id,
        promotionId: won.promotionId,
        previousId: won.previousId,
        reason: 'no slip',
      },
    });
    expect(() => registry.takeRollbackBack(place, 'r')).toThrow('no rollback');
    expect(registry.rollback(place, 'after all')).toMatchObject({ modelVersionId: a.id });
  });

  test('was a challenger before, and is none afterwards', () => {
    using home = registryHome();
    const { registry, register } = home;
    const [a, b] = [register('a'), register('b')];
    registry.promote({ ...place, challengerId: a.id, championId: null, decision: first });
    registry.challenge(place, b.id, 'newest');
    registry.challenge(place, b.id, 'newest');
    expect(registry.holder(place, 'challenger')?.id).toBe(b.id);
    registry.promote({ ...place, challengerId: b.id, championId: a.id, decision: yes });
    expect(registry.holder(place, 'challenger')).toBeUndefined();
    expect(registry.holder(place, 'champion')?.aliases).toEqual([{ alias: 'champion', championship: 'X0' }]);
    expect(registry.history(place)).toHaveLength(4);
  });

  test('of the past cannot be rewritten', () => {
    using home = registryHome();
    const { registry, register, database } = home;
    registry.promote({ ...place, challengerId: register('a').id, championId: null, decision: first });
    expect(() => database.sqlite.exec('UPDATE model_alias SET since = 0')).toThrow('history');
    expect(() => database.sqlite.exec('UPDATE promotion SET promoted = 0')).toThrow('history');
  });

  test('is found through an index', () => {
    using home = registryHome();
    const champion = `SELECT model_version_id FROM model_alias
      WHERE coalesce(championship_id, 0) = ? AND alias = ? ORDER BY id DESC LIMIT 1`;
    expectIndexed(home.database, champion, { parameters: [1, 'champion'], uses: 'model_alias_newest' });
    const version = `SELECT max(version) FROM model_version WHERE coalesce(championship_id, 0) = ? AND family = ?`;
    expectIndexed(home.database, version, { parameters: [1, 'logistic'], uses: 'model_version_number' });
    const promotions = 'SELECT * FROM promotion WHERE challenger_id = ? ORDER BY id DESC';
    expectIndexed(home.database, promotions, { parameters: [1], uses: 'promotion_by_challenger' });
    const versions = 'SELECT 1 FROM model_version_model WHERE model_id = ?';
    expectIndexed(home.database, versions, { parameters: [1], uses: 'model_version_model_by_model' });
  });
});
