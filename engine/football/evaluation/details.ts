import type { EvaluationDetails } from '../../contract/evaluation-details.ts';
import { bettingView } from './betting.ts';
import { coverageLaws, coverageRows, martingaleOf } from './coverage.ts';
import { diagnosticsOf, reliabilityOf } from './diagnostics.ts';
import type { EvaluationInput, Judged } from './judged.ts';
import { filterStudy } from './filter-study.ts';
import { liveScores } from './live.ts';
import { setRulesOf } from './set-rules.ts';
import { typesEvaluation } from './type-scores.ts';
import { evaluationSlices, pairedTests, partsOf } from './slices.ts';

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
    setRules: setRulesOf({ ...judged.table, probabilities: judged.stream.probabilities }, rows, judged.today),
    martingale: martingaleOf(judged, rows),
    filterStudy: filterStudy(judged, rows),
    betting: bettingView(judged, rows, options.takers),
    live: liveScores(judged, options.live),
    types: typesEvaluation(judged, rows, options.types),
    expectedGoals: options.expectedGoals ?? null,
  };
}
