import { describe, expect, it } from 'vitest';
import { dayNumber } from '../../../engine/contract/zones.ts';
import {
  championForecasts,
  championOn,
  reignOf,
  reviewChampions,
  withHolder,
} from '../../../engine/football/processing/champion.ts';
import { makeWorld, type World } from '../../fixtures/model-table.ts';

const never = 1_000_000;

/** The truth flattened towards a third each: a worse forecast, by as much as `share`. */
function blurred({ truth }: World, share: number): Float64Array {
  return truth.map((p) => (1 - share) * p + share / 3);
}

describe('the choice of a champion', () => {
  it('lets a better family take over at the next 1 July, with the figures that decided', () => {
    const world = makeWorld({ seasons: 4, matchesPerSeason: 300 });
    const families = { logistic: blurred(world, 0.6), boosting: world.truth };
    const reviews = reviewChampions(world.table, families, { today: never });
    expect(championOn(reviews, dayNumber('2010-09-01'))).toBe('logistic');
    expect(championOn(reviews, dayNumber('2011-09-01'))).toBe('boosting');
    const { decisions } = reviews.find(({ from }) => from === dayNumber('2011-07-01'))!;
    expect(decisions[0]!.decision).toMatchObject({ promoted: true, reason: 'no-regression', matches: 600 });
    expect(decisions[0]!.decision.difference!.high).toBeLessThan(0);
  });

  it('keeps the champion while a challenger is not better', () => {
    const world = makeWorld({ seasons: 4, matchesPerSeason: 300 });
    const families = { logistic: world.truth, boosting: blurred(world, 0.6) };
    const reviews = reviewChampions(world.table, families, { today: never });
    expect(new Set(reviews.map(({ champion }) => champion))).toEqual(new Set(['logistic']));
  });

  it('refuses a challenger that beats the closing market by more than a forecast can', () => {
    const world = makeWorld({ seasons: 4, matchesPerSeason: 300 });
    const leaky = world.truth.map(
      (p, at) => 0.5 * p + (world.table.target[Math.floor(at / 3)] === at % 3 ? 0.5 : 0),
    );
    const reviews = reviewChampions(
      world.table,
      { logistic: blurred(world, 0.3), boosting: leaky },
      { today: never, closing: world.truth },
    );
    expect(reviews.at(-1)!.champion).toBe('logistic');
    expect(reviews.at(-1)!.decisions[0]!.decision.reason).toBe('leak-alarm');
  });

  it('is decided by earlier matches alone', () => {
    const world = makeWorld({ seasons: 4, matchesPerSeason: 300 });
    const families = { logistic: blurred(world, 0.3), boosting: world.truth };
    const before = reviewChampions(world.table, families, { today: never });
    const from = dayNumber('2012-07-01');
    for (let row = 0; row < world.table.rows; row++) {
      if (world.table.day[row]! >= from) world.table.target[row] = 2 - world.table.target[row]!;
    }
    const after = reviewChampions(world.table, families, { today: never });
    const until = (reviews: typeof before) => reviews.filter((review) => review.from <= from);
    expect(until(after)).toEqual(until(before));
    expect(after).not.toEqual(before);
  });

  it('gives way from today on to whoever holds the place in the registry', () => {
    const world = makeWorld({ seasons: 4, matchesPerSeason: 300 });
    const families = { logistic: blurred(world, 0.6), boosting: world.truth };
    const reviews = reviewChampions(world.table, families, { today: never });
    const today = dayNumber('2013-10-01');
    const rolledBack = withHolder(reviews, today, 'logistic');
    expect(championOn(rolledBack, today - 1)).toBe('boosting');
    expect(championOn(rolledBack, today)).toBe('logistic');
    expect(championOn(rolledBack, today + 500)).toBe('logistic');
    expect(withHolder(reviews, today, 'boosting')).toBe(reviews);
    expect(withHolder(reviews, today, undefined)).toBe(reviews);
  });

  it('gives way from today on, in a championship that has a champion of its own, to that one', () => {
    const world = makeWorld({ seasons: 2, matchesPerSeason: 300 });
    const table = { ...world.table, championship: world.table.championship.map((_, row) => row % 2) };
    const reviews = [{ from: -Infinity, champion: 'boosting' as const, decisions: [] }];
    const today = table.day[400]!;
    const reign = reignOf(table, reviews, { today, champions: new Map([[1, 'network']]) });
    const rows = [...Array(table.rows).keys()];
    expect(rows.filter((row) => reign(row) === 'network')).toEqual(
      rows.filter((row) => row % 2 === 1 && table.day[row]! >= today),
    );
    expect(new Set(rows.map(reign))).toEqual(new Set(['boosting', 'network']));
  });

  it('forecasts each row with the family in force on its day', () => {
    const world = makeWorld({ seasons: 4, matchesPerSeason: 300 });
    const families = { logistic: blurred(world, 0.6), boosting: world.truth };
    const reviews = reviewChampions(world.table, families, { today: never });
    const raw = championForecasts(world.table, families, (row) => championOn(reviews, world.table.day[row]!));
    for (let row = 0; row < world.table.rows; row++) {
      const source = families[championOn(reviews, world.table.day[row]!) as 'logistic' | 'boosting'];
      expect(raw[row * 3]).toBe(source[row * 3]);
    }
  });
});
