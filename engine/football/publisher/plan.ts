import type { Day } from '../../contract/domain.ts';
import { AppError } from '../../contract/errors.ts';
import type { PublisherParameters } from '../../contract/stages.ts';
import { addDays } from '../../contract/zones.ts';
import type { Database } from '../../../db/client.ts';
import {
  readDocuments,
  readMatchDays,
  readNextForecastDay,
  readSeasonsInPlay,
} from '../../../db/queries/football/publisher.ts';
import type { PublishedSeason } from '../../../db/queries/football/publisher.ts';
import { documentKinds } from './day-data.ts';
import type { DocumentKind } from './day-data.ts';

/** Without matches today, the next day with forecasts is published, if it is this near. */
const lookAheadDays = 14;

export interface PlannedDay {
  readonly kind: DocumentKind;
  readonly day: Day;
}

export interface Plan {
  /** In the order of their days. */
  readonly days: readonly PlannedDay[];
  /** The championships whose matches are due in the documents. */
  readonly championshipIds: readonly number[];
}

/**
 * Which documents to make.
 *
 * `today`: the forecast of today (without matches today, of the next day that has forecasts) and the results of today
 * and yesterday. `all-time`: every day of the seasons in play up to the last one that has forecasts, and every day that
 * has documents already, so that a moved match leaves no document behind that still claims it.
 *
 * Naming championships makes theirs due; those with forecasts stay in the documents, whose content therefore never
 * depends on which run came last.
 *
 * @throws AppError `NOT_FOUND` for an unknown championship
 */
export function planDays(database: Database, parameters: PublisherParameters, today: Day): Plan {
  const seasons = dueSeasons(readSeasonsInPlay(database, today), parameters.championships);
  const championshipIds = seasons.map((season) => season.championshipId);
  const planned =
    parameters.scope === 'today'
      ? daysOfToday(database, seasons, today)
      : daysOfSeasons(database, seasons, today);
  return { championshipIds, days: planned.sort(inTime) };
}

function dueSeasons(
  seasons: readonly PublishedSeason[],
  chosen: readonly string[] | undefined,
): PublishedSeason[] {
  if (!chosen) return [...seasons];
  const known = new Set(seasons.map((season) => season.championshipCode));
  const unknown = chosen.filter((code) => !known.has(code));
  if (unknown.length > 0) {
    throw new AppError('NOT_FOUND', `No matches are held of: ${unknown.join(', ')}.`, {
      detail: { championships: unknown },
    });
  }
  return seasons.filter((season) => season.isForecast || chosen.includes(season.championshipCode));
}

function daysOfToday(database: Database, seasons: readonly PublishedSeason[], today: Day): PlannedDay[] {
  const yesterday = addDays(today, -1);
  const played = new Set(matchDays(database, seasons).map(({ day }) => day));
  const next = readNextForecastDay(database, today, addDays(today, lookAheadDays));
  const forecastDay = played.has(today) ? today : next;
  return [
    ...(played.has(yesterday) ? [{ kind: 'outcome', day: yesterday } as const] : []),
    ...(played.has(today) ? [{ kind: 'outcome', day: today } as const] : []),
    ...(forecastDay === undefined ? [] : [{ kind: 'forecast', day: forecastDay } as const]),
  ];
}

function daysOfSeasons(database: Database, seasons: readonly PublishedSeason[], today: Day): PlannedDay[] {
  const held = matchDays(database, seasons);
  const lastForecast = held.findLast(({ hasForecast }) => hasForecast)?.day;
  if (lastForecast === undefined) return [];
  const days = held.map(({ day }) => day).filter((day) => day <= lastForecast);
  const planned = new Map<string, PlannedDay>();
  const plan = (kind: DocumentKind, day: Day): void => {
    planned.set(`${kind}/${day}`, { kind, day });
  };
  for (const day of days) {
    plan('forecast', day);
    if (day <= today) plan('outcome', day);
  }
  const first = days[0];
  for (const { kind, day } of readDocuments(database)) {
    const ofDay = documentKinds.find((one) => one === kind);
    if (ofDay && first !== undefined && day >= first) plan(ofDay, day);
  }
  return [...planned.values()];
}

const matchDays = (database: Database, seasons: readonly PublishedSeason[]) =>
  readMatchDays(
    database,
    seasons.map((season) => season.seasonId),
  );

function inTime(a: PlannedDay, b: PlannedDay): number {
  if (a.day !== b.day) return a.day < b.day ? -1 : 1;
  return a.kind < b.kind ? -1 : 1;
}
