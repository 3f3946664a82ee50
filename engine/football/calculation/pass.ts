import { canonicalOrder, groupResults } from './availability.ts';
import { backgroundOf } from './background.ts';
import type { Background } from './background.ts';
import type { Calculator, CalculatorState, FixtureView, PlayedView } from './calculator.ts';
import { instantOf } from '../../contract/zones.ts';
import type { History, Results } from '../../../db/queries/football/calculation.ts';
import { createRoster } from './roster.ts';
import type { EntryRule, Roster } from './roster.ts';
import { createSeasonTable, tableWidth } from './tables.ts';
import type { SeasonTable } from './tables.ts';

export interface PassOptions {
  /** How newcomers start; default `table`. */
  readonly entry?: EntryRule;
  /** What is on record of the championship; default what `resources` says. */
  readonly background?: Background;
}

/** Row `i` belongs to row `i` of the history's fixtures. */
export interface PassResult {
  /** `count * width` numbers, row-major; NaN is missing, and only one bit pattern of it; no negative zero. */
  readonly features: Float64Array;
  readonly width: number;
  /** `count * 2 * tableWidth` whole numbers: the home club's line, then the away club's. */
  readonly lines: Int32Array;
  /** UTC epoch milliseconds of the start of each match's day in the championship's zone. */
  readonly asOf: Float64Array;
}

/**
 * The one pass over a championship in order of time. For each match day it first shows every calculator the results and
 * the facts that were known when that day began, and then asks for the features of the day's matches, with a view that
 * holds neither. So a feature can only be made from what was known before its match day, whatever a calculator does, and the
 * order of matches within a day cannot matter.
 */
export function runPass(
  history: History,
  calculators: readonly Calculator[],
  options: PassOptions = {},
): PassResult {
  const { fixtures, results } = history;
  const startOf = (day: number) => instantOf(day, 0, history.zone);
  const order = canonicalOrder(fixtures);
  const groups = groupResults(history, order, startOf);
  const background = options.background ?? backgroundOf(history);
  const championship = { clubs: fixtures.clubs.length, ...background };
  const states = calculators.map((calculator) => calculator.create(championship));
  const learners = states.filter((state) => state.learn !== undefined);
  const offsets = offsetsOf(calculators);
  const width = offsets.at(-1)!;
  const features = new Float64Array(fixtures.count * width);
  const lines = new Int32Array(fixtures.count * 2 * tableWidth);
  const asOf = new Float64Array(fixtures.count);
  const views = new Array<FixtureView | undefined>(fixtures.count);
  const seasons = createSeasons(history, createRoster(fixtures, options.entry ?? 'table'), states);

  let delivered = 0;
  let learned = 0;
  for (let from = 0, to = 0; from < order.length; from = to) {
    const day = fixtures.day[order[from]!]!;
    while (to < order.length && fixtures.day[order[to]!] === day) to++;

    while (delivered < groups.rows.length && groups.usableFrom[delivered]! <= day) {
      delivered = deliver(delivered);
    }
    const instant = startOf(day);
    const told = learned;
    while (learned < history.facts.length && history.facts[learned]!.knownAt <= instant) learned++;
    if (learned > told) {
      const news = history.facts.slice(told, learned);
      for (const state of learners) state.learn!(news);
    }
    seasons.begin(order.subarray(from, to));

    for (let i = from; i < to; i++) {
      const row = order[i]!;
      asOf[row] = instant;
      const view = seasons.view(
        row,
        instant,
        lines.subarray(row * 2 * tableWidth, (row + 1) * 2 * tableWidth),
      );
      views[row] = view;
      for (let c = 0; c < states.length; c++) states[c]!.before(view, features, row * width + offsets[c]!);
    }
  }
  tidy(features);
  return { features, width, lines, asOf };

  /** Hands the group that starts at `start` to the tables and the calculators; returns where the next one starts. */
  function deliver(start: number): number {
    const usable = groups.usableFrom[start]!;
    const played: PlayedView[] = [];
    let end = start;
    for (; end < groups.rows.length && groups.usableFrom[end] === usable; end++) {
      const row = groups.rows[end]!;
      seasons.record(row, results);
      if (results.awarded[row] === 0) played.push(playedView(row, views[row]!, results));
    }
    if (played.length > 0) for (const state of states) state.after(played);
    return end;
  }
}

