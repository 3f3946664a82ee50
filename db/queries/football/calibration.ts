import type { JudgedModel } from '../../../engine/contract/calibration.ts';
import type { Sport } from '../../../engine/contract/domain.ts';
import { dayNumber } from '../../../engine/contract/zones.ts';
import type { Database } from '../../client.ts';
import { marketOrder } from './processing.ts';

/** Settled forecasts of one model in order of (day, match), one a match. */
export interface JudgedForecasts {
  readonly rows: number;
  readonly matchId: Int32Array;
  /** Days since 1970-01-01. */
  readonly day: Int32Array;
  /** Position in `codes`. */
  readonly championship: Int32Array;
  readonly codes: readonly string[];
  /** 0 home, 1 draw, 2 away. */
  readonly target: Int8Array;
  /** rows x 3; a price's own where the model is the market. */
  readonly values: Float64Array;
  /** rows x 3 of the base rate; NaN where there is none. */
  readonly baseRate: Float64Array;
  /** 1 where it was made before kick-off. */
  readonly live: Uint8Array;
  /** Bit masks of the published sets; 255 where there is none. */
  readonly set80: Uint8Array;
  readonly set90: Uint8Array;
}

interface Row {
  match_id: number;
  match_day: string;
  code: string;
  difference: number;
  home: number;
  draw: number;
  away: number;
  live: 0 | 1;
  set_80: number | null;
  set_90: number | null;
}

/** Without a known minute, before kick-off means before its day. */
const isLive = (made: string) =>
  `(${made}.origin = 'live' AND ${made}.made_at < m.kick_off
    AND (m.kick_off_precision = 'minute' OR date(${made}.made_at / 1000, 'unixepoch') < m.match_day))`;

const settled = `JOIN season s ON s.id = m.season_id JOIN championship c ON c.id = s.championship_id
  WHERE c.sport_id = (SELECT id FROM sport WHERE code = :sport) AND m.status = 'finished' AND m.home_goals IS NOT NULL AND m.away_goals IS NOT NULL`;
const matchColumns = 'm.id AS match_id, m.match_day, c.code, m.home_goals - m.away_goals AS difference';

/** The last row of a match stands: what was made before kick-off rather than a replay, the newest of those. */
const published = `
  SELECT ${matchColumns}, o.home, o.draw, o.away, ${isLive('o')} AS live,
         iif(o.window_scope = 'none', NULL, o.set_80) AS set_80, iif(o.window_scope = 'none', NULL, o.set_90) AS set_90
  FROM outcome o JOIN match m ON m.id = o.match_id ${settled} AND o.forecast_type = '1x2'
  ORDER BY m.match_day, m.id, live, o.id`;
const ofFamily = `
  SELECT ${matchColumns}, p.home, p.draw, p.away, ${isLive('p')} AS live, NULL AS set_80, NULL AS set_90
  FROM prediction p JOIN model d ON d.id = p.model_id JOIN match m ON m.id = p.match_id ${settled} AND d.family = :family
  ORDER BY m.match_day, m.id, live, p.id`;
const closing = `
  SELECT ${matchColumns}, q.price_1 AS home, q.price_2 AS draw, q.price_3 AS away, 1 AS live,
         NULL AS set_80, NULL AS set_90
  FROM odds_quote q JOIN bookmaker b ON b.id = q.bookmaker_id JOIN match m ON m.id = q.match_id ${settled}
    AND q.market_id = 1 AND q.phase = 3 AND b.code IN ('PS', 'Avg', 'BbAv', 'B365')
  ORDER BY m.match_day, m.id, ${marketOrder} DESC, q.instant`;

/** Everything settled that a model said of one sport. For `closing` the values are decimal prices. */
export function readJudgedForecasts(
  { sqlite }: Database,
  { model, sport }: { readonly model: JudgedModel; readonly sport: Sport },
): JudgedForecasts {
  const isFamily = model !== 'published' && model !== 'closing';
  const statement = sqlite.prepare<[object], Row>(
    model === 'published' ? published : model === 'closing' ? closing : ofFamily,
  );
  const kept: Row[] = [];
  for (const row of statement.iterate(isFamily ? { sport, family: model } : { sport })) {
    if (kept.at(-1)?.match_id === row.match_id) kept.pop();
    kept.push(row);
  }
  const codes = [...new Set(kept.map(({ code }) => code))].sort();
  const baseRates = new Map(
    sqlite
      .prepare<[], { match_id: number; home: number; draw: number; away: number }>(
        `SELECT p.match_id, p.home, p.draw, p.away FROM prediction p JOIN model d ON d.id = p.model_id
         WHERE d.family = 'base-rate' ORDER BY p.id`,
      )
      .all()
      .map(({ match_id: id, home, draw, away }) => [id, [home, draw, away]] as const),
  );
  const values = new Float64Array(kept.length * 3);
  const baseRate = new Float64Array(kept.length * 3).fill(Number.NaN);
  kept.forEach((row, at) => {
    values.set([row.home, row.draw, row.away], at * 3);
    baseRate.set(baseRates.get(row.match_id) ?? [], at * 3);
  });
  return {
    rows: kept.length,
    matchId: Int32Array.from(kept, (row) => row.match_id),
    codes,
    values,
    baseRate,
    day: Int32Array.from(kept, (row) => dayNumber(row.match_day)),
    championship: Int32Array.from(kept, (row) => codes.indexOf(row.code)),
    target: Int8Array.from(kept, (row) => 1 - Math.sign(row.difference)),
    live: Uint8Array.from(kept, (row) => row.live),
    set80: Uint8Array.from(kept, (row) => row.set_80 ?? 255),
    set90: Uint8Array.from(kept, (row) => row.set_90 ?? 255),
  };
}

/** Families that a model is held of, in no order. */
export function forecastingFamilies({ sqlite }: Database): string[] {
  return sqlite.prepare<[], string>('SELECT DISTINCT family FROM model').pluck().all();
}

export interface JudgedChampionship {
  readonly code: string;
  readonly name: string;
  readonly country: string;
  readonly sport: Sport;
  readonly isSample: boolean;
}

/** Championships that have been forecast. */
export function forecastChampionships({ sqlite }: Database): JudgedChampionship[] {
  return sqlite
    .prepare<[], Omit<JudgedChampionship, 'isSample'> & { isSample: number }>(
      `SELECT c.code, c.name, k.name AS country, sport.code AS sport, c.is_sample AS isSample
       FROM championship c JOIN country k ON k.id = c.country_id JOIN sport ON sport.id = c.sport_id
       WHERE c.id IN (SELECT championship_id FROM model) ORDER BY k.name, c.id`,
    )
    .all()
    .map((row) => ({ ...row, isSample: row.isSample === 1 }));
}

/** First and last match day with a published forecast and a result. */
export function judgedSpan({ sqlite }: Database): { from: string | null; until: string | null } {
  const edge = (order: 'ASC' | 'DESC') =>
    sqlite
      .prepare<[], string>(
        `SELECT m.match_day FROM match m WHERE m.status = 'finished'
           AND EXISTS (SELECT 1 FROM outcome o WHERE o.match_id = m.id AND o.forecast_type = '1x2')
         ORDER BY m.match_day ${order} LIMIT 1`,
      )
      .pluck()
      .get() ?? null;
  return { from: edge('ASC'), until: edge('DESC') };
}
