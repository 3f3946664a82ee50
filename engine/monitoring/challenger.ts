import type { Instant, Sport } from '../contract/domain.ts';
import { sports } from '../contract/domain.ts';
import type { Finding, RuleName } from '../contract/monitoring.ts';

/** Drift that models can answer by learning anew. */
const answeredByTraining: readonly RuleName[] = [
  'feature-drift',
  'probability-drift',
  'martingale',
  'miscalibrated',
];

/** However much drifts: within this time of one training no other is asked for. */
const restMs = 7 * 86_400_000;

/** An alert that stands, and since when it is news. */
export interface StandingAlert {
  readonly finding: Finding;
  readonly newsAt: Instant;
}

export interface PastTraining {
  readonly answeredAt: Instant | undefined;
  readonly triedAt: Instant | undefined;
}

/**
 * What asks for challengers, by sport: alerts of drift that became news after the models were last trained. One training
 * answers all that stood before it; it is tried again only if it failed or if something is news since, and never within
 * a week of the last attempt.
 */
export function askedByDrift(
  alerts: readonly StandingAlert[],
  { now, trainings }: { readonly now: Instant; trainings(sport: Sport): PastTraining },
): ReadonlyMap<Sport, readonly Finding[]> {
  const asked = new Map<Sport, readonly Finding[]>();
  for (const sport of sports) {
    const { answeredAt = -Infinity, triedAt = -Infinity } = trainings(sport);
    if (now - triedAt < restMs) continue;
    const reasons = alerts
      .filter(({ finding, newsAt }) => {
        const { rule, subject } = finding;
        // A subject begins with its sport: `football`, `football 80 %`.
        return answeredByTraining.includes(rule) && subject.split(' ')[0] === sport && newsAt > answeredAt;
      })
      .map(({ finding }) => finding);
    if (reasons.length > 0) asked.set(sport, reasons);
  }
  return asked;
}
