import type { Instant, Sport } from '../../../engine/contract/domain.ts';
import type { Database } from '../../client.ts';

/** What a forecast says of one type beside the result. null where history was too short, or where a type has no such figure. */
export interface OutcomeTypeRecord {
  /** The number its readers know the type by, 2 to 10. */
  readonly typeCode: number;
  readonly forecastType: string;
  readonly line: number | null;
  readonly label: string;
  readonly probability: number;
  readonly pValues: readonly [first: number, second: number] | null;
  readonly confidence: number | null;
  readonly credibility: number | null;
  readonly windowScope: 'championship' | 'pooled' | 'none';
  readonly windowCount: number;
  readonly sets: readonly [set80: number, set90: number] | null;
  /** Goals. */
  readonly expected: number | null;
  readonly intervals: readonly [low80: number, high80: number, low90: number, high90: number] | null;
  readonly selected: {
    readonly familyId: number;
    readonly sinceCount: number;
    readonly sinceHits: number;
  } | null;
}

/** Adds what a new forecast says of its other types. */
export function storeOutcomeTypes(
  { sqlite }: Database,
  outcomeId: number,
  types: readonly OutcomeTypeRecord[],
): void {
  const insert = sqlite.prepare(
    `INSERT INTO outcome_type (outcome_id, type_code, forecast_type, line, label, probability, p_value_first,
       p_value_second, confidence, credibility, window_scope, window_count, set_80, set_90, expected, low_80, high_80,
       low_90, high_90, selection_family_id, since_count, since_hits)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const type of types) {
    insert.run(
      outcomeId,
      type.typeCode,
      type.forecastType,
      type.line,
      type.label,
      type.probability,
      ...(type.pValues ?? [null, null]),
      type.confidence,
      type.credibility,
      type.windowScope,
      type.windowCount,
      ...(type.sets ?? [null, null]),
      type.expected,
      ...(type.intervals ?? [null, null, null, null]),
      type.selected?.familyId ?? null,
      type.selected?.sinceCount ?? null,
      type.selected?.sinceHits ?? null,
    );
  }
}

/**
 * The forecast that is held already, if none of its types are: versions before kept them for the season in play alone.
 */
export function findWithoutTypes(
  { sqlite }: Database,
  forecast: { readonly matchId: number; readonly modelId: number; readonly dataHash: string },
): number | undefined {
  return sqlite
    .prepare<[number, number, string], number>(
      `SELECT id FROM outcome WHERE match_id = ? AND forecast_type = '1x2' AND model_id = ? AND data_hash = ?
         AND NOT EXISTS (SELECT 1 FROM outcome_type WHERE outcome_id = outcome.id)`,
    )
    .pluck()
    .get(forecast.matchId, forecast.modelId, forecast.dataHash);
}

/** One filter of one selection year, with what was tried. */
export interface SelectionFamilyRecord {
  readonly sport: Sport;
  readonly forecastType: string;
  readonly label: string;
  readonly appliesFrom: string;
  readonly appliesUntil: string;
  readonly target: number;
  readonly delta: number;
  readonly status: 'selected' | 'target-not-reached' | 'not-enough-history';
  readonly families: number;
  readonly tried: number;
  readonly recordFrom: string | null;
  readonly recordUntil: string | null;
  readonly recordCount: number;
  readonly chosen: {
    readonly threshold: number;
    readonly n: number;
    readonly hits: number;
    readonly bound: number;
  } | null;
  readonly naive: { readonly threshold: number; readonly n: number; readonly hits: number } | null;
  readonly dataHash: string;
}

/** Stores filters unless they are there; answers their ids in the same order either way. */
export function storeSelectionFamilies(
  { sqlite }: Database,
  families: readonly SelectionFamilyRecord[],
  madeAt: Instant,
): number[] {
  const insert = sqlite.prepare(
    `INSERT INTO selection_family (sport, forecast_type, label, applies_from, applies_until, target, delta, status, families,
       tried, record_from, record_until, record_count, threshold, selected_count, selected_hits, bound, naive_threshold,
       naive_count, naive_hits, made_at, data_hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const find = sqlite
    .prepare<[string, string, number, number, string], number>(
      `SELECT id FROM selection_family
       WHERE forecast_type = ? AND label = ? AND target = ? AND delta = ? AND data_hash = ?`,
    )
    .pluck();
  return families.map((one) => {
    const { chosen, naive } = one;
    const identity = [one.forecastType, one.label, one.target, one.delta, one.dataHash] as const;
    const present = find.get(...identity);
    if (present !== undefined) return present;
    const { lastInsertRowid } = insert.run(
      one.sport,
      one.forecastType,
      one.label,
      one.appliesFrom,
      one.appliesUntil,
      one.target,
      one.delta,
      one.status,
      one.families,
      one.tried,
      one.recordFrom,
      one.recordUntil,
      one.recordCount,
      ...(chosen ? [chosen.threshold, chosen.n, chosen.hits, chosen.bound] : [null, null, null, null]),
      ...(naive ? [naive.threshold, naive.n, naive.hits] : [null, null, null]),
      madeAt,
      one.dataHash,
    );
    return Number(lastInsertRowid);
  });
}
