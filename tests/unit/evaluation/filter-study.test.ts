import { describe, expect, it } from 'vitest';
import { judgedOf } from '../../../engine/football/evaluation/evaluation.ts';
import { filterStudy } from '../../../engine/football/evaluation/filter-study.ts';
import type { Judged } from '../../../engine/football/evaluation/judged.ts';
import { dayText } from '../../../engine/contract/zones.ts';
import { makeWorld, pricesOf } from '../../fixtures/model-table.ts';

const target = 0.6;

/** A world with two families, of which the second is flatter; prices say the truth with a margin. */
function judgedWorld(options: { readonly seed?: number; readonly matches?: number } = {}): {
  judged: Judged;
  rows: number[];
} {
  const { table, truth } = makeWorld({
    seasons: 5,
    matchesPerSeason: options.matches ?? 400,
    seed: options.seed ?? 1,
  });
  const { judged } = judgedOf({
    table,
    families: {
      logistic: truth,
      boosting: truth.map((p) => 0.5 * p + 0.5 / 3),
      'base-rate': new Float64Array(table.rows * 3).fill(1 / 3),
    },
    preMatch: pricesOf(truth, table.rows),
    closing: pricesOf(truth, table.rows),
    championships: [0, 1],
    ...{ fromYear: 2010, toYear: 2014, from: '2010/11', to: '2014/15' },
    today: 1_000_000,
    target,
    delta: 0.1,
  });
  return { judged, rows: Array.from({ length: table.rows }, (_, row) => row) };
}

describe('the study of filters', () => {
  const { judged, rows } = judgedWorld();
  const study = filterStudy(judged, rows)!;

  it('tests leagues, results, sets, agreement and value together, and counts what was tried', () => {
    expect(study.filters.map(({ kind, value }) => [kind, value])).toEqual([
      ['everything', null],
      ['championship', 'C1'],
      ['championship', 'C2'],
      ['result', 'H'],
      ['result', 'D'],
      ['result', 'A'],
      ['set', null],
      ['agreement', null],
      ['value', '0'],
      ['value', '0.03'],
    ]);
    expect(study.families).toBe(study.filters.filter(({ status }) => status !== 'not-enough-history').length);
    expect(study.tried).toBe(study.filters.reduce((sum, { tried }) => sum + tried, 0));
    expect(study.before + study.sealed).toBe(rows.length);
    const [everything, first, second] = study.filters;
    expect(first!.considered + second!.considered).toBe(everything!.considered);
    expect(everything!.considered).toBe(study.before);
  });

  it('keeps the newest selection year out of every choice', () => {
    const sealed = (row: number) => dayText(judged.table.day[row]!) >= study.sealedFrom;
    // Whatever comes in the sealed year, the same thresholds are chosen; only what they came to changes.
    const target = Int8Array.from(judged.table.target, (one, row) => (sealed(row) ? (one + 1) % 3 : one));
    const other = filterStudy({ ...judged, table: { ...judged.table, target } }, rows)!;
    const choice = (of: typeof study) =>
      of.filters.map(({ chosen, naive, ...rest }) => ({
        ...rest,
        chosen: chosen && { ...chosen, sealed: null },
        naive: naive && { ...naive, sealed: null },
      }));
    expect(choice(other)).toEqual(choice(study));
    expect(other.filters[0]!.chosen!.sealed.hits).not.toBe(study.filters[0]!.chosen!.sealed.hits);
  });

  it('promises less than the past at face value, which takes more', () => {
    const [everything] = study.filters;
    expect(everything!.chosen!.bound).toBeGreaterThanOrEqual(target);
    expect(everything!.chosen!.hits / everything!.chosen!.n).toBeGreaterThan(everything!.chosen!.bound);
    expect(everything!.naive!.threshold).toBeLessThan(everything!.chosen!.threshold);
  });

  it('keeps its promise in new years, as often as it says, where the past at face value does not', () => {
    let chosen = 0;
    let broken = 0;
    let naive = 0;
    let naiveBroken = 0;
    for (let seed = 1; seed <= 30; seed++) {
      const world = judgedWorld({ seed, matches: 250 });
      for (const one of filterStudy(world.judged, world.rows)!.filters) {
        // Of many results the share comes near the true precision, which is what is promised.
        const isShort = ({ n, hits }: { n: number; hits: number }) => hits / n < target - 0.02;
        if (one.chosen && one.chosen.sealed.n > 100) {
          chosen++;
          if (isShort(one.chosen.sealed)) broken++;
        }
        if (one.naive && one.naive.sealed.n > 100) {
          naive++;
          if (isShort(one.naive.sealed)) naiveBroken++;
        }
      }
    }
    expect(chosen).toBeGreaterThan(60);
    expect(broken / chosen).toBeLessThan(0.1);
    expect(naiveBroken / naive).toBeGreaterThan(2 * (broken / chosen));
  });

  it('says nothing without a year before the newest', () => {
    expect(filterStudy(judged, [])).toBeNull();
    expect(filterStudy(judged, rows.slice(0, 60))).toBeNull();
  });
});
