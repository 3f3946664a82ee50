import { forecastRules } from './stream.ts';

/** How many goals a match is expected to bring, after what came of earlier expectations: exp(level + slope * ln expected). */
export interface GoalLevel {
  readonly level: number;
  readonly slope: number;
  /** Settled matches that it rests on; 0: nothing fitted yet, and nothing changed. */
  readonly n: number;
}

const unchanged: GoalLevel = { level: 0, slope: 1, n: 0 };

/**
 * The level of goals of all championships together, fitted anew with each calendar month on what had been settled before
 * it: Poisson regression of the goals that came on the logarithm of those expected. A goal model that looks back for years
 * lags behind when football as a whole changes, and its extremes are too far out; both are mended here, once, for every
 * forecast type.
 */
export function createGoalLevel() {
  const { calibrationWindow, minimumCalibration } = forecastRules;
  const days: { readonly day: number; readonly logExpected: number[]; readonly goals: number[] }[] = [];
  let count = 0;
  let fitted: { readonly month: number; readonly level: GoalLevel } | undefined;
  return {
    /** In force on a day. Days must not fall. */
    at(day: number): GoalLevel {
      const date = new Date(day * 86_400_000);
      const month = date.getUTCFullYear() * 12 + date.getUTCMonth();
      if (fitted?.month !== month) {
        fitted = { month, level: count >= minimumCalibration ? fitLevel(days, fitted?.level) : unchanged };
      }
      return fitted.level;
    },
    /** The latest whole days that hold the window's size are kept, so that the order within a day cannot matter. */
    observe(day: number, expected: number, goals: number): void {
      let latest = days.at(-1);
      if (latest?.day !== day) {
        while (days.length > 0 && count - days[0]!.goals.length >= calibrationWindow)
          count -= days.shift()!.goals.length;
        days.push((latest = { day, logExpected: [], goals: [] }));
      }
      latest.logExpected.push(Math.log(expected));
      latest.goals.push(goals);
      count++;
    },
  };
}

/** By how much a level multiplies the intensities of a match that expects so many goals. */
export function goalFactor({ level, slope }: GoalLevel, expected: number): number {
  return Math.exp(level + (slope - 1) * Math.log(expected));
}

/** Newton's steps on the log likelihood of two parameters, which is concave. */
function fitLevel(
  days: readonly { readonly logExpected: readonly number[]; readonly goals: readonly number[] }[],
  start: GoalLevel = unchanged,
): GoalLevel {
  let { level, slope } = start;
  let n = 0;
  for (let step = 0; step < 25; step++) {
    let g0 = 0;
    let g1 = 0;
    let h00 = 0;
    let h01 = 0;
    let h11 = 0;
    n = 0;
    for (const { logExpected, goals } of days) {
      for (let i = 0; i < goals.length; i++) {
        const x = logExpected[i]!;
        const mean = Math.exp(level + slope * x);
        const off = goals[i]! - mean;
        g0 += off;
        g1 += off * x;
        h00 += mean;
        h01 += mean * x;
        h11 += mean * x * x;
        n++;
      }
    }
    const determinant = h00 * h11 - h01 * h01;
    // Expectations that are all alike say nothing about the slope.
    if (!(determinant > 1e-9 * h00 * h11))
      return { level: Math.log(h00 > 0 ? (g0 + h00) / h00 : 1), slope: 1, n };
    const up = (h11 * g0 - h01 * g1) / determinant;
    const steeper = (h00 * g1 - h01 * g0) / determinant;
    level += up;
    slope += steeper;
    if (Math.abs(up) + Math.abs(steeper) < 1e-10) break;
  }
  return { level, slope, n };
}
