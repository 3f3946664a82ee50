import type { Database } from '../../../db/client.ts';
import { readSeasonGrids } from '../../../db/queries/football/match-detail.ts';
import { readKnownScores, readSeasonMatchRows } from '../../../db/queries/football/season.ts';
import type { Projection } from '../../contract/championship.ts';
import type { Day } from '../../contract/domain.ts';
import { addDays, dayNumber, startOfDay } from '../../contract/zones.ts';
import { simulateSeason, type SeasonFixture, type SimulatedSeason } from '../../kernel/goals/season.ts';
import type { ScoreGrid } from '../../kernel/goals/score-grid.ts';
import { createGoalForecaster } from '../../kernel/modeling/goals/forecaster.ts';
import { gridOfMatch } from '../../kernel/modeling/goals/grid.ts';
import { findChampionship, formatOf } from '../getting/championships.ts';
import { goalModel } from '../processing/goals.ts';
import { pointRules } from '../settlement/points.ts';
import { findSeason, formatView } from './championship.ts';
import { gridOfSource } from './joint.ts';
import { remainingMatches } from './season-fixtures.ts';
import { seasonTable } from './season-table.ts';

/** Of the simulated seasons, the share that lies within a club's interval of points. */
const intervalShare = 0.8;
/** Days that a goal model looks back, and a margin. */
const learningDays = 1900;

/**
 * The rest of a season played out many times: by the published grid where a forecast was made by then, else by the goal
 * model, fitted on what was known at the end of that day.
 */
export function projectSeason(
  database: Database,
  query: {
    readonly code: string;
    readonly season?: string | undefined;
    readonly asOf: Day;
    readonly draws: number;
    readonly seed: number;
  },
): Projection {
  const { asOf, draws, seed } = query;
  const { championship, season } = findSeason(database, query);
  const registered = findChampionship(championship.championshipCode);
  const format = registered && formatOf(registered, season.firstYear);
  const matches = readSeasonMatchRows(database, season.id);
  const table = seasonTable(matches, { asOf, sport: championship.sport });
  const clubAt = new Map(table.map(({ team }, at) => [team.id, at]));
  const { remaining, unknown } = remainingMatches(matches, { asOf, format });
  const until = startOfDay(addDays(asOf, 1), championship.zone);
  const grids = readSeasonGrids(database, { seasonId: season.id, after: asOf, asOf: until });
  const modelled = createPairGrids(database, {
    championshipId: championship.id,
    tier: championship.tier,
    asOf,
    known: until,
  });
  const fixtures: SeasonFixture[] = [];
  let published = 0;
  for (const { matchId, homeId, awayId } of remaining) {
    const source = matchId === null ? undefined : grids.get(matchId);
    const grid = source ? gridOfSource(source) : modelled(homeId, awayId);
    if (!grid) continue;
    if (source) published++;
    fixtures.push({ home: clubAt.get(homeId)!, away: clubAt.get(awayId)!, grid });
  }
  const simulated = simulateSeason(
    {
      points: table.map(({ points }) => points),
      goalDifference: table.map(({ goalsFor, goalsAgainst }) => goalsFor - goalsAgainst),
      goalsFor: table.map(({ goalsFor }) => goalsFor),
    },
    fixtures,
    { draws, seed, points: pointRules[championship.sport] },
  );
  return {
    ...{ draws, seed, asOf },
    matches: {
      played: table.reduce((sum, { played }) => sum + played, 0) / 2,
      published,
      modelled: fixtures.length - published,
      unknown: unknown + remaining.length - fixtures.length,
    },
    format: formatView(championship.championshipCode, season.firstYear),
    teams: table
      .map(({ team, points }, at) => ({ team, points, ...endings(simulated, at) }))
      .sort((a, b) => a.expectedPosition - b.expectedPosition || b.points - a.points),
  };
}

function endings({ draws, places, points }: SimulatedSeason, club: number) {
  const clubs = Math.sqrt(places.length);
  const own = points.subarray(club * draws, (club + 1) * draws);
  const positions = Array.from(places.subarray(club * clubs, (club + 1) * clubs), (count) => count / draws);
  const at = (share: number) => own[Math.min(draws - 1, Math.floor(share * draws))]!;
  return {
    expectedPoints: own.reduce((sum, one) => sum + one, 0) / draws,
    low: at((1 - intervalShare) / 2),
    high: at((1 + intervalShare) / 2),
    positions,
    expectedPosition: positions.reduce((sum, share, place) => sum + share * (place + 1), 0),
  };
}

/** Grids of any pair by the goal model of a championship; it is fitted when the first is asked for. */
function createPairGrids(
  database: Database,
  at: { readonly championshipId: number; readonly tier: number; readonly asOf: Day; readonly known: number },
): (homeId: number, awayId: number) => ScoreGrid | undefined {
  let fitted: ReturnType<typeof fitGoals> | undefined;
  return (homeId, awayId) => {
    const { fit, clubs } = (fitted ??= fitGoals(database, at));
    return fit && gridOfMatch(fit, { home: clubs.get(homeId) ?? -1, away: clubs.get(awayId) ?? -1 });
  };
}

function fitGoals(
  database: Database,
  at: { readonly championshipId: number; readonly tier: number; readonly asOf: Day; readonly known: number },
) {
  const { championshipId, tier, asOf, known } = at;
  const from = addDays(asOf, -learningDays);
  const scores = readKnownScores(database, { championshipId, from, until: asOf, known });
  const clubs = new Map<number, number>();
  for (const { home, away } of scores) {
    if (!clubs.has(home)) clubs.set(home, clubs.size);
    if (!clubs.has(away)) clubs.set(away, clubs.size);
  }
  if (scores.length === 0) return { fit: undefined, clubs };
  const forecaster = createGoalForecaster(
    {
      home: Int32Array.from(scores, ({ home }) => clubs.get(home)!),
      away: Int32Array.from(scores, ({ away }) => clubs.get(away)!),
      homeGoals: Uint8Array.from(scores, ({ homeGoals }) => homeGoals),
      awayGoals: Uint8Array.from(scores, ({ awayGoals }) => awayGoals),
      day: Int32Array.from(scores, ({ day }) => dayNumber(day)),
    },
    {
      law: goalModel.law,
      clubs: clubs.size,
      // Below the first division as many clubs come down as come up.
      ...(tier === 1 ? {} : { newcomer: { attack: 0, defence: 0 } }),
    },
  );
  return { fit: forecaster.fitFor(dayNumber(asOf) + 1), clubs };
}
