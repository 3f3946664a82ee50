import type { GoalColumns } from '../../../db/queries/football/goals.ts';
import type { ModelTable } from '../../../db/queries/football/processing.ts';
import type { CancelSignal, ReportProgress } from '../../contract/domain.ts';
import { AppError } from '../../contract/errors.ts';
import { createHasher, type Hasher } from '../../kernel/math/hash.ts';
import { intensitiesOf, lawParametersOf } from '../../kernel/modeling/goals/fit.ts';
import { createGoalForecaster } from '../../kernel/modeling/goals/forecaster.ts';
import type { GoalMatches } from '../../kernel/modeling/goals/matches.ts';
import { scoreLaws, type ScoreLawName } from '../../kernel/modeling/goals/laws/registry.ts';
import { listFolds, type Fold } from './folds.ts';

/** The goal model behind every grid; the rest of its settings are the kernel's defaults. */
export const goalModel = { law: 'dixon-coles', version: 1 } as const satisfies {
  readonly law: ScoreLawName;
  /** Part of every data hash: to be raised when fits change. */
  readonly version: number;
};

/** Intensities of one championship, season after season. */
export interface GoalSeason {
  /** Index into `table.seasonCodes`. */
  readonly season: number;
  /** Positions in the model table; only matches that could be forecast. */
  readonly rows: Int32Array;
  readonly home: Float64Array;
  readonly away: Float64Array;
  /** rows.length x the law's parameters. */
  readonly extras: Float64Array;
  /** Hash of everything that each row's intensities rest on. */
  readonly hashes: readonly string[];
}

/**
 * A goal model of one championship, refitted before each match day on the results that could be used by then. Every
 * season begins with a fit from nothing, so that a season can be made again alone and to the bit; each later fit of it
 * starts from the day before.
 */
export function forecastGoals(
  table: ModelTable,
  columns: GoalColumns,
  options: {
    /** Index into `table.championships`. */
    readonly championship: number;
    /** First years of the seasons wanted; default all. */
    readonly seasons?: ReadonlySet<number> | undefined;
    readonly signal?: CancelSignal | undefined;
    readonly report?: ReportProgress | undefined;
  },
): GoalSeason[] {
  const { championship, seasons } = options;
  const folds = listFolds(table).filter(
    (fold) => fold.championship === championship && (seasons?.has(fold.firstYear) ?? true),
  );
  return folds.map((fold, at) => {
    const season = forecastSeason(table, columns, { fold, signal: options.signal });
    options.report?.(at + 1, folds.length);
    return season;
  });
}

function forecastSeason(
  table: ModelTable,
  columns: GoalColumns,
  options: { readonly fold: Fold; readonly signal?: CancelSignal | undefined },
): GoalSeason {
  const { fold, signal } = options;
  const past = playedMatches(table, columns, fold);
  const forecaster = createGoalForecaster(past.matches, {
    law: goalModel.law,
    clubs: past.clubs.size,
    // Below the first division as many clubs come down as come up.
    ...(columns.tiers[fold.championship] === 1 ? {} : { newcomer: { attack: 0, defence: 0 } }),
  });
  const evidence = createEvidence(past);
  const width = scoreLaws[goalModel.law].parameters.length;
  const made = { rows: [] as number[], home: [] as number[], away: [] as number[], extras: [] as number[] };
  const hashes: string[] = [];
  let lastDay = Number.NaN;
  let digest = '';
  for (const row of fold.rows) {
    if (signal?.aborted) throw new AppError('CANCELLED', 'forecasting goals was cancelled');
    const day = table.day[row]!;
    const fit = forecaster.fitFor(day);
    if (!fit) continue;
    if (day !== lastDay) digest = evidence.before(day);
    lastDay = day;
    const pair = { home: past.clubs.get(table.homeTeam[row]!)!, away: past.clubs.get(table.awayTeam[row]!)! };
    const { home, away } = intensitiesOf(fit, pair);
    made.rows.push(row);
    made.home.push(home);
    made.away.push(away);
    made.extras.push(...lawParametersOf(fit).subarray(0, width));
    hashes.push(createHasher().text(digest).number(table.matchId[row]!).digest());
  }
  return {
    season: fold.season,
    rows: Int32Array.from(made.rows),
    home: Float64Array.from(made.home),
    away: Float64Array.from(made.away),
    extras: Float64Array.from(made.extras),
    hashes,
  };
}

interface PlayedMatches {
  readonly matches: GoalMatches & { readonly usableFrom: Int32Array };
  readonly matchId: Int32Array;
  /** Number of each team id, in the order in which they came. */
  readonly clubs: ReadonlyMap<number, number>;
}

/** What was played on the pitch up to the end of a season, and every club that plays in it. */
function playedMatches(table: ModelTable, columns: GoalColumns, fold: Fold): PlayedMatches {
  const lastDay = table.day[fold.rows.at(-1)!]!;
  const clubs = new Map<number, number>();
  const meet = (team: number) => {
    if (!clubs.has(team)) clubs.set(team, clubs.size);
  };
  const rows: number[] = [];
  for (let row = 0; row < table.rows && table.day[row]! <= lastDay; row++) {
    if (table.championship[row] !== fold.championship) continue;
    meet(table.homeTeam[row]!);
    meet(table.awayTeam[row]!);
    if (table.target[row]! >= 0) rows.push(row);
  }
  return {
    clubs,
    matchId: Int32Array.from(rows, (row) => table.matchId[row]!),
    matches: {
      home: Int32Array.from(rows, (row) => clubs.get(table.homeTeam[row]!)!),
      away: Int32Array.from(rows, (row) => clubs.get(table.awayTeam[row]!)!),
      homeGoals: Uint8Array.from(rows, (row) => columns.homeGoals[row]!),
      awayGoals: Uint8Array.from(rows, (row) => columns.awayGoals[row]!),
      day: Int32Array.from(rows, (row) => table.day[row]!),
      usableFrom: Int32Array.from(rows, (row) => columns.usableFrom[row]!),
    },
  };
}

/** Digests of the results that a day's fit may see, asked for day after day. */
function createEvidence({ matches, matchId }: PlayedMatches): { before(day: number): string } {
  const hasher = createHasher().text(JSON.stringify(goalModel));
  const waiting = new Set<number>();
  let next = 0;
  const add = (at: number): Hasher =>
    hasher
      .number(matchId[at]!)
      .number(matches.homeGoals[at]! * 256 + matches.awayGoals[at]!)
      .number(matches.day[at]!);
  return {
    before(day) {
      for (; next < matchId.length && matches.day[next]! < day; next++) waiting.add(next);
      for (const at of waiting) {
        if (matches.usableFrom[at]! > day) continue;
        add(at);
        waiting.delete(at);
      }
      return hasher.digest();
    },
  };
}
