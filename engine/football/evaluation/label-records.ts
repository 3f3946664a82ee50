import type { LabelRecord } from '../../contract/forecasts.ts';
import { clopperPearsonInterval } from '../../kernel/math/intervals.ts';
import type { SettledSaid } from './settled-forecasts.ts';

/** Seasons with fewer settled forecasts say nothing about stability. */
const stabilityMinimum = 50;
const intervalConfidence = 0.9;

/**
 * What the forecasts of each championship, type and label came to. Forecasts made before kick-off and replays stay apart,
 * as in the documents.
 */
export function labelRecords(settled: readonly SettledSaid[]): LabelRecord[] {
  const groups = Map.groupBy(settled, (one) =>
    [one.championship, one.type, one.label, one.isLive ? 'live' : 'replay'].join('\u0000'),
  );
  const inOrder = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  return inOrder.map(([, group]): LabelRecord => {
    const first = group[0]!;
    const n = group.length;
    const hits = hitsOf(group);
    const [low, high] = clopperPearsonInterval(hits, n, intervalConfidence);
    const rates = [...Map.groupBy(group, ({ season }) => season).values()]
      .filter((season) => season.length >= stabilityMinimum)
      .map((season) => hitsOf(season) / season.length);
    const last = group.slice(-10);
    return {
      championship: first.championship,
      type: first.type,
      label: first.label,
      origin: first.isLive ? 'live' : 'replay',
      n,
      hits,
      meanProbability: group.reduce((sum, { probability }) => sum + probability, 0) / n,
      low,
      high,
      stability:
        rates.length < 2
          ? null
          : { low: Math.min(...rates), high: Math.max(...rates), seasons: rates.length },
      lastTen: { n: last.length, hits: hitsOf(last) },
    };
  });
}

const hitsOf = (group: readonly SettledSaid[]): number => group.filter(({ isHit }) => isHit).length;
