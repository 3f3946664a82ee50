import { describe, expect, it } from 'vitest';
import type { ModelTable } from '../../../db/queries/football/processing.ts';
import { setRules } from '../../../engine/contract/evaluation-details.ts';
import type { SettledForecasts } from '../../../engine/football/evaluation/coverage.ts';
import { setRulesOf } from '../../../engine/football/evaluation/set-rules.ts';
import { forecastStream } from '../../../engine/football/forecast/stream.ts';
import { hasClass } from '../../../engine/kernel/conformal/sets.ts';
import { makeWorld } from '../../fixtures/model-table.ts';

/** Settled forecasts of two championships; from `broken` on they say the opposite of what they know. */
function settled(options: { readonly broken?: number } = {}): ModelTable & SettledForecasts {
  const { table, truth } = makeWorld({ seasons: 8, matchesPerSeason: 300 });
  const { broken = Infinity } = options;
  const probabilities = truth.map((p, at) => {
    const row = Math.floor(at / 3);
    return row < broken ? p : truth[row * 3 + 2 - (at % 3)]!;
  });
  return { ...table, probabilities };
}

const rowsFrom = ({ rows }: { rows: number }, first: number) =>
  Array.from({ length: rows - first }, (_, at) => first + at);

describe('ways of making sets', () => {
  const world = settled();
  const rows = rowsFrom(world, 1200);
  const found = setRulesOf(world, rows, 1e9);
  const of = (rule: (typeof setRules)[number], level: number) =>
    found.find((one) => one.rule === rule && one.level === level)!;

  it('are judged on the same forecasts, each at each level', () => {
    expect(found).toHaveLength(setRules.length * 2);
    expect(new Set(found.map(({ n }) => n))).toEqual(new Set([rows.length]));
  });

  it('hold the published sets, as the forecasts themselves do', () => {
    const stream = forecastStream(world, world.probabilities, { today: 1e9 });
    // The stream calibrates before; given what it said, the rule is the same.
    const said = { ...world, probabilities: stream.probabilities };
    const published = setRulesOf(said, rows, 1e9).find(
      ({ rule, level }) => rule === 'published' && level === 0.8,
    )!;
    const held = rows.filter((row) => hasClass(stream.sets[row * 2]!, world.target[row]!)).length;
    expect(published.coverage).toBe(held / rows.length);
  });

  it.each(setRules)('cover about as much as they say where nothing drifts: %s', (rule) => {
    for (const level of [0.8, 0.9]) expect(Math.abs(of(rule, level).coverage - level)).toBeLessThan(0.03);
  });

  it('leave the draws out where results are not told apart, and not where they are', () => {
    expect(of('undivided', 0.8).byClass[1]!).toBeLessThan(0.7);
    for (const rule of ['published', 'rps', 'weighted', 'adaptive'] as const)
      expect(of(rule, 0.8).byClass[1]!, rule).toBeGreaterThan(0.75);
  });

  it('bring the level back after a break where it moves with its errors, sooner than the window alone', () => {
    const broken = settled({ broken: 2400 });
    const after = setRulesOf(broken, rowsFrom(broken, 2400), 1e9);
    const missed = (rule: string) =>
      0.9 - after.find((one) => one.rule === rule && one.level === 0.9)!.coverage;
    expect(missed('published')).toBeGreaterThan(0.02);
    expect(missed('adaptive')).toBeLessThan(missed('published') / 2);
    expect(missed('weighted')).toBeLessThan(missed('published'));
  });

  it('know no result of today or later', () => {
    const today = world.day[2000]!;
    const early = rows.filter((row) => world.day[row]! < today);
    const changed = {
      ...world,
      target: Int8Array.from(world.target, (one, row) => (world.day[row]! < today ? one : 0)),
    };
    expect(setRulesOf(changed, early, today)).toEqual(setRulesOf(world, early, today));
  });
});