/** Where each calculator's features begin in a row; one more entry for the width of the row. */
function offsetsOf(calculators: readonly Calculator[]): number[] {
  const offsets = [0];
  for (const calculator of calculators) offsets.push(offsets.at(-1)! + calculator.features.length);
  return offsets;
}

function createSeasons({ fixtures, sport }: History, roster: Roster, states: readonly CalculatorState[]) {
  const clubs = fixtures.clubs.length;
  const tables = new Array<SeasonTable | undefined>(fixtures.seasons.length);
  const entered = new Int16Array(clubs).fill(-1);
  let current = -1;

  const table = (season: number): SeasonTable => (tables[season] ??= createSeasonTable(clubs, sport));

  function enter(club: number, season: number): void {
    // A match left over from an earlier season changes nobody's standing in this one.
    if (season < current || entered[club] === season) return;
    entered[club] = season;
    if (roster.enters(club, season)) for (const state of states) state.enter?.(club);
  }

  return {
    /** Starts the seasons that the day's matches open and lets newcomers in. */
    begin(rows: Int32Array): void {
      let newest = current;
      for (const row of rows) newest = Math.max(newest, fixtures.season[row]!);
      while (current < newest) {
        current++;
        const donors = roster.donors(current, { last: tables[current - 1], lastButOne: tables[current - 2] });
        for (const state of states) state.startSeason?.({ season: current, donors });
      }
      for (const row of rows) {
        enter(fixtures.home[row]!, fixtures.season[row]!);
        enter(fixtures.away[row]!, fixtures.season[row]!);
      }
    },
    view(row: number, asOf: number, lines: Int32Array): FixtureView {
      const season = fixtures.season[row]!;
      const home = fixtures.home[row]!;
      const away = fixtures.away[row]!;
      const homeLine = lines.subarray(0, tableWidth);
      const awayLine = lines.subarray(tableWidth);
      table(season).lineOf(home, homeLine);
      table(season).lineOf(away, awayLine);
      return {
        season,
        day: fixtures.day[row]!,
        asOf,
        kickOff: fixtures.kickOff[row]!,
        home,
        away,
        homeIsNewcomer: season === current ? roster.isNewcomer(home, season) : undefined,
        awayIsNewcomer: season === current ? roster.isNewcomer(away, season) : undefined,
        homeLine,
        awayLine,
        standing: table(season).standing(),
      };
    },
    record(row: number, results: Results): void {
      table(fixtures.season[row]!).record(fixtures.home[row]!, fixtures.away[row]!, {
        homeGoals: results.homeGoals[row]!,
        awayGoals: results.awayGoals[row]!,
        decider: results.decider[row]!,
      });
    },
  };
}

function playedView(row: number, fixture: FixtureView, results: Results): PlayedView {
  const { statistics } = results;
  return {
    fixture,
    homeGoals: results.homeGoals[row]!,
    awayGoals: results.awayGoals[row]!,
    homeShots: statistics.homeShots[row]!,
    awayShots: statistics.awayShots[row]!,
    homeShotsOnTarget: statistics.homeShotsOnTarget[row]!,
    awayShotsOnTarget: statistics.awayShotsOnTarget[row]!,
    homeCorners: statistics.homeCorners[row]!,
    awayCorners: statistics.awayCorners[row]!,
    homeExpectedGoals: statistics.homeExpectedGoals[row]!,
    awayExpectedGoals: statistics.awayExpectedGoals[row]!,
  };
}

/** One NaN and one zero, so that equal rows have equal bytes and equal hashes. */
function tidy(values: Float64Array): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    values[i] = Number.isNaN(value) ? NaN : value + 0;
  }
}
