import { describe, expect, it } from 'vitest';
import { noBackground } from '../../../engine/football/calculation/background.ts';
import { createElo, eloDefaults } from '../../../engine/football/calculation/calculators/elo.ts';
import { calculateRows } from '../../../engine/football/calculation/championship.ts';
import {
  calculators,
  extendedCalculators,
  featureSetOf,
  featureSets,
  footballFeatures,
  marketSet,
} from '../../../engine/football/calculation/registry.ts';
import { drawLeague } from '../../../scripts/bench/league.ts';
import { makeHistory } from '../../fixtures/history.ts';

describe('the registry of calculators', () => {
  it('says of every feature what it is, on what it rests and when it is missing', () => {
    for (const definition of featureSets.flatMap(({ definitions }) => definitions)) {
      expect(definition.name).toMatch(/^[a-z][A-Za-z0-9]+$/);
      for (const text of [definition.unit, definition.description, definition.asOf, definition.missing]) {
        expect(text.length, definition.name).toBeGreaterThan(3);
      }
    }
  });

  it('gives the feature set another hash when a parameter changes, and the same one otherwise', () => {
    const hash = (step: number) => featureSetOf([createElo({ ...eloDefaults, step })], 'x').hash;
    expect(hash(20)).toBe(hash(20));
    expect(hash(20)).not.toBe(hash(21));
  });

  it('refuses two features of one name', () => {
    expect(() => featureSetOf([createElo(), createElo()], 'x')).toThrow(
      'two features are called eloDifference',
    );
  });

  it('has calculators that write all of their features and no others', () => {
    const history = makeHistory(drawLeague({ clubs: 6, seasons: 2, seed: 2 }));
    for (const calculator of [...calculators, ...extendedCalculators]) {
      const count = calculator.features.length;
      const state = calculator.create({ clubs: history.fixtures.clubs.length, ...noBackground });
      const out = new Float64Array(count + 2).fill(-12345);
      const line = new Int32Array(22);
      state.before(
        {
          ...{ season: 0, day: 18000, asOf: 0, kickOff: 0, home: 0, away: 1 },
          ...{ homeIsNewcomer: false, awayIsNewcomer: false, homeLine: line, awayLine: line },
          standing: { clubs: 0, points: new Int32Array(0) },
        },
        out,
        1,
      );
      expect([out[0], out[count + 1]], calculator.name).toEqual([-12345, -12345]);
      expect(out.subarray(1, count + 1).includes(-12345), calculator.name).toBe(false);
    }
  });
});

describe('the rows of a championship', () => {
  const history = makeHistory(drawLeague({ clubs: 6, seasons: 3, seed: 2 }));

  it('come season by season, all of them when nothing is held', () => {
    const { changed, parts } = calculateRows(history, []);
    expect(changed.map(({ hashes }) => hashes.length)).toEqual([90, 90, 90]);
    expect(parts.map(({ season, matches, written, sets }) => [season, matches, written, sets[1]])).toEqual([
      ['2010/11', 30, 30, { from: 0, until: 30 }],
      ['2011/12', 30, 30, { from: 30, until: 60 }],
      ['2012/13', 30, 30, { from: 60, until: 90 }],
    ]);
  });

  it('come only where they differ from what is held, set by set', () => {
    const all = calculateRows(history, []).changed;
    const held = all.map(({ hashes, matchIds }) => new Map(hashes.map((hash, i) => [matchIds[i]!, hash])));
    expect(calculateRows(history, held).changed.flatMap(({ hashes }) => hashes)).toEqual([]);
    held[1]!.set(all[1]!.matchIds[40]!, 'another');
    const { changed, parts } = calculateRows(history, held);
    expect(changed.map(({ matchIds }) => [...matchIds])).toEqual([[], [all[1]!.matchIds[40]], []]);
    expect(parts.map(({ written }) => written)).toEqual([0, 1, 0]);
  });
});

describe('the sets of features', () => {
  it('keep prices in a set of their own, declared market-informed', () => {
    expect(featureSets.filter(({ isMarketInformed }) => isMarketInformed)).toEqual([marketSet]);
    const families = featureSets
      .filter((set) => set !== marketSet)
      .flatMap(({ definitions }) => definitions.map(({ family }) => family));
    expect(families).not.toContain('market');
  });

  it('have no feature in common', () => {
    const names = featureSets.flatMap((set) => set.names);
    expect(new Set(names).size).toBe(names.length);
  });

  it('leave the core as the models know it', () => {
    expect(footballFeatures.names).toHaveLength(50);
    expect(footballFeatures.hash).toBe('e654ee4cad0b025c');
  });
});
