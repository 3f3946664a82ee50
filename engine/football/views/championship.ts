import type { Database } from '../../../db/client.ts';
import { readSeasonViews } from '../../../db/queries/football/match-view.ts';
import {
  listChampionships,
  readChampionship,
  readSeasonGoals,
  readSeasonMatchRows,
  readSeasons,
  type ChampionshipRow,
  type SeasonRow,
} from '../../../db/queries/football/season.ts';
import type { FormatView } from '../../contract/championship.ts';
import { AppError } from '../../contract/errors.ts';
import type { Day } from '../../contract/domain.ts';
import { normalQuantile } from '../../kernel/math/normal.ts';
import { findChampionship, formatOf, shapeOf } from '../getting/championships.ts';
import { intervalLevel, rate } from './figures.ts';
import { championshipRef, matchView } from './match-view.ts';
import { seasonTable } from './season-table.ts';

/** Matches listed before and after a day. */
const shownMatches = 12;

interface Where {
  readonly code: string;
  readonly season?: string | undefined;
  readonly asOf: Day;
}

/** The season that was asked for; else the one being played on the day, else the newest begun, else the newest. */
export function findSeason(
  database: Database,
  where: Where,
): { championship: ChampionshipRow; seasons: SeasonRow[]; season: SeasonRow } {
  const championship = readChampionship(database, where.code);
  const seasons = championship ? readSeasons(database, championship.id) : [];
  const { asOf } = where;
  const season =
    where.season === undefined
      ? (seasons.find(({ firstDay, lastDay }) => firstDay <= asOf && asOf <= lastDay) ??
        seasons.find(({ firstDay }) => firstDay <= asOf) ??
        seasons[0])
      : seasons.find(({ code }) => code === where.season);
  if (championship && season) return { championship, seasons, season };
  const what = where.season === undefined || !championship ? where.code : `${where.code} ${where.season}`;
  throw new AppError('NOT_FOUND', `No matches are held of ${what}.`, { detail: { championship: what } });
}

/** How a season is played, as far as the register knows. */
export function formatView(code: string, firstYear: number): FormatView {
  const championship = findChampionship(code);
  const format = championship && formatOf(championship, firstYear);
  return {
    shape: championship ? shapeOf(championship, firstYear) : 'unknown',
    clubs: format?.clubs ?? null,
    matches: format?.matches ?? null,
    upper: format?.upper ?? null,
    lower: format?.lower ?? null,
  };
}

export function championshipList(database: Database) {
  return listChampionships(database).map((row) => ({
    championship: championshipRef(row),
    tier: row.tier,
    seasons: row.seasons,
    matches: row.matches,
    lastDay: row.lastDay,
  }));
}

/** The table at the end of a day, the matches around it, and the seasons that are held. */
export function showChampionship(database: Database, where: Where) {
  const { championship, seasons, season } = findSeason(database, where);
  const { asOf } = where;
  const around = { seasonId: season.id, day: asOf, limit: shownMatches };
  return {
    championship: championshipRef(championship),
    tier: championship.tier,
    seasons: seasons.map(({ id: _, ...rest }) => rest),
    season: season.code,
    asOf,
    format: formatView(championship.championshipCode, season.firstYear),
    table: seasonTable(readSeasonMatchRows(database, season.id), { asOf, sport: championship.sport }),
    next: readSeasonViews(database, { ...around, side: 'after' }).map(matchView),
    recent: readSeasonViews(database, { ...around, side: 'until' }).map(matchView),
  };
}

const z = normalQuantile(0.5 + intervalLevel / 2);

/** What playing at home was worth, season by season. */
export function homeAdvantage(database: Database, code: string) {
  const championship = readChampionship(database, code);
  if (!championship) {
    throw new AppError('NOT_FOUND', `There is no championship ${code}.`, { detail: { championship: code } });
  }
  return readSeasonGoals(database, championship.id).map((season) => {
    const { n, difference, squares } = season;
    const mean = difference / n;
    const half = n > 1 ? z * Math.sqrt((squares - n * mean * mean) / (n - 1) / n) : null;
    return {
      season: season.season,
      home: rate(season.home, n),
      draw: rate(season.draw, n),
      away: rate(season.away, n),
      goalDifference: {
        n,
        mean,
        low: half === null ? null : mean - half,
        high: half === null ? null : mean + half,
        level: intervalLevel,
      },
    };
  });
}
