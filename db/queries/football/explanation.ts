import type { Sport } from '../../../engine/contract/domain.ts';
import type { Database } from '../../client.ts';
import type { ModelRecord } from './models.ts';
import { setVector } from './vector.ts';

/** The forecast of a match that counts: one made before kick-off goes before a replay, then the newest. */
export interface ExplainedForecast {
  readonly matchId: number;
  readonly championship: string;
  readonly sport: Sport;
  readonly matchDay: string;
  readonly home: string;
  readonly away: string;
  readonly homeTeamId: number;
  readonly awayTeamId: number;
  readonly family: string;
  readonly origin: 'live' | 'replay';
  readonly madeAt: number;
  readonly dataHash: string;
  readonly pHome: number;
  readonly pDraw: number;
  readonly pAway: number;
  readonly temperature: number | null;
}

export function readExplainedForecast({ sqlite }: Database, matchId: number): ExplainedForecast | undefined {
  return sqlite
    .prepare<[number], ExplainedForecast>(
      `SELECT m.id AS matchId, c.code AS championship, sport.code AS sport, m.match_day AS matchDay, h.name AS home,
              a.name AS away, m.home_team_id AS homeTeamId, m.away_team_id AS awayTeamId, model.family, o.origin,
              o.made_at AS madeAt, p.data_hash AS dataHash, o.home AS pHome, o.draw AS pDraw, o.away AS pAway,
              o.temperature
       FROM outcome o
       JOIN match m ON m.id = o.match_id
       JOIN season s ON s.id = m.season_id
       JOIN championship c ON c.id = s.championship_id
       JOIN sport ON sport.id = c.sport_id
       JOIN team h ON h.id = m.home_team_id
       JOIN team a ON a.id = m.away_team_id
       JOIN model ON model.id = o.model_id
       JOIN prediction p ON p.id = o.prediction_id
       WHERE o.match_id = ? AND o.forecast_type = '1x2'
       ORDER BY o.origin = 'live' DESC, o.made_at DESC, o.id DESC LIMIT 1`,
    )
    .get(matchId);
}

export function matchExists({ sqlite }: Database, matchId: number): boolean {
  return sqlite.prepare<[number], number>('SELECT 1 FROM match WHERE id = ?').get(matchId) !== undefined;
}

/** What is said of one sport rests on its own matches. */
const seasonsOfSport = `SELECT season.id FROM season JOIN championship ON championship.id = season.championship_id
         JOIN sport ON sport.id = championship.sport_id WHERE sport.code = ?`;

export interface ExplainingModel extends Pick<
  ModelRecord,
  'family' | 'payload' | 'checksum' | 'featureNames'
> {
  readonly id: number;
}

/** The models that forecast a match from these data, by family; the newest of each. */
export function readModelIdsOfMatch(
  { sqlite }: Database,
  forecast: { readonly matchId: number; readonly dataHash: string },
): Map<string, number> {
  const rows = sqlite
    .prepare<[number, string], { family: string; id: number }>(
      `SELECT model.family, model.id FROM prediction p JOIN model ON model.id = p.model_id
       WHERE p.match_id = ? AND p.data_hash = ? ORDER BY p.id`,
    )
    .all(forecast.matchId, forecast.dataHash);
  return new Map(rows.map(({ family, id }) => [family, id]));
}

export function readExplainingModel({ sqlite }: Database, id: number): ExplainingModel {
  const row = sqlite
    .prepare<[number], { family: string; payload: string; checksum: string; names: string }>(
      'SELECT family, payload, checksum, feature_names AS names FROM model WHERE id = ?',
    )
    .get(id)!;
  const { family, payload, checksum } = row;
  return { id, family, payload, checksum, featureNames: JSON.parse(row.names) as string[] };
}

/** A set of features as it is stored. */
export interface StoredFeatureSet {
  readonly id: number;
  readonly names: readonly string[];
  readonly valueBytes: number;
}

/** Undefined before its first calculation. */
export function readFeatureSet({ sqlite }: Database, hash: string): StoredFeatureSet | undefined {
  const set = sqlite
    .prepare<[string], { id: number; names: string; valueBytes: number }>(
      'SELECT id, names, value_bytes AS valueBytes FROM feature_set WHERE hash = ?',
    )
    .get(hash);
  return set && { ...set, names: JSON.parse(set.names) as string[] };
}

