import type { Database } from '../../../db/client.ts';
import {
  readMatchDetail,
  readMatchStatistics,
  readSettledPairs,
  type MatchDetail,
} from '../../../db/queries/football/match-detail.ts';
import {
  readMatchView,
  readMeetingViews,
  type MatchViewRow,
} from '../../../db/queries/football/match-view.ts';
import { AppError } from '../../contract/errors.ts';
import { outcomeClasses } from '../../contract/domain.ts';
import type { MatchRanges, MatchShow } from '../../contract/match.ts';
import type { Three } from '../../contract/match-view.ts';
import { margin, removeMargin } from '../../kernel/evaluation/margin.ts';
import { fitFairRanges } from '../forecast/fair-ranges.ts';
import { rate } from './figures.ts';
import { matchView } from './match-view.ts';

/** The rows of a match. @throws AppError `NOT_FOUND` */
export function findMatch(database: Database, matchId: number): { row: MatchViewRow; detail: MatchDetail } {
  const row = readMatchView(database, matchId);
  const detail = readMatchDetail(database, matchId);
  if (row && detail) return { row, detail };
  throw new AppError('NOT_FOUND', `There is no match ${matchId}.`, {
    detail: { what: 'match', id: matchId },
  });
}

/** Who plays, the forecast and how it came about, the price's fair probabilities, what the match brought. */
export function showMatch(database: Database, matchId: number): MatchShow {
  const { row, detail } = findMatch(database, matchId);
  const match = matchView(row);
  const price = match.forecast?.price;
  const odds = price ? outcomeClasses.map((name) => price.odds[name]) : undefined;
  return {
    match,
    tier: detail.tier,
    source: detail.source,
    halfTime:
      detail.homeGoalsHalfTime === null || detail.awayGoalsHalfTime === null
        ? null
        : { home: detail.homeGoalsHalfTime, away: detail.awayGoalsHalfTime },
    decidedBy: detail.decidedBy,
    statistics: statisticsOf(readMatchStatistics(database, matchId)),
    making: makingOf(detail),
    fair: odds ? fairOf(odds) : null,
    margin: odds ? margin(odds) : null,
  };
}

function makingOf(detail: MatchDetail): MatchShow['making'] {
  if (detail.outcomeId === null) return null;
  return {
    temperature: detail.temperature,
    calibrationCount: detail.calibrationCount ?? 0,
    windowScope: detail.windowScope ?? 'none',
    windowCount: detail.windowCount ?? 0,
    pValues: { H: detail.pValueHome, D: detail.pValueDraw, A: detail.pValueAway },
  };
}

function fairOf(odds: readonly number[]): Three | null {
  const [home, draw, away] = removeMargin(odds);
  if (home === undefined || draw === undefined || away === undefined || Number.isNaN(home)) return null;
  return { H: home, D: draw, A: away };
}

const statisticNames = [
  'shots',
  'shots_on_target',
  'expected_goals',
  'corners',
  'fouls',
  'yellow_cards',
  'red_cards',
];

function statisticsOf(counts: Readonly<Record<string, number | null>> | undefined): MatchShow['statistics'] {
  if (!counts) return [];
  return statisticNames.flatMap((name) => {
    const home = counts[`home_${name}`] ?? null;
    const away = counts[`away_${name}`] ?? null;
    return home === null && away === null ? [] : [{ name, home, away }];
  });
}

/** Meetings shown, at most. */
const shownMeetings = 20;

/** Earlier meetings of the two clubs, whoever was at home. */
export function meetingsOf(database: Database, matchId: number) {
  const { row } = findMatch(database, matchId);
  const matches = readMeetingViews(database, {
    home: row.homeId,
    away: row.awayId,
    day: row.day,
    limit: shownMeetings,
  }).map(matchView);
  let home = 0;
  let draw = 0;
  const goals = { home: 0, away: 0 };
  for (const { home: host, score } of matches) {
    if (!score) continue;
    const [own, other] = host.id === row.homeId ? [score.home, score.away] : [score.away, score.home];
    goals.home += own;
    goals.away += other;
    if (own > other) home++;
    else if (own === other) draw++;
  }
  const n = matches.length;
  return {
    home: rate(home, n),
    draw: rate(draw, n),
    away: rate(n - home - draw, n),
    goals: n === 0 ? null : { home: goals.home / n, away: goals.away / n },
    matches,
  };
}

/**
 * Between which fair odds each outcome lies, by Venn-Abers prediction on the settled forecasts before the match day: the
 * forecast itself is as it was published.
 */
export function rangesOf(database: Database, matchId: number): MatchRanges {
  const { row, detail } = findMatch(database, matchId);
  const { predictor, ...about } = fitFairRanges((query) => readSettledPairs(database, query), {
    before: row.day,
    championshipId: detail.championshipId,
  });
  const { pHome, pDraw, pAway } = row;
  if (pHome === null || pDraw === null || pAway === null || !predictor) return { ...about, ranges: null };
  const [H, D, A] = predictor.ranges([pHome, pDraw, pAway]).map(({ low, high }) => ({
    low,
    high,
    shortestOdds: high > 0 ? 1 / high : null,
    longestOdds: low > 0 ? 1 / low : null,
  }));
  return { ...about, ranges: H && D && A ? { H, D, A } : null };
}
