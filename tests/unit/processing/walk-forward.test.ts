import { describe, expect, it } from 'vitest';
import { removeMargin } from '../../../engine/kernel/evaluation/margin.ts';
import { logLoss } from '../../../engine/kernel/evaluation/scores.ts';
import { listFolds } from '../../../engine/football/processing/folds.ts';
import {
  fitPooledModels,
  modelKey,
  type PooledModels,
} from '../../../engine/football/processing/pooled-models.ts';
import type { ChampionshipResult } from '../../../engine/football/processing/models.ts';
import { forecastStream } from '../../../engine/football/forecast/stream.ts';
import { walkForward } from '../../../engine/football/processing/walk-forward.ts';
import { makeWorld, pricesOf, type World } from '../../fixtures/model-table.ts';

async function forecastWorld({ table, truth }: World, known = new Map()): Promise<ChampionshipResult> {
  const cuts = [...new Set(listFolds(table).map((fold) => fold.pooledCut))];
  const pooled: PooledModels[] = [];
  for (const cut of cuts) {
    const model = await fitPooledModels(table, cut, { known });
    if (model) pooled.push(model);
  }
  return walkForward(table, { championship: 0, pooled, prices: pricesOf(truth, table.rows), known });
}

function family(result: ChampionshipResult, name: string) {
  const found = result.predictions.find((predictions) => predictions.family === name)!;
  return new Map(
    [...found.rows].map((row, at) => [row, [...found.probabilities.subarray(at * 3, at * 3 + 3)]]),
  );
}

describe('walking forward', () => {
  it('forecasts better than the base rate from seasons before, and says where history is too short', async () => {
    const world = makeWorld({ seasons: 5, matchesPerSeason: 350 });
    const result = await forecastWorld(world);
    expect(result.gaps.map((gap) => [gap.seasonCode, gap.first])).toEqual([['2010/11', true]]);
    const model = family(result, 'logistic');
    const base = family(result, 'base-rate');
    const { table, truth } = world;
    const raw = new Float64Array(table.rows * 3).fill(Number.NaN);
    for (const [row, p] of model) raw.set(p, row * 3);
    const { probabilities } = forecastStream(table, raw, { today: 1_000_000 });
    const rows = [...model.keys()].filter((row) => table.firstYear[row]! >= 2012);
    const outcomes = rows.map((row) => table.target[row]!);
    const three = (values: Float64Array) => rows.flatMap((row) => [...values.subarray(row * 3, row * 3 + 3)]);
    const modelLoss = logLoss(three(probabilities), outcomes);
    const baseLoss = logLoss(
      rows.flatMap((row) => base.get(row)!),
      outcomes,
    );
    expect((baseLoss - modelLoss) / (baseLoss - logLoss(three(truth), outcomes))).toBeGreaterThan(0.9);
  });

  it('never lets a result reach a forecast of its own season or an earlier one', async () => {
    const world = makeWorld({ seasons: 4, matchesPerSeason: 350 });
    const before = await forecastWorld(world);
    const { table } = world;
    for (let row = 0; row < table.rows; row++) {
      if (table.firstYear[row]! >= 2012) table.target[row] = 2 - table.target[row]!;
    }
    const after = await forecastWorld(world);
    for (const name of ['base-rate', 'logistic']) {
      const old = family(before, name);
      const changed = family(after, name);
      const rowsUntil = (year: number) => [...old.keys()].filter((row) => table.firstYear[row]! <= year);
      for (const row of rowsUntil(2012)) expect(changed.get(row)).toEqual(old.get(row));
      // The next season must feel it, or this test could not fail.
      const later = [...old.keys()].filter((row) => table.firstYear[row] === 2013);
      expect(later.some((row) => changed.get(row)![0] !== old.get(row)![0])).toBe(true);
    }
  });

  it('repeats the market without its margin where a price is known', async () => {
    const world = makeWorld({ seasons: 3, matchesPerSeason: 250 });
    const market = family(await forecastWorld(world), 'market');
    const prices = pricesOf(world.truth, world.table.rows).prices;
    for (const [row, p] of [...market].slice(0, 50)) {
      expect(p).toEqual([...removeMargin(prices.subarray(row * 3, row * 3 + 3))]);
    }
  });

  it('tells the market to the family that is declared market-informed, and to no other', async () => {
    const world = makeWorld({ seasons: 4, matchesPerSeason: 500 });
    const before = await forecastWorld(world);
    const { market } = world.table;
    const blind = { ...world, table: { ...world.table, market: market.map((p) => 0.5 * p + 1 / 6) } };
    const after = await forecastWorld(blind);
    for (const name of ['logistic', 'ordered-logit', 'boosting', 'network']) {
      expect(family(after, name), name).toEqual(family(before, name));
    }
    expect(family(after, 'market-informed')).not.toEqual(family(before, 'market-informed'));
  });

  it('leaves a market that knows everything as it is, and says nothing of matches without a price', async () => {
    const world = makeWorld({ seasons: 4, matchesPerSeason: 500 });
    const { table, truth } = world;
    table.market.fill(Number.NaN, (table.rows - 1) * 3);
    const informed = family(await forecastWorld(world), 'market-informed');
    expect(informed.has(table.rows - 1)).toBe(false);
    const rows = [...informed.keys()];
    const outcomes = rows.map((row) => table.target[row]!);
    const three = (values: Float64Array) => rows.flatMap((row) => [...values.subarray(row * 3, row * 3 + 3)]);
    const own = logLoss(
      rows.flatMap((row) => informed.get(row)!),
      outcomes,
    );
    expect(own).toBeLessThan(logLoss(three(truth), outcomes) + 0.003);
  });

  it('takes a model of an earlier run instead of fitting it again, and only for the very same data', async () => {
    const world = makeWorld({ seasons: 3, matchesPerSeason: 350 });
    const first = await forecastWorld(world);
    const known = new Map(
      first.models.map((model) => [modelKey(model), { ...model, notes: { known: true } }]),
    );
    const again = await forecastWorld(world, known);
    const own = (result: ChampionshipResult) =>
      result.models.filter((model) => model.championshipId !== null);
    expect(own(again).map((model) => model.notes)).toEqual(own(again).map(() => ({ known: true })));
    expect(family(again, 'logistic')).toEqual(family(first, 'logistic'));

    world.table.target[0] = 2 - world.table.target[0]!;
    world.table.target[400] = (world.table.target[400]! + 1) % 3;
    const changed = own(await forecastWorld(world, known)).filter((model) => !('known' in model.notes));
    expect(changed.length).toBeGreaterThan(0);
  });
});
