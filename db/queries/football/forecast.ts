import type { Day } from '../../../engine/contract/domain.ts';
import type { MatchForecast } from '../../../engine/contract/router.ts';
import type { Database } from '../../client.ts';

/** How much the database holds. */
export function countHoldings({ sqlite }: Database): {
  matches: number;
  championships: number;
  forecasts: number;
} {
  const count = (table: string) =>
    sqlite.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? 0;
  return { matches: count('match'), championships: count('championship'), forecasts: count('outcome') };
}

interface Row {
  match_id: number;
  code: string;
  name: string;
  is_sample: number;
  match_day: string;
  kick_off: number;
  kick_off_precision: 'minute' | 'day';
  home_name: string;
  away_name: string;
  home: number | null;
  draw: number | null;
  away: number | null;
  set_80: number | null;
  set_90: number | null;
  confidence: number | null;
  credibility: number | null;
  record_count: number | null;
  record_hits: number | null;
  bound: number | null;
  target: number | null;
}

/** The next matches to be played from a day on, each with its newest forecast where there is one. */
export function upcomingForecasts(
  { sqlite }: Database,
  query: { readonly from: Day; readonly limit: number },
): MatchForecast[] {
  return sqlite
    .prepare<[string, number], Row>(
      `SELECT m.id AS match_id, c.code, c.name, c.is_sample, m.match_day, m.kick_off, m.kick_off_precision,
              h.name AS home_name, a.name AS away_name, o.home, o.draw, o.away, o.set_80, o.set_90,
              o.confidence, o.credibility, r.record_count, r.record_hits, r.bound, r.target
       FROM match m
       JOIN season s ON s.id = m.season_id
       JOIN championship c ON c.id = s.championship_id
       JOIN team h ON h.id = m.home_team_id
       JOIN team a ON a.id = m.away_team_id
       LEFT JOIN outcome o ON o.id = (
         SELECT id FROM outcome WHERE match_id = m.id AND forecast_type = '1x2' ORDER BY origin, id DESC LIMIT 1
       )
       LEFT JOIN statistic q ON q.outcome_id = o.id
       LEFT JOIN selection_rule r ON r.id = q.selection_rule_id
       WHERE m.match_day >= ? AND m.status = 'scheduled'
       ORDER BY m.match_day, m.kick_off, c.code, h.name
       LIMIT ?`,
    )
    .all(query.from, query.limit)
    .map((row) => ({
      matchId: row.match_id,
      championship: row.code,
      championshipName: row.name,
      isSample: row.is_sample === 1,
      matchDay: row.match_day,
      kickOff: row.kick_off,
      kickOffPrecision: row.kick_off_precision,
      home: row.home_name,
      away: row.away_name,
      probabilities:
        row.home === null ? null : { H: row.home, D: row.draw ?? Number.NaN, A: row.away ?? Number.NaN },
      set80: row.set_80,
      set90: row.set_90,
      confidence: row.confidence,
      credibility: row.credibility,
      quality:
        row.record_count === null || row.record_hits === null || row.bound === null || row.target === null
          ? null
          : { n: row.record_count, hits: row.record_hits, bound: row.bound, target: row.target },
    }));
}

/** The newest raw probabilities of one model family, row by row of the model table. */
export interface RawPredictions {
  /** Rows that have one. */
  readonly count: number;
  /** rows x 3; NaN where there is none. */
  readonly probabilities: Float64Array;
  /** 0 where there is none. */
  readonly predictionId: Int32Array;
  readonly modelId: Int32Array;
  /** 1 where it was made before kick-off. */
  readonly live: Uint8Array;
}

export function readRawPredictions(
  { sqlite }: Database,
  table: { readonly rows: number; readonly matchId: Int32Array },
  family: string,
): RawPredictions {
  const rowOf = new Map<number, number>();
  for (let row = 0; row < table.rows; row++) rowOf.set(table.matchId[row]!, row);
  const raw = {
    count: 0,
    probabilities: new Float64Array(new SharedArrayBuffer(table.rows * 24)).fill(Number.NaN),
    predictionId: new Int32Array(new SharedArrayBuffer(table.rows * 4)),
    modelId: new Int32Array(new SharedArrayBuffer(table.rows * 4)),
    live: new Uint8Array(new SharedArrayBuffer(table.rows)),
  };
  const statement = sqlite.prepare<
    [string],
    {
      id: number;
      match_id: number;
      model_id: number;
      origin: string;
      home: number;
      draw: number;
      away: number;
    }
  >(
    `SELECT p.id, p.match_id, p.model_id, p.origin, p.home, p.draw, p.away
     FROM prediction p JOIN model m ON m.id = p.model_id
     WHERE m.family = ? ORDER BY p.id`,
  );
  for (const prediction of statement.iterate(family)) {
    const row = rowOf.get(prediction.match_id);
    if (row === undefined) continue;
    if (raw.predictionId[row] === 0) raw.count++;
    raw.probabilities[row * 3] = prediction.home;
    raw.probabilities[row * 3 + 1] = prediction.draw;
    raw.probabilities[row * 3 + 2] = prediction.away;
    raw.predictionId[row] = prediction.id;
    raw.modelId[row] = prediction.model_id;
    raw.live[row] = prediction.origin === 'live' ? 1 : 0;
  }
  return raw;
}

/** Matches that already have a forecast made before kick-off. */
export function matchesForecastLive({ sqlite }: Database): Set<number> {
  return new Set(
    sqlite
      .prepare<[], { id: number }>(`SELECT DISTINCT match_id AS id FROM outcome WHERE origin = 'live'`)
      .all()
      .map((row) => row.id),
  );
}
