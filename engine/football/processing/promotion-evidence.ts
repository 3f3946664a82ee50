import type { Database } from '../../../db/client.ts';
import {
  closingPriceReader,
  versionForecasts,
  type ForecastPeriod,
} from '../../../db/queries/football/promotion.ts';
import { removeMargin } from '../../kernel/evaluation/margin.ts';
import { logLossOf } from '../../kernel/evaluation/scores.ts';
import type { PromotionEvidence } from '../../kernel/modeling/promotion.ts';

/**
 * The log losses of two versions and of the closing market on the matches of a period that both have forecast, each after
 * the training of the model that spoke. Without a champion, on the challenger's matches.
 */
export function promotionEvidence(
  database: Database,
  versions: { readonly challengerId: number; readonly championId: number | null },
  period: ForecastPeriod,
): PromotionEvidence {
  const { challengerId, championId } = versions;
  const champion = new Map(
    championId === null
      ? []
      : versionForecasts(database, championId, period).map((forecast) => [
          forecast.matchId,
          forecast.probabilities,
        ]),
  );
  const shared = versionForecasts(database, challengerId, period).filter(
    ({ matchId }) => championId === null || champion.has(matchId),
  );
  const closing = closingPriceReader(database);
  const lossOf = (probabilities: ArrayLike<number> | undefined, outcome: number) =>
    probabilities ? logLossOf(Float64Array.from(probabilities), 0, outcome, 3) : Number.NaN;
  return {
    days: shared.map(({ day }) => day),
    challenger: Float64Array.from(shared, ({ probabilities, outcome }) => lossOf(probabilities, outcome)),
    champion:
      championId === null
        ? undefined
        : Float64Array.from(shared, ({ matchId, outcome }) => lossOf(champion.get(matchId), outcome)),
    close: Float64Array.from(shared, ({ matchId, outcome }) => {
      const prices = closing(matchId);
      return lossOf(prices && removeMargin(Float64Array.from(prices)), outcome);
    }),
  };
}
