import type { Database } from '../../../db/client.ts';
import { baseRatesOf, championshipsOf } from '../../../db/queries/football/model-card.ts';
import { closingPriceReader, versionForecasts } from '../../../db/queries/football/promotion.ts';
import type { CardScore } from '../../contract/model-card.ts';
import { removeMargin } from '../../kernel/evaluation/margin.ts';
import { logLossOf, scoreForecasts } from '../../kernel/evaluation/scores.ts';
import { bootstrapMean } from '../../kernel/math/bootstrap.ts';
import { mean } from '../../kernel/math/summary.ts';
import { bootstrapSeed, figure } from './judged.ts';

export interface CardScores {
  readonly scores: CardScore[];
  readonly from: string | null;
  readonly until: string | null;
}

const draws = 500;

/** How a version has forecast the matches played after its training, in all and by championship. */
export function scoreVersion(database: Database, versionId: number): CardScores {
  const forecasts = versionForecasts(database, versionId, { championshipId: null });
  const championshipOf = championshipsOf(database);
  const baseRates = baseRatesOf(database);
  const closing = closingPriceReader(database);
  const lossOf = (p: ArrayLike<number>, outcome: number) => logLossOf(Float64Array.from(p), 0, outcome, 3);
  const judged = forecasts.map((forecast) => {
    const { matchId, outcome, probabilities } = forecast;
    const prices = closing(matchId);
    const base = baseRates.get(matchId);
    return {
      ...forecast,
      championship: championshipOf(matchId),
      loss: lossOf(probabilities, outcome),
      market: prices && lossOf(removeMargin(Float64Array.from(prices)), outcome),
      base: base && lossOf(base, outcome),
    };
  });
  const score = (championship: string | null, rows: typeof judged): CardScore => {
    const priced = rows.flatMap(({ market, loss }) => (market === undefined ? [] : [{ market, loss }]));
    const based = rows.flatMap(({ base }) => (base === undefined ? [] : [base]));
    const { rps, brier, accuracy } = scoreForecasts(
      Float64Array.from(rows.flatMap(({ probabilities }) => [...probabilities])),
      rows.map(({ outcome }) => outcome),
    );
    const days = rows.map(({ day }) => day);
    return {
      championship,
      n: rows.length,
      logLoss: figure(
        bootstrapMean(
          rows.map(({ loss }) => loss),
          days,
          { seed: bootstrapSeed, draws },
        ),
      ),
      rps,
      brier,
      accuracy,
      baseRate: based.length > 0 ? { n: based.length, logLoss: mean(based) } : null,
      closing:
        priced.length > 0
          ? {
              n: priced.length,
              logLoss: mean(priced.map(({ market }) => market)),
              own: mean(priced.map(({ loss }) => loss)),
            }
          : null,
    };
  };
  if (judged.length === 0) return { scores: [], from: null, until: null };
  const byChampionship = [...Map.groupBy(judged, ({ championship }) => championship)].sort(([a], [b]) =>
    a.localeCompare(b),
  );
  return {
    scores: [score(null, judged), ...byChampionship.map(([code, rows]) => score(code, rows))],
    from: judged[0]!.day,
    until: judged.at(-1)!.day,
  };
}
