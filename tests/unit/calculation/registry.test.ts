import { describe, expect, it } from 'vitest';
import { createElo, eloDefaults } from '../../../engine/football/calculation/calculators/elo.ts';
import { calculateRows } from '../../../engine/football/calculation/championship.ts';
import {
  calculators,
  featureSetOf,
  footballFeatures,
} from '../../../engine/football/calculation/registry.ts';
import { drawLeague } from '../../../scripts/bench/league.ts';
import { makeHistory } from '../../fixtures/history.ts';

describe('the registry of calculators', () => {
  it('says of every feature what it is, on what it rests and when it is missing', () => {
    for (const definition of footballFeatures.definitions) {
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
    for (const calculator of calculators) {
      const count = calculator.features.length;
      const state = calculator.create({ clubs: history.fixtures.clubs.length });
      const out = new Float64Array(count + 2).fill(-12345);
      const line = new Int32Array(22);
      state.before(
        {
          ...{ season: 0, day: 18000, asOf: 0, kickOff: 0, home: 0, away: 1 },
          ...{ homeIsNewcomer: false, awayIsNewcomer: false, homeLine: line, awayLine: line },
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
    const { changed, parts } = calculateRows(history, new Map());
    expect(changed.hashes).toHaveLength(90);
    expect(parts.map(({ season, matches, from, until }) => [season, matches, from, until])).toEqual([
      ['2010/11', 30, 0, 30],
      ['2011/12', 30, 30, 60],
      ['2012/13', 30, 60, 90],
    ]);
  });

  it('come only where they differ from what is held', () => {
    const all = calculateRows(history, new Map()).changed;
    const held = new Map(all.hashes.map((hash, i) => [all.matchIds[i]!, hash]));
    expect(calculateRows(history, held).changed.hashes).toEqual([]);
    held.set(all.matchIds[40]!, 'another');
    expect([...calculateRows(history, held).changed.matchIds]).toEqual([all.matchIds[40]]);
  });
});
