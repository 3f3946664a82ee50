import type { Database } from '../../../db/client.ts';
import {
  readClosingTuples,
  readForecastTuples,
  readMatchNames,
  readMatchTuples,
} from '../../../db/queries/football/match-list.ts';
import type { MatchNames } from '../../../db/queries/football/match-list.ts';
import { matchStatuses } from '../../contract/domain.ts';
import { matchColumns } from '../../contract/match-list.ts';
import type { MatchColumn } from '../../contract/match-list.ts';
import { dayNumber } from '../../contract/zones.ts';

/**
 * Whole columns of all matches, so that any filter and any order is a walk over arrays instead of a search of the
 * database. Some 20 MB for 100,000 matches.
 */
export interface MatchIndex {
  readonly count: number;
  /** By day, kick-off and id. */
  readonly matchId: Int32Array;
  /** A number for each value, NaN where it is missing; days count from 1970, texts are places in their sorted list. */
  readonly columns: Readonly<Record<Exclude<MatchColumn, 'team'>, Float64Array>>;
  /** What the numbers of text columns stand for. */
  readonly labels: Readonly<Partial<Record<MatchColumn, readonly string[]>>>;
}

const numeric = matchColumns.filter((column) => column !== 'team');

const forecastLabels = ['H', 'D', 'A'];
const originLabels = ['live', 'replay'];
const answerLabels = ['no', 'yes'];
const setLabels = ['0', '1', '2', '3', '4', '5', '6', '7'];

/** Matches read in one go: a few milliseconds, so that calls are answered in between. */
const step = 2000;

/** Reads all matches in steps; `rest` lets other work through between them. */
export async function readMatchIndex(
  database: Database,
  options: { readonly highestId: number; readonly rest: () => Promise<void> },
): Promise<MatchIndex> {
  const names = sortedNames(readMatchNames(database));
  const parts: Part[] = [];
  for (let from = 1; from <= options.highestId; from += step) {
    parts.push(readPart(database, names, { from, until: from + step - 1 }));
    await options.rest();
  }
  return joined(parts, names);
}

interface SortedNames {
  readonly teams: readonly string[];
  readonly teamPlace: ReadonlyMap<number, number>;
  readonly championships: readonly string[];
  readonly seasons: readonly string[];
  readonly ofSeason: ReadonlyMap<number, { readonly championship: number; readonly season: number }>;
}

/** Texts in the order in which people look for them, each with its place. */
function sortedNames(names: MatchNames): SortedNames {
  const collator = new Intl.Collator('en', { sensitivity: 'variant', numeric: true });
  const sorted = (texts: Iterable<string>) => [...new Set(texts)].sort(collator.compare);
  const places = (texts: readonly string[]) => new Map(texts.map((text, at) => [text, at]));
  const teams = sorted(names.teams.map(({ name }) => name));
  const championships = sorted(names.seasons.map(({ championship }) => championship));
  const seasons = sorted(names.seasons.map(({ code }) => code));
  const [team, championship, season] = [places(teams), places(championships), places(seasons)];
  return {
    teams,
    championships,
    seasons,
    teamPlace: new Map(names.teams.map(({ id, name }) => [id, team.get(name)!])),
    ofSeason: new Map(
      names.seasons.map((one) => [
        one.id,
        { championship: championship.get(one.championship)!, season: season.get(one.code)! },
      ]),
    ),
  };
}

interface Part {
  readonly ids: Int32Array;
  readonly kickOff: Float64Array;
  readonly columns: Record<(typeof numeric)[number], Float64Array>;
}

