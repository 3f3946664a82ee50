import type { Instant } from '../../contract/domain.ts';
import type { TeamFact } from '../../../db/queries/football/team-facts.ts';
import type { SeasonFormat } from '../getting/championships.ts';
import type { Standing } from './tables.ts';

/** The families of the catalogue, in its order. */
export const featureFamilies = [
  'form',
  'venue',
  'head-to-head',
  'position',
  'advanced',
  'availability',
  'context',
  'documents',
  'segments',
  'ratings',
  'market',
] as const;
export type FeatureFamily = (typeof featureFamilies)[number];

/** One number of a match's feature vector, and everything a reader must know to trust it. */
export interface FeatureDefinition {
  /** Unique over all calculators; camelCase. */
  readonly name: string;
  /** How it is worked out, where the description does not say it all. */
  readonly formula?: string;
  readonly unit: string;
  readonly description: string;
  /** Which results it may rest on. */
  readonly asOf: string;
  /** When it is NaN. A missing value is never written as zero. */
  readonly missing: string;
}

/**
 * A match as it stands before it is played. Calculators see nothing else of the match whose features they give: the
 * type, and the object behind it, hold no goal and no statistic.
 */
export interface FixtureView {
  /** Index of the season in the championship's order of seasons. */
  readonly season: number;
  /** Days since 1970-01-01, the source's own calendar day. */
  readonly day: number;
  /** Start of that day in the championship's zone: only results known by then have been shown to the calculators. */
  readonly asOf: Instant;
  readonly kickOff: Instant;
  /** Club indices, 0 to `clubs` - 1. */
  readonly home: number;
  readonly away: number;
  /** Whether the club was not in the season before; undefined where that season is not held. */
  readonly homeIsNewcomer: boolean | undefined;
  readonly awayIsNewcomer: boolean | undefined;
  /** The two clubs' lines in the season's table as of this match: see `tableColumns`. */
  readonly homeLine: Int32Array;
  readonly awayLine: Int32Array;
  /** The table of the match's season as of the match. */
  readonly standing: Standing;
}

/** A match that was played, shown to calculators after its result was known. Counts are NaN where there are none. */
export interface PlayedView {
  readonly fixture: FixtureView;
  readonly homeGoals: number;
  readonly awayGoals: number;
  readonly homeShots: number;
  readonly awayShots: number;
  readonly homeShotsOnTarget: number;
  readonly awayShotsOnTarget: number;
  readonly homeCorners: number;
  readonly awayCorners: number;
  readonly homeExpectedGoals: number;
  readonly awayExpectedGoals: number;
}

export interface SeasonStart {
  readonly season: number;
  /** The clubs whose mean a newcomer starts from; empty in the first season. Their state is to be taken now. */
  readonly donors: readonly number[];
}

/** What a calculator knows of the championship from the outset. */
export interface ChampionshipView {
  readonly clubs: number;
  /** How a season is played, fixed before it begins; undefined where it is not on record. */
  formatOf(season: number): SeasonFormat | undefined;
  /** Whether the two clubs are rivals by the list of derbies. */
  isDerby(club: number, other: number): boolean;
}

/** The moving state of one calculator over one championship. */
export interface CalculatorState {
  /** A new season begins: called once, before any of its matches. */
  startSeason?(start: SeasonStart): void;
  /** A club that was not in the season before is about to play its first match of this one. */
  enter?(club: number): void;
  /** Writes the match's features at `out[offset]` and on, as many as the calculator defines, NaN for missing. */
  before(match: FixtureView, out: Float64Array, offset: number): void;
  /** Takes what has become known of teams beside their matches, in order of the instant it was known. */
  learn?(facts: readonly TeamFact[]): void;
  /** Takes results that have become known: never an awarded one, in an order that does not depend on the input's. */
  after(results: readonly PlayedView[]): void;
  /** One number for a club as it stands now, for the eye: what it means is said where it is shown. NaN while unknown. */
  rating?(club: number): number;
}

/** One file and one line in the registry. `create` has no side effects; all state is in what it returns. */
export interface Calculator {
  readonly name: string;
  readonly family: FeatureFamily;
  readonly features: readonly FeatureDefinition[];
  /** Goes into the hash of the feature set: every parameter that changes a value. */
  readonly parameters: Readonly<Record<string, number | string>>;
  create(championship: ChampionshipView): CalculatorState;
}
