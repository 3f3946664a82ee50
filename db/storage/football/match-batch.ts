/**
 * The matches of one championship and season as a source reports them, column by column: they cross a thread as a
 * handful of typed arrays. Row `i` of every column is the same match; -1 (goals) and NaN (statistics, instants) mean
 * "not given".
 */
export interface MatchBatch {
  /** Code of the championship in `resources/championships.json`. */
  readonly championship: string;
  /** `2016/17` or `2023`. */
  readonly season: string;
  readonly firstYear: number;
  /** True where the source does not say the season and it was concluded from the day. */
  readonly seasonIsGuessed: boolean;
  readonly count: number;
  /** Line of the file, from 1. */
  readonly line: Int32Array;
  /** Names as the source writes them; `home` and `away` are indices into them. */
  readonly teams: readonly string[];
  readonly home: Uint16Array;
  readonly away: Uint16Array;
  /** Days since 1970-01-01. */
  readonly day: Int32Array;
  readonly kickOff: Float64Array;
  /** 1 where the source gives the minute, 0 where `kickOff` is noon of the day. */
  readonly kickOffKnown: Uint8Array;
  /** Index into `matchStatuses`. */
  readonly status: Uint8Array;
  /** Index into `decisions`. */
  readonly decidedBy: Uint8Array;
  /** count x 8 in the order of `goalColumns`. */
  readonly goals: Int8Array;
  readonly resultKnownAt: Float64Array;
  readonly rounds: readonly (string | null)[] | null;
  /** count x 14 in the order of `statisticColumns`. */
  readonly statistics: Float64Array;
  readonly quotes: QuoteColumns;
}

/** Odds: one row is one look at one bookmaker's market. */
export interface QuoteColumns {
  readonly count: number;
  readonly bookmakers: readonly Bookmaker[];
  /** Row of the batch; ascending. */
  readonly match: Uint32Array;
  readonly market: Uint8Array;
  /** Index into `bookmakers`. */
  readonly bookmaker: Uint16Array;
  readonly phase: Uint8Array;
  readonly line: Float64Array;
  readonly instant: Float64Array;
  /** count x 3; NaN where the market has two selections. */
  readonly prices: Float64Array;
}

export interface Bookmaker {
  readonly code: string;
  readonly name: string;
  readonly kind: 'bookmaker' | 'exchange' | 'average' | 'best';
}

export const decisions = [null, 'regular', 'extra-time', 'penalties', 'award'] as const;
export type Decision = (typeof decisions)[number];

/** Columns of `match` in the order of `MatchBatch.goals`. */
export const goalColumns = [
  'home_goals',
  'away_goals',
  'home_goals_half_time',
  'away_goals_half_time',
  'home_goals_extra_time',
  'away_goals_extra_time',
  'home_goals_shoot_out',
  'away_goals_shoot_out',
] as const;

/** Columns of `match_statistics` in the order of `MatchBatch.statistics`. */
export const statisticColumns = [
  'home_shots',
  'away_shots',
  'home_shots_on_target',
  'away_shots_on_target',
  'home_corners',
  'away_corners',
  'home_fouls',
  'away_fouls',
  'home_yellow_cards',
  'away_yellow_cards',
  'home_red_cards',
  'away_red_cards',
  'home_expected_goals',
  'away_expected_goals',
] as const;

/** Identifiers of the table `market`. */
export const markets = {
  '1x2': 1,
  total: 2,
  'asian-handicap': 3,
  'double-chance': 4,
  'both-score': 5,
} as const;

/** Phases of a quote. */
export const phases = { opening: 1, preMatch: 2, closing: 3 } as const;
