import type { Day, Instant } from '../../../engine/contract/domain.ts';
import type { EvaluationReport } from '../../../engine/contract/evaluation.ts';
import type { Database } from '../../client.ts';

export interface LastEvaluation {
  readonly report: EvaluationReport;
  readonly at: Instant;
  readonly day: Day;
}

/** What the last evaluation with details found; undefined before the first. */
export function readLastEvaluation({ sqlite }: Database): LastEvaluation | undefined {
  const row = sqlite
    .prepare<[], { result: string; at: Instant; day: Day }>(
      `SELECT result, instant AS at, today AS day FROM run
       WHERE stage = 'evaluate' AND state = 'done' AND parameters ->> '$.details' = 1 ORDER BY id DESC LIMIT 1`,
    )
    .get();
  return row && { report: JSON.parse(row.result) as EvaluationReport, at: row.at, day: row.day };
}

/** Published forecasts that were made before kick-off, row by row of the model table. */
export interface LiveForecasts {
  /** rows x 3 as published; NaN where there is none. */
  readonly probabilities: Float64Array;
  /** Bit masks of the conformal sets; 255 where there is none. */
  readonly set80: Uint8Array;
  readonly set90: Uint8Array;
}

/**
 * The newest forecast of each match that was made before it began; without a known minute, before its day. Replays never
 * count.
 */
export function readLiveForecasts(
  { sqlite }: Database,
  table: { readonly rows: number; readonly matchId: Int32Array },
): LiveForecasts {
  const rowOf = new Map<number, number>();
  for (let row = 0; row < table.rows; row++) rowOf.set(table.matchId[row]!, row);
  const live: LiveForecasts = {
    probabilities: new Float64Array(new SharedArrayBuffer(table.rows * 24)).fill(Number.NaN),
    set80: new Uint8Array(new SharedArrayBuffer(table.rows)).fill(255),
    set90: new Uint8Array(new SharedArrayBuffer(table.rows)).fill(255),
  };
  const statement = sqlite.prepare<
    [],
    {
      match_id: number;
      home: number;
      draw: number;
      away: number;
      set_80: number | null;
      set_90: number | null;
    }
  >(
    `SELECT o.match_id, o.home, o.draw, o.away, o.set_80, o.set_90
     FROM outcome o JOIN match m ON m.id = o.match_id
     WHERE o.origin = 'live' AND o.forecast_type = '1x2' AND o.made_at < m.kick_off
       AND (m.kick_off_precision = 'minute' OR date(o.made_at / 1000, 'unixepoch') < m.match_day)
     ORDER BY o.made_at, o.id`,
  );
  for (const forecast of statement.iterate()) {
    const row = rowOf.get(forecast.match_id);
    if (row === undefined) continue;
    live.probabilities.set([forecast.home, forecast.draw, forecast.away], row * 3);
    live.set80[row] = forecast.set_80 ?? 255;
    live.set90[row] = forecast.set_90 ?? 255;
  }
  return live;
}

/** Ids of those that take bets. */
export function readBetTakers({ sqlite }: Database): number[] {
  return sqlite
    .prepare<[], number>(`SELECT id FROM bookmaker WHERE kind IN ('bookmaker', 'exchange')`)
    .pluck()
    .all() as unknown as number[];
}

/** Country and name of every championship by its code. */
export function readChampionshipNames({ sqlite }: Database): Record<string, string> {
  const rows = sqlite
    .prepare<[], { code: string; name: string; country: string }>(
      `SELECT c.code, c.name, k.name AS country FROM championship c JOIN country k ON k.id = c.country_id`,
    )
    .all();
  return Object.fromEntries(rows.map(({ code, name, country }) => [code, `${country} · ${name}`]));
}
