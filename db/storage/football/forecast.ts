import type { Instant, Sport } from '../../../engine/contract/domain.ts';
import type { Database } from '../../client.ts';

/** A forecast as it is published. null where history was too short for a figure. */
export interface OutcomeRecord {
  readonly matchId: number;
  readonly predictionId: number;
  readonly modelId: number;
  readonly asOf: Instant;
  readonly madeAt: Instant;
  readonly origin: 'live' | 'replay';
  readonly dataHash: string;
  /** Calibrated, in class order home, draw, away. */
  readonly probabilities: readonly [number, number, number];
  readonly label: 'H' | 'D' | 'A';
  readonly probability: number;
  readonly temperature: number;
  readonly calibrationCount: number;
  readonly pValues: readonly [number, number, number] | null;
  readonly confidence: number | null;
  readonly credibility: number | null;
  readonly windowScope: 'championship' | 'pooled' | 'none';
  readonly windowCount: number;
  readonly set80: number | null;
  readonly set90: number | null;
  readonly price: {
    readonly bookmakerId: number;
    readonly instant: Instant;
    readonly prices: readonly [number, number, number];
  } | null;
  /** What the match's grid of scores is made of beside the probabilities. */
  readonly grid: {
    readonly goalPredictionId: number;
    /** By how much each side's intensity is multiplied. */
    readonly homeFactor: number;
    readonly awayFactor: number;
    readonly levelCount: number;
  } | null;
}

/**
 * Adds a forecast and answers its id, or undefined where the same one (match, model, data) is there already: a forecast
 * is made once.
 */
export function storeOutcome({ sqlite }: Database, outcome: OutcomeRecord): number | undefined {
  const { changes, lastInsertRowid } = sqlite
    .prepare(
      `INSERT INTO outcome (match_id, prediction_id, model_id, forecast_type, as_of, made_at, origin, data_hash,
         home, draw, away, label, probability, temperature, calibration_count, p_value_home, p_value_draw, p_value_away,
         confidence, credibility, window_scope, window_count, set_80, set_90,
         price_bookmaker_id, price_instant, price_home, price_draw, price_away,
         goal_prediction_id, home_goal_factor, goal_level_count, away_goal_factor)
       VALUES (?, ?, ?, '1x2', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO NOTHING`,
    )
    .run(
      outcome.matchId,
      outcome.predictionId,
      outcome.modelId,
      outcome.asOf,
      outcome.madeAt,
      outcome.origin,
      outcome.dataHash,
      ...outcome.probabilities,
      outcome.label,
      outcome.probability,
      outcome.temperature,
      outcome.calibrationCount,
      ...(outcome.pValues ?? [null, null, null]),
      outcome.confidence,
      outcome.credibility,
      outcome.windowScope,
      outcome.windowCount,
      outcome.set80,
      outcome.set90,
      outcome.price?.bookmakerId ?? null,
      outcome.price?.instant ?? null,
      ...(outcome.price?.prices ?? [null, null, null]),
      outcome.grid?.goalPredictionId ?? null,
      outcome.grid?.homeFactor ?? null,
      outcome.grid?.levelCount ?? null,
      outcome.grid?.awayFactor ?? null,
    );
  return changes === 1 ? Number(lastInsertRowid) : undefined;
}

export interface SelectionRuleRecord {
  readonly sport: Sport;
  readonly target: number;
  readonly delta: number;
  readonly threshold: number;
  readonly recordCount: number;
  readonly recordHits: number;
  readonly bound: number;
  readonly recordFrom: string;
  readonly recordUntil: string;
  readonly dataHash: string;
}

/** Stores a rule unless it is there; answers its id either way. */
export function storeSelectionRule({ sqlite }: Database, rule: SelectionRuleRecord, madeAt: Instant): number {
  sqlite
    .prepare(
      `INSERT INTO selection_rule (sport, championship_id, forecast_type, target, delta, threshold, record_count, record_hits,
         bound, record_from, record_until, made_at, data_hash)
       VALUES (?, NULL, '1x2', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    )
    .run(
      rule.sport,
      rule.target,
      rule.delta,
      rule.threshold,
      rule.recordCount,
      rule.recordHits,
      rule.bound,
      rule.recordFrom,
      rule.recordUntil,
      madeAt,
      rule.dataHash,
    );
  return sqlite
    .prepare<[number, number, string], { id: number }>(
      `SELECT id FROM selection_rule WHERE forecast_type = '1x2' AND target = ? AND delta = ? AND data_hash = ?`,
    )
    .get(rule.target, rule.delta, rule.dataHash)!.id;
}

/** Marks a new forecast as selected, with the record of its rule by then. */
export function storeSelected(
  { sqlite }: Database,
  selected: {
    readonly outcomeId: number;
    readonly ruleId: number;
    readonly madeAt: Instant;
    readonly sinceCount: number;
    readonly sinceHits: number;
  },
): void {
  sqlite
    .prepare(
      'INSERT INTO statistic (outcome_id, selection_rule_id, made_at, since_count, since_hits) VALUES (?, ?, ?, ?, ?)',
    )
    .run(selected.outcomeId, selected.ruleId, selected.madeAt, selected.sinceCount, selected.sinceHits);
}