function readPart(database: Database, names: SortedNames, range: { from: number; until: number }): Part {
  const matches = readMatchTuples(database, range);
  const rowOf = new Map(matches.map(([id], row) => [id, row]));
  const columns = Object.fromEntries(
    numeric.map((name) => [name, new Float64Array(matches.length).fill(Number.NaN)]),
  ) as Part['columns'];
  const kickOff = new Float64Array(matches.length);
  matches.forEach(
    ([, season, home, away, day, instant, status, homeGoals, awayGoals, homeXg, awayXg], row) => {
      kickOff[row] = instant;
      columns.matchDay[row] = dayNumber(day);
      columns.championship[row] = names.ofSeason.get(season)?.championship ?? Number.NaN;
      columns.season[row] = names.ofSeason.get(season)?.season ?? Number.NaN;
      columns.home[row] = names.teamPlace.get(home) ?? Number.NaN;
      columns.away[row] = names.teamPlace.get(away) ?? Number.NaN;
      columns.status[row] = matchStatuses.findIndex((listed) => listed === status);
      columns.homeGoals[row] = homeGoals ?? Number.NaN;
      columns.awayGoals[row] = awayGoals ?? Number.NaN;
      columns.totalGoals[row] = homeGoals === null || awayGoals === null ? Number.NaN : homeGoals + awayGoals;
      columns.homeExpectedGoals[row] = homeXg ?? Number.NaN;
      columns.awayExpectedGoals[row] = awayXg ?? Number.NaN;
    },
  );
  for (const [id, home, draw, away, label, set80, confidence, origin, isSelected] of readForecastTuples(
    database,
    range,
  )) {
    const row = rowOf.get(id);
    if (row === undefined) continue;
    columns.probabilityHome[row] = home;
    columns.probabilityDraw[row] = draw;
    columns.probabilityAway[row] = away;
    columns.forecast[row] = forecastLabels.indexOf(label);
    columns.isRight[row] = rightness(label, columns.homeGoals[row]!, columns.awayGoals[row]!);
    columns.set80[row] = set80 ?? Number.NaN;
    columns.confidence[row] = confidence ?? Number.NaN;
    columns.quality[row] = isSelected;
    columns.origin[row] = originLabels.indexOf(origin);
  }
  for (const [id, home, draw, away] of readClosingTuples(database, range)) {
    const row = rowOf.get(id);
    if (row === undefined) continue;
    columns.closingHome[row] = home;
    columns.closingDraw[row] = draw;
    columns.closingAway[row] = away;
  }
  return { ids: Int32Array.from(matches, ([id]) => id), kickOff, columns };
}

function rightness(label: string, homeGoals: number, awayGoals: number): number {
  if (Number.isNaN(homeGoals)) return Number.NaN;
  const result = homeGoals > awayGoals ? 'H' : homeGoals < awayGoals ? 'A' : 'D';
  return label === result ? 1 : 0;
}

function joined(parts: readonly Part[], names: SortedNames): MatchIndex {
  const count = parts.reduce((sum, { ids }) => sum + ids.length, 0);
  const whole = (of: (part: Part) => ArrayLike<number>) => {
    const values = new Float64Array(count);
    let at = 0;
    for (const part of parts) {
      values.set(of(part), at);
      at += of(part).length;
    }
    return values;
  };
  const kickOff = whole((part) => part.kickOff);
  const day = whole((part) => part.columns.matchDay);
  const order = Int32Array.from({ length: count }, (_, row) => row).sort(
    (one, other) => day[one]! - day[other]! || kickOff[one]! - kickOff[other]! || one - other,
  );
  const ids = whole((part) => part.ids);
  return {
    count,
    matchId: Int32Array.from(order, (row) => ids[row]!),
    columns: Object.fromEntries(
      numeric.map((name) => {
        const values = whole((part) => part.columns[name]);
        return [name, Float64Array.from(order, (row) => values[row]!)];
      }),
    ) as MatchIndex['columns'],
    labels: {
      championship: names.championships,
      season: names.seasons,
      home: names.teams,
      away: names.teams,
      status: matchStatuses,
      forecast: forecastLabels,
      isRight: answerLabels,
      set80: setLabels,
      quality: answerLabels,
      origin: originLabels,
    },
  };
}
