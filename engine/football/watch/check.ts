import type { Database } from '../../../db/client.ts';
import type { JudgedForecasts } from '../../../db/queries/football/calibration.ts';
import type { FeatureTable } from '../feature-report/rows.ts';
import type { Day, Instant, Sport } from '../../contract/domain.ts';
import type { Finding, Level, LiveRecord, RuleName } from '../../contract/monitoring.ts';

/** Everything that was forecast of one sport and has come to an end, with the market's close beside it. */
export interface SportForecasts {
  readonly sport: Sport;
  readonly forecasts: JudgedForecasts;
  /** rows x 3 probabilities of the closing price without its margin; NaN where there is none. */
  readonly closing: Float64Array;
  /** Rows that were forecast before kick-off, in order of their days. */
  readonly live: readonly number[];
  readonly records: readonly LiveRecord[];
}

/** What a check looks at. */
export interface WatchInput {
  readonly database: Database;
  readonly today: Day;
  readonly instant: Instant;
  readonly sports: readonly SportForecasts[];
  /** The features of a sport; undefined before the first calculation. Read when first asked for. */
  features(sport: Sport): FeatureTable | undefined;
}

/** One thing that is watched: a file of `checks/` and a line of the registry. */
export interface Check {
  readonly rules: readonly RuleName[];
  look(input: WatchInput): readonly Finding[];
}

/** From where on a figure is bad, and below which it is calm again. */
export interface Bounds {
  readonly warnAt: number;
  readonly criticalAt: number;
  /** An alert is cleared only below this; default `warnAt`. */
  readonly calmBelow?: number;
}

/** A figure that is the worse the larger it is. `value` null where too little is known. */
export function findingOf(
  rule: RuleName,
  subject: string,
  given: {
    readonly value: number | null;
    readonly bounds: Bounds;
    readonly unit: Finding['unit'];
    readonly n: number;
    readonly detail?: Finding['detail'];
    /** False where the figure is large by chance alone: then it is no reason to raise anything. Default true. */
    readonly isBeyondChance?: boolean;
  },
): Finding {
  const { value, bounds, unit, n, detail = {}, isBeyondChance = true } = given;
  const { warnAt, criticalAt, calmBelow = warnAt } = bounds;
  const level: Level =
    value === null
      ? 'unknown'
      : !isBeyondChance || value < warnAt
        ? 'good'
        : value < criticalAt
          ? 'warning'
          : 'critical';
  const isCalm = value !== null && (value < calmBelow || !isBeyondChance);
  return { rule, subject, level, isCalm, value, warnAt, criticalAt, unit, n, detail };
}
