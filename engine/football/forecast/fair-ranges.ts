import type { SettledPair, SettledPairsQuery } from '../../../db/queries/football/match-detail.ts';
import type { Day } from '../../contract/domain.ts';
import { fitProbabilityRanges, type RangePredictor } from '../../kernel/conformal/probability-range.ts';

/**
 * Settled forecasts behind a Venn-Abers range: the newest of the championship, or with too few of all of its sport. On
 * 2009/10 to 2015/16 the isotonic fit of 1,000 was twice as far from being as good as the forecast itself as that of 3,000.
 */
const rangeRules = { window: 3000, minimum: 200 } as const;

export interface FairRanges {
  readonly scope: 'championship' | 'pooled';
  readonly n: number;
  readonly minimum: number;
  /** Days of the settled forecasts. */
  readonly from: Day | null;
  readonly until: Day | null;
  /** Null with too few of them. */
  readonly predictor: RangePredictor | null;
}

/**
 * Between its forecast and what Venn-Abers prediction makes of the settled forecasts before a day, for each outcome.
 *
 * @param read gives settled forecasts, as `readSettledPairs` reads them
 */
export function fitFairRanges(
  read: (query: SettledPairsQuery) => readonly SettledPair[],
  { before, championshipId }: { readonly before: Day; readonly championshipId: number },
): FairRanges {
  const { window: limit, minimum } = rangeRules;
  const own = read({ before, championshipId, limit, of: 'championship' });
  const scope = own.length >= minimum ? 'championship' : 'pooled';
  const pairs = scope === 'championship' ? own : read({ before, championshipId, limit, of: 'sport' });
  const predictor =
    pairs.length < minimum
      ? null
      : fitProbabilityRanges(
          pairs.flatMap((pair) => [pair.pHome, pair.pDraw, pair.pAway]),
          pairs.map(({ result }) => result),
        );
  return {
    scope,
    n: pairs.length,
    minimum,
    from: pairs.at(-1)?.day ?? null,
    until: pairs[0]?.day ?? null,
    predictor,
  };
}