/** A match's own features and their content hash. */
export function readOwnFeatures(
  { sqlite }: Database,
  set: StoredFeatureSet,
  matchId: number,
): { values: Float64Array; hash: string } | undefined {
  const found = sqlite
    .prepare<[number, number], { hash: string; vector: Uint8Array }>(
      'SELECT hash, vector FROM feature WHERE match_id = ? AND feature_set_id = ?',
    )
    .get(matchId, set.id);
  if (!found) return undefined;
  const values = new Float64Array(set.names.length);
  setVector(values, 0, { bytes: found.vector, valueBytes: set.valueBytes });
  return { values, hash: found.hash };
}

/** Features of at most `limit` played matches of a sport, of days before a day, newest first; rows x names. */
export function readEarlierFeatures(
  { sqlite }: Database,
  set: StoredFeatureSet,
  query: { readonly sport: Sport; readonly before: string; readonly limit: number },
): { values: Float64Array; matchIds: readonly number[] } {
  const found = sqlite
    .prepare<[number, string, Sport, number], { id: number; vector: Uint8Array }>(
      `SELECT m.id, f.vector FROM match m JOIN feature f ON f.match_id = m.id AND f.feature_set_id = ?
       WHERE m.match_day < ? AND m.status = 'finished' AND m.season_id IN (${seasonsOfSport})
       ORDER BY m.match_day DESC, m.id DESC LIMIT ?`,
    )
    .all(set.id, query.before, query.sport, query.limit);
  const values = new Float64Array(found.length * set.names.length);
  found.forEach(({ vector }, at) => {
    setVector(values, at * set.names.length, { bytes: vector, valueBytes: set.valueBytes });
  });
  return { values, matchIds: found.map((row) => row.id) };
}

export interface EndedMatch {
  readonly matchId: number;
  readonly championship: string;
  readonly matchDay: string;
  readonly home: string;
  readonly away: string;
  readonly homeGoals: number;
  readonly awayGoals: number;
}

/** How played matches ended, in the order of the ids. */
export function readEndedMatches({ sqlite }: Database, ids: readonly number[]): EndedMatch[] {
  const statement = sqlite.prepare<[number], EndedMatch>(
    `SELECT m.id AS matchId, c.code AS championship, m.match_day AS matchDay, h.name AS home, a.name AS away,
            m.home_goals AS homeGoals, m.away_goals AS awayGoals
     FROM match m
     JOIN season s ON s.id = m.season_id
     JOIN championship c ON c.id = s.championship_id
     JOIN team h ON h.id = m.home_team_id
     JOIN team a ON a.id = m.away_team_id
     WHERE m.id = ?`,
  );
  return ids.map((id) => statement.get(id)!);
}

/** Settled forecasts of a sport, of earlier days, whose most probable result had a probability in [from, to). */
export function readStrengthRecord(
  { sqlite }: Database,
  query: { readonly sport: Sport; readonly before: string; readonly from: number; readonly to: number },
): { n: number; hits: number; live: number } {
  return sqlite
    .prepare<[string, Sport, number, number], { n: number; hits: number; live: number }>(
      `SELECT count(*) AS n,
              coalesce(sum(o.label = CASE WHEN m.home_goals > m.away_goals THEN 'H'
                                          WHEN m.home_goals < m.away_goals THEN 'A' ELSE 'D' END), 0) AS hits,
              coalesce(sum(o.origin = 'live'), 0) AS live
       FROM outcome o JOIN match m ON m.id = o.match_id
       WHERE o.forecast_type = '1x2' AND m.status = 'finished' AND m.match_day < ?
         AND m.season_id IN (${seasonsOfSport}) AND o.probability >= ? AND o.probability < ?
         AND NOT EXISTS (SELECT 1 FROM outcome other
                         WHERE other.match_id = o.match_id AND other.forecast_type = '1x2'
                           AND ((other.origin = 'live') > (o.origin = 'live')
                                OR (other.origin = o.origin AND other.id > o.id)))`,
    )
    .get(query.before, query.sport, query.from, query.to)!;
}
