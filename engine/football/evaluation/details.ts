import type { Betting, EvaluationDetails } from '../../contract/evaluation-details.ts';
import { coverageLaws, coverageRows, martingaleOf } from './coverage.ts';
import { diagnosticsOf, reliabilityOf } from './diagnostics.ts';
import { forecastersOf, isReference, type EvaluationInput, type Judged } from './judged.ts';
import { liveScores } from './live.ts';
import { evaluationSlices, pairedTests, partsOf } from './slices.ts';
import { stakingOf } from './staking.ts';
import { betsOf, edges, judgeStrategies, rowsWithPrice } from './strategies.ts';

/** The strategy whose bankroll is shown: fixed here, so that no result chooses it. */
const followed = { family: 'champion', edge: 0.03 } as const;

/** The long form of an evaluation over the rows that were judged. */
export function evaluationDetails(
  judged: Judged,
  rows: readonly number[],
  options: NonNullable<EvaluationInput['details']>,
): EvaluationDetails {
  const parts = partsOf(judged, rows);
  // A season of one championship is too few matches for anything but its scores.
  const large = parts.filter((part) => part.championship === null || part.season === null);
  const codes = new Set(rows.map((row) => judged.table.championship[row]!));
  return {
    championships: [...codes]
      .sort((a, b) => a - b)
      .map((at) => {
        const { code, isSample } = judged.table.championships[at]!;
        return { code, isSample, name: options.names[code] ?? code };
      }),
    slices: rows.length > 0 ? evaluationSlices(judged, parts) : [],
    diagnostics: diagnosticsOf(judged, large),
    reliability: reliabilityOf(judged, rows),
    paired: pairedTests(judged, rows),
    coverage: coverageRows(judged, rows),
    coverageLaw: coverageLaws(),
    martingale: martingaleOf(judged, rows),
    betting: betting(judged, rows, options.takers),
    live: liveScores(judged, options.live),
  };
}

/** Null where no match has a price that anyone offered in time. */
function betting(judged: Judged, rows: readonly number[], takers: readonly number[]): Betting | null {
  const priced = rowsWithPrice(judged, rows, takers);
  if (priced.length === 0) return null;
  const forecasters = [...forecastersOf(judged)].filter(([name]) => !isReference(name));
  const strategies = forecasters.flatMap(([family, p]) =>
    edges.map((edge) => betsOf(judged, priced, { family, p, edge })),
  );
  const own = strategies.find((bets) => bets.family === followed.family && bets.edge === followed.edge)!;
  return {
    matches: priced.length,
    withoutPrice: rows.length - priced.length,
    ...judgeStrategies(judged, strategies, priced),
    followed,
    staking: stakingOf(judged, own, judged.stream.probabilities),
  };
}
