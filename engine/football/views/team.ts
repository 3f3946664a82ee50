import type { Database } from '../../../db/client.ts';
import { readRecordedForecasts } from '../../../db/queries/football/forecast-record.ts';
import { readTeamViews } from '../../../db/queries/football/match-view.ts';
import { readChampionship, readSeasonMatchRows, readSeasons } from '../../../db/queries/football/season.ts';
import { readTeam, readTeamFactRows, readTeamSeasons } from '../../../db/queries/football/team.ts';
import { AppError } from '../../contract/errors.ts';
import type { Day, Instant } from '../../contract/domain.ts';
import type { TeamFacts, TeamShow } from '../../contract/team.ts';
import type { RatingSeries } from '../../contract/match.ts';
import { countryNames } from '../getting/championships.ts';
import { pointRules } from '../settlement/points.ts';
import { createMean } from './figures.ts';
import { forecastRecords } from './forecast-record.ts';
import { championshipRef, matchView } from './match-view.ts';
import { ratingHistory } from './rating-history.ts';
import { seasonTable } from './season-table.ts';

const shown = { recent: 10, next: 6, seasons: 12, facts: 60 } as const;

/** @throws AppError `NOT_FOUND` */
export function findTeam(database: Database, teamId: number) {
  const team = readTeam(database, teamId);
  if (team) return team;
  throw new AppError('NOT_FOUND', `There is no team ${teamId}.`, { detail: { what: 'team', id: teamId } });
}

/** Where a team plays and stands, and its matches around a day. */
export function showTeam(database: Database, teamId: number, today: Day): Omit<TeamShow, 'today'> {
  const team = findTeam(database, teamId);
  const around = { teamId, day: today };
  return {
    team: { id: team.id, name: team.name },
    country: countryNames(team.country),
    seasons: seasonLines(database, teamId, today),
    recent: readTeamViews(database, { ...around, side: 'before', limit: shown.recent }).map(matchView),
    next: readTeamViews(database, { ...around, side: 'from', limit: shown.next }).map(matchView),
  };
}

function seasonLines(database: Database, teamId: number, today: Day): TeamShow['seasons'] {
  const rows = readTeamSeasons(database, teamId).slice(0, shown.seasons);
  const codes = new Set(rows.map(({ championshipCode }) => championshipCode));
  const championships = new Map(
    [...codes].map((code) => {
      const championship = readChampionship(database, code)!;
      return [code, { championship, seasons: readSeasons(database, championship.id) }];
    }),
  );
  return rows.flatMap(({ seasonId, championshipCode }) => {
    const { championship, seasons } = championships.get(championshipCode)!;
    const season = seasons.find(({ id }) => id === seasonId);
    if (!season) return [];
    const table = seasonTable(readSeasonMatchRows(database, seasonId), {
      asOf: today,
      sport: championship.sport,
    });
    const line = table.find(({ team }) => team.id === teamId);
    if (!line) return [];
    return [
      {
        championship: championshipRef(championship),
        season: season.code,
        clubs: table.length,
        isInPlay: season.firstDay <= today && today <= season.lastDay,
        line,
      },
    ];
  });
}

/** The ratings of a team in every championship it has played in, the championship of its newest season first. */
export function teamRatings(
  database: Database,
  query: { readonly teamId: number; readonly seasons: number; readonly until: Day },
): RatingSeries[] {
  findTeam(database, query.teamId);
  const [newest] = readTeamSeasons(database, query.teamId);
  if (!newest) return [];
  const { championshipId } = newest;
  const { teamId, seasons, until } = query;
  return ratingHistory(database, { championshipId, teams: [teamId], seasons, until });
}

/** What our forecasts of a team's matches came to, and whether it won more points than we expected of it. */
export function teamRecord(database: Database, teamId: number) {
  findTeam(database, teamId);
  const forecasts = readRecordedForecasts(database, { teamId });
  const points = pointRules.football;
  const surplus = { all: createMean(), home: createMean(), away: createMean() };
  for (const { homeId, pHome, pDraw, pAway, result } of forecasts) {
    const isHome = homeId === teamId;
    const expected = points.win * (isHome ? pHome : pAway) + points.draw * pDraw;
    const won = result === 1 ? points.draw : (result === 0) === isHome ? points.win : 0;
    surplus.all.add(won - expected);
    surplus[isHome ? 'home' : 'away'].add(won - expected);
  }
  return {
    records: forecastRecords(forecasts),
    surplus: (['all', 'home', 'away'] as const).map((venue) => ({ venue, points: surplus[venue].read() })),
  };
}

/** Squad and news as they were known at an instant, each with its source. */
export function teamFacts(database: Database, teamId: number, until: Instant): TeamFacts {
  findTeam(database, teamId);
  const rows = readTeamFactRows(database, { teamId, until, limit: shown.facts });
  return {
    absences: rows.absences.map(({ isKey, ...rest }) => ({
      ...rest,
      isKey: isKey === 1,
      isOut: rest.backAt === null || rest.backAt > until,
    })),
    managers: [...rows.managers],
    squadValues: [...rows.squadValues],
    stadium: rows.stadium ?? null,
    news: rows.news.map((item) => ({ ...item, address: webAddress(item.address) })),
  };
}

/** An address that may be opened; a feed may name any other, and those stay unnamed. */
function webAddress(text: string | null): string | null {
  const url = text === null ? null : URL.parse(text);
  return url && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : null;
}
