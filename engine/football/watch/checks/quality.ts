import { dayNumber } from '../../../contract/zones.ts';
import { hasClass } from '../../../kernel/conformal/sets.ts';
import { spiegelhalter } from '../../../kernel/evaluation/calibration-tests.ts';
import { oneAgainstRest } from '../../../kernel/evaluation/decomposition.ts';
import { pairedDifference } from '../../../kernel/evaluation/paired.ts';
import { logLosses } from '../../../kernel/evaluation/scores.ts';
import { binomialCdf } from '../../../kernel/math/distributions.ts';
import { betAgainstSets } from '../../evaluation/coverage.ts';
import { findingOf, type Check, type SportForecasts } from '../check.ts';
import type { Finding } from '../../../contract/monitoring.ts';
import { minimumLive, pickRows } from '../record.ts';

const judgedDays = 90;
/** The newest settled forecasts that coverage is counted over. */
const coveredForecasts = 500;
const seed = 20_050_805;
/** What beats the closing market by more is a leak until proven otherwise. */
const leak = 0.01;

/** Losses of the model less those of another, over the rows that have both. */
function lossesBeside(of: SportForecasts, rows: readonly number[], other: Float64Array) {
  const { forecasts } = of;
  const both = rows.filter((row) => !Number.isNaN(other[row * 3]!));
  const outcomes = Int8Array.from(both, (row) => forecasts.target[row]!);
  const a = logLosses(pickRows(forecasts.values, both), outcomes);
  const b = logLosses(pickRows(other, both), outcomes);
  const days = both.map((row) => forecasts.day[row]!);
  return { n: both.length, a, b, days };
}

function worseThanBaseRate(of: SportForecasts, recent: readonly number[]): Finding {
  const { n, a, b, days } = lossesBeside(of, recent, of.forecasts.baseRate);
  const found = n >= minimumLive ? pairedDifference({ a, b }, days, { seed }) : undefined;
  return findingOf('worse-than-base-rate', of.sport, {
    value: found?.value ?? null,
    // Certain by the interval is critical; worse by the figure alone is worth a look.
    bounds: { warnAt: 0, criticalAt: found && found.low > 0 ? 0 : Number.MAX_VALUE, calmBelow: -0.005 },
    ...{ unit: 'log-loss', n },
    detail: { low: found?.low ?? null, high: found?.high ?? null },
  });
}

function betterThanMarket(of: SportForecasts): Finding {
  const { n, a, b, days } = lossesBeside(of, of.live, of.closing);
  const found = n >= 300 ? pairedDifference({ a: b, b: a }, days, { seed }) : undefined;
  return findingOf('better-than-market', of.sport, {
    value: found?.value ?? null,
    bounds: { warnAt: leak, criticalAt: leak, calmBelow: leak / 2 },
    ...{ unit: 'log-loss', n },
    detail: { low: found?.low ?? null, high: found?.high ?? null },
  });
}

function miscalibrated({ sport, forecasts }: SportForecasts, recent: readonly number[]): Finding {
  const outcomes = Int8Array.from(recent, (row) => forecasts.target[row]!);
  const statistics = [0, 1, 2].map((outcome) => {
    const one = oneAgainstRest(pickRows(forecasts.values, recent), outcomes, { class: outcome });
    return spiegelhalter(one.probabilities, one.events).statistic;
  });
  const worst = Math.max(...statistics.map(Math.abs));
  return findingOf('miscalibrated', sport, {
    value: recent.length >= minimumLive && Number.isFinite(worst) ? worst : null,
    bounds: { warnAt: 3, criticalAt: 4, calmBelow: 2 },
    ...{ unit: 'standard-errors', n: recent.length },
    detail: { home: orNull(statistics[0]!), draw: orNull(statistics[1]!), away: orNull(statistics[2]!) },
  });
}

/** How unlikely so few covered results are while the sets keep their promise. */
function coverage({ sport, forecasts, live }: SportForecasts): Finding[] {
  return ([80, 90] as const).map((level) => {
    const masks = level === 80 ? forecasts.set80 : forecasts.set90;
    const rows = live.filter((row) => masks[row] !== 255).slice(-coveredForecasts);
    const held = rows.filter((row) => hasClass(masks[row]!, forecasts.target[row]!)).length;
    const n = rows.length;
    const pValue = n >= minimumLive ? binomialCdf(held, n, level / 100) : null;
    // As the number of noughts: a hundredth is 2, a thousandth is 3.
    return findingOf('coverage', `${sport} ${level} %`, {
      value: pValue === null ? null : -Math.log10(Math.max(pValue, 1e-12)),
      bounds: { warnAt: 2, criticalAt: 4, calmBelow: 1 },
      ...{ unit: 'p-value', n },
      detail: { held, share: n === 0 ? null : held / n, promised: level / 100, pValue },
    });
  });
}

function martingale({ sport, forecasts, live }: SportForecasts, today: number): Finding {
  const bets = betAgainstSets({ ...forecasts, probabilities: forecasts.values }, live, today);
  return findingOf('martingale', sport, {
    value: bets.n >= minimumLive ? bets.last : null,
    bounds: { warnAt: bets.alarmAt / 2, criticalAt: bets.alarmAt, calmBelow: 1 },
    ...{ unit: 'wealth', n: bets.n },
    detail: { highest: bets.highest, alarmAt: bets.alarmAt },
  });
}

/** Whether what was forecast before kick-off keeps its promises. Nothing else is judged here. */
export const quality: Check = {
  rules: ['worse-than-base-rate', 'better-than-market', 'miscalibrated', 'coverage', 'martingale'],
  look({ sports, today }) {
    const now = dayNumber(today);
    return sports.flatMap((of) => {
      const recent = of.live.filter((row) => of.forecasts.day[row]! >= now - judgedDays);
      return [
        worseThanBaseRate(of, recent),
        betterThanMarket(of),
        miscalibrated(of, recent),
        ...coverage(of),
        martingale(of, now),
      ];
    });
  },
};

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
