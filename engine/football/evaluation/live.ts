import type { LiveScores } from '../../contract/evaluation-details.ts';
import { hasClass } from '../../kernel/conformal/sets.ts';
import { spiegelhalter } from '../../kernel/evaluation/calibration-tests.ts';
import { oneAgainstRest } from '../../kernel/evaluation/decomposition.ts';
import { logLosses, scoreForecasts } from '../../kernel/evaluation/scores.ts';
import { gapClosedInterval } from '../../kernel/evaluation/skill.ts';
import {
  bootstrapSeed,
  daysOf,
  figure,
  orNull,
  outcomesOf,
  pick,
  type EvaluationInput,
  type Judged,
} from './judged.ts';

/** The spans that are looked at, in days back; null is all time. */
const spans = [30, 90, null] as const;
/** Fewer settled forecasts than this say "not enough data" and nothing else. */
const minimumLive = 100;

/** The stored forecasts made before kick-off, as they were published, over the last days and all time. */
export function liveScores(
  judged: Judged,
  { probabilities, set80, set90 }: NonNullable<EvaluationInput['details']>['live'],
): LiveScores[] {
  const { table, today, baseRate, closingFair, championships } = judged;
  const settled: number[] = [];
  for (let row = 0; row < table.rows; row++) {
    if (table.target[row]! < 0 || table.day[row]! >= today) continue;
    if (!championships.includes(table.championship[row]!)) continue;
    if (!Number.isNaN(probabilities[row * 3]!)) settled.push(row);
  }
  return spans.map((days): LiveScores => {
    const rows = days === null ? settled : settled.filter((row) => table.day[row]! >= today - days);
    const n = rows.length;
    if (n < minimumLive) return { days, n, minimum: minimumLive, scores: null };
    const known = (p: Float64Array, among = rows) => among.filter((row) => !Number.isNaN(p[row * 3]!));
    const scored = (p: Float64Array, held: readonly number[]) => {
      const { n: count, ...scores } = scoreForecasts(pick(p, held), outcomesOf(table, held));
      return { n: count, ...scores };
    };
    const whole = known(closingFair, known(baseRate));
    const lossOf = (p: Float64Array) => logLosses(pick(p, whole), outcomesOf(table, whole));
    const held = (masks: Uint8Array): number | null => {
      const made = rows.filter((row) => masks[row] !== 255);
      return orNull(made.filter((row) => hasClass(masks[row]!, table.target[row]!)).length / made.length);
    };
    const { n: _, ...model } = scored(probabilities, rows);
    const { n: based, ...base } = scored(baseRate, known(baseRate));
    const home = oneAgainstRest(pick(probabilities, rows), outcomesOf(table, rows), { class: 0 });
    return {
      days,
      n,
      minimum: minimumLive,
      scores: {
        model,
        baseRate: based > 0 ? base : null,
        closing: whole.length > 0 ? scored(closingFair, whole) : null,
        gapClosed:
          whole.length >= minimumLive
            ? figure(
                gapClosedInterval(
                  { base: lossOf(baseRate), model: lossOf(probabilities), market: lossOf(closingFair) },
                  daysOf(table, whole),
                  { seed: bootstrapSeed },
                ),
              )
            : null,
        coverage80: held(set80),
        coverage90: held(set90),
        spiegelhalter: orNull(spiegelhalter(home.probabilities, home.events).statistic),
      },
    };
  });
}
