import type { Sport } from '../../contract/domain.ts';
import { pointRules } from '../settlement/points.ts';

/**
 * The columns of a club's line in the table, in the order of the database table `standings` after its key. A win gives
 * three points, a draw one, and ice hockey's overtime one more. Points that an association took or gave are in no source that is read, so not here either.
 */
export const tableColumns = [
  'position',
  ...['played', 'won', 'drawn', 'lost', 'goals_for', 'goals_against', 'points'],
  ...[
    'home_played',
    'home_won',
    'home_drawn',
    'home_lost',
    'home_goals_for',
    'home_goals_against',
    'home_points',
  ],
  ...[
    'away_played',
    'away_won',
    'away_drawn',
    'away_lost',
    'away_goals_for',
    'away_goals_against',
    'away_points',
  ],
] as const;

export const tableWidth = tableColumns.length;

/** Offsets inside a block of seven: the total begins at 1, home at 8, away at 15. */
export const tableBlock = { total: 1, home: 8, away: 15 } as const;
export const tableOffset = {
  played: 0,
  won: 1,
  drawn: 2,
  lost: 3,
  goalsFor: 4,
  goalsAgainst: 5,
  points: 6,
} as const;

/** A table as it stood at one moment; it does not change when results come in. */
export interface Standing {
  /** Clubs with a result in this season. */
  readonly clubs: number;
  /** Their points, most first. */
  readonly points: Int32Array;
}

export interface TableScore {
  readonly homeGoals: number;
  readonly awayGoals: number;
  /** Who won what followed a drawn regular time: 1 home, -1 away, 0 nobody. */
  readonly decider: number;
}

/** A match as one club saw it. */
interface Goals {
  readonly scored: number;
  readonly conceded: number;
  /** Whether the club won what followed a drawn regular time. */
  readonly decided: boolean;
}

/** The table of one season while it grows. Every club has a line; those without a result take no place. */
export interface SeasonTable {
  record(home: number, away: number, score: TableScore): void;
  /** Writes the club's line to `out` (length `tableWidth`). Clubs level on points, difference and goals share a place. */
  lineOf(club: number, out: Int32Array): void;
  /** Whether the club has a result in this season. */
  has(club: number): boolean;
  /** The clubs with a result, best first; level clubs by index. */
  order(): number[];
  /** The table as it stands now. */
  standing(): Standing;
}

export function createSeasonTable(clubs: number, sport: Sport): SeasonTable {
  const rule = pointRules[sport];
  const lines = new Int32Array(clubs * tableWidth);
  // Points, then goal difference, then goals scored, as one number to compare by.
  const keys = new Float64Array(clubs);
  const present = new Uint8Array(clubs);
  const active: number[] = [];
  let standing: Standing | undefined;

  function add(at: number, goals: Goals): void {
    const { scored, conceded, decided } = goals;
    lines[at + tableOffset.played]! += 1;
    lines[at + tableOffset.goalsFor]! += scored;
    lines[at + tableOffset.goalsAgainst]! += conceded;
    if (scored > conceded) {
      lines[at + tableOffset.won]! += 1;
      lines[at + tableOffset.points]! += rule.win;
    } else if (scored === conceded) {
      lines[at + tableOffset.drawn]! += 1;
      lines[at + tableOffset.points]! += rule.draw + (decided ? rule.decider : 0);
    } else {
      lines[at + tableOffset.lost]! += 1;
    }
  }

  function recordFor(club: number, block: number, goals: Goals): void {
    const line = club * tableWidth;
    add(line + tableBlock.total, goals);
    add(line + block, goals);
    const total = line + tableBlock.total;
    const goalsFor = lines[total + tableOffset.goalsFor]!;
    const difference = goalsFor - lines[total + tableOffset.goalsAgainst]!;
    keys[club] = (lines[total + tableOffset.points]! * 1e5 + difference) * 1e5 + goalsFor;
    if (present[club] === 0) {
      present[club] = 1;
      active.push(club);
    }
  }

  return {
    record(home, away, { homeGoals, awayGoals, decider }) {
      standing = undefined;
      recordFor(home, tableBlock.home, { scored: homeGoals, conceded: awayGoals, decided: decider > 0 });
      recordFor(away, tableBlock.away, { scored: awayGoals, conceded: homeGoals, decided: decider < 0 });
    },
    lineOf(club, out) {
      const line = club * tableWidth;
      for (let i = 1; i < tableWidth; i++) out[i] = lines[line + i]!;
      const own = keys[club]!;
      let position = 1;
      for (const other of active) if (keys[other]! > own) position++;
      out[0] = position;
    },
    has: (club) => present[club] === 1,
    order: () => [...active].sort((a, b) => keys[b]! - keys[a]! || a - b),
    standing: () =>
      (standing ??= {
        clubs: active.length,
        points: Int32Array.from(
          active,
          (club) => lines[club * tableWidth + tableBlock.total + tableOffset.points]!,
        ).sort((a, b) => b - a),
      }),
  };
}
