import type { ColourTokens } from '../../theme/tokens.ts';

/** A run has one colour, in the table and in every chart, whatever else is shown beside it. */
export function runColour(tokens: ColourTokens, runId: number): string {
  return tokens.series[runId % tokens.series.length]!;
}
