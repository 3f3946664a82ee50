import { expect, test } from 'vitest';
import type { Finding, RuleName } from '../../../engine/contract/monitoring.ts';
import { askedByDrift, type PastTraining } from '../../../engine/monitoring/challenger.ts';

const dayMs = 86_400_000;
const alert = (rule: RuleName, subject: string, newsAt: number) => ({
  newsAt,
  finding: {
    ...{ rule, subject, level: 'critical', isCalm: false, value: 0.4, warnAt: 0.1, criticalAt: 0.25 },
    ...{ unit: 'index', n: 300, detail: {} },
  } as Finding,
});
const never: PastTraining = { answeredAt: undefined, triedAt: undefined };
const asked = (
  alerts: Parameters<typeof askedByDrift>[0],
  { now, last = never }: { now: number; last?: PastTraining },
) =>
  Object.fromEntries(
    [...askedByDrift(alerts, { now, trainings: () => last })].map(([sport, reasons]) => [
      sport,
      reasons.map(({ rule }) => rule),
    ]),
  );

test('drift asks for its own sport, and what training cannot answer does not ask', () => {
  const alerts = [
    alert('feature-drift', 'football', 5),
    alert('martingale', 'ice-hockey 90 %', 5),
    alert('duplicate-matches', 'E0', 5),
    alert('market-margin', 'football', 5),
  ];
  expect(asked(alerts, { now: 6 })).toEqual({ football: ['feature-drift'], 'ice-hockey': ['martingale'] });
});

test('one training answers every alert that stood before it, and none that is news since', () => {
  const last = { answeredAt: 10 * dayMs, triedAt: 10 * dayMs };
  const old = alert('feature-drift', 'football', 9 * dayMs);
  expect(asked([old], { now: 30 * dayMs, last })).toEqual({});
  const fresh = alert('miscalibrated', 'football', 12 * dayMs);
  expect(asked([old, fresh], { now: 30 * dayMs, last })).toEqual({ football: ['miscalibrated'] });
});

test('within a week of the last attempt nothing asks, and a failed one is tried again after it', () => {
  const alerts = [alert('feature-drift', 'football', 9 * dayMs)];
  const failed = { answeredAt: undefined, triedAt: 10 * dayMs };
  expect(asked(alerts, { now: 17 * dayMs - 1, last: failed })).toEqual({});
  expect(asked(alerts, { now: 17 * dayMs, last: failed })).toEqual({ football: ['feature-drift'] });
});
