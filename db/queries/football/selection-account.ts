import type { Sport } from '../../../engine/contract/domain.ts';
import type { PublishedType } from '../../../engine/contract/forecasts.ts';
import type { Database } from '../../client.ts';

/** A filter of a selection year as it was fixed; of several fixings of one year the newest. */
export interface FixedFilter {
  readonly sport: Sport;
  readonly type: PublishedType;
  readonly label: string;
  readonly from: string;
  readonly until: string;
  readonly status: 'selected' | 'target-not-reached' | 'not-enough-history';
  readonly target: number;
  readonly delta: number;
  readonly tried: number;
  readonly considered: number;
  readonly n: number | null;
  readonly hits: number | null;
  readonly bound: number | null;
  readonly naiveThreshold: number | null;
  readonly naiveCount: number | null;
  readonly naiveHits: number | null;
}

export function readFixedFilters({ sqlite }: Database): FixedFilter[] {
  return sqlite
    .prepare<[], FixedFilter>(
      `SELECT sport, forecast_type AS type, label, applies_from AS "from", applies_until AS until, status, target, delta, tried,
         record_count AS considered, selected_count AS n, selected_hits AS hits, bound,
         naive_threshold AS naiveThreshold, naive_count AS naiveCount, naive_hits AS naiveHits
       FROM selection_family
       WHERE id IN (SELECT max(id) FROM selection_family GROUP BY sport, forecast_type, label, applies_from)
       ORDER BY applies_from DESC, id`,
    )
    .all();
}

/** A rule for the result, by the record that it rests on. */
export interface FixedRule {
  readonly sport: Sport;
  readonly target: number;
  readonly delta: number;
  readonly n: number;
  readonly hits: number;
  readonly bound: number;
  readonly recordFrom: string;
  readonly recordUntil: string;
}

export function readFixedRules({ sqlite }: Database): FixedRule[] {
  return sqlite
    .prepare<[], FixedRule>(
      `SELECT sport, target, delta, record_count AS n, record_hits AS hits, bound, record_from AS recordFrom,
         record_until AS recordUntil
       FROM selection_rule WHERE forecast_type = '1x2' ORDER BY record_until DESC, id DESC`,
    )
    .all();
}
