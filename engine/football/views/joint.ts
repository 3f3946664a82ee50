import type { Database } from '../../../db/client.ts';
import { readGridSource, type GridSource } from '../../../db/queries/football/match-detail.ts';
import { readDayTypes, type DayType } from '../../../db/queries/football/publisher-types.ts';
import type { Sport } from '../../contract/domain.ts';
import type { JointType, MatchJoint } from '../../contract/match.ts';
import { distributionMean, goalDistribution, type ScoreGrid } from '../../kernel/goals/score-grid.ts';
import { forecastMatch, type SelectionForecast, type TypeForecast } from '../forecast/types/derive.ts';
import { forecastTypes } from '../forecast/types/registry.ts';
import { jointGrid } from '../forecast/joint.ts';
import { settle } from '../settlement/settle.ts';
import { marketNames } from '../settlement/table.ts';
import { findMatch } from './match.ts';

/** Scores named as the likeliest. */
const shownScores = 5;

/** The grid of a published forecast, as it was: the goal model's, levelled and reconciled with the probabilities. */
export function gridOfSource(source: GridSource): ScoreGrid {
  return jointGrid([source.pHome, source.pDraw, source.pAway], {
    home: source.homeIntensity * source.homeFactor,
    away: source.awayIntensity * source.awayFactor,
    extras: source.extras,
  });
}

/** Everything that follows from a match's one grid; null where none was made. */
export function jointOf(database: Database, matchId: number): MatchJoint | null {
  const { row, detail } = findMatch(database, matchId);
  const { sport } = detail;
  const source = readGridSource(database, matchId);
  if (!source) return null;
  const grid = gridOfSource(source);
  const stored = new Map(
    readDayTypes(database, [source.outcomeId])
      .get(source.outcomeId)
      ?.map((one) => [one.forecastType, one]),
  );
  const score =
    row.status === 'finished' && row.homeGoals !== null && row.awayGoals !== null
      ? ([row.homeGoals, row.awayGoals] as const)
      : undefined;
  const codes = new Map(forecastTypes.map(({ name, originCode }) => [name as string, originCode]));
  return {
    size: grid.size,
    cells: [...grid.cells],
    expectedGoals: {
      home: distributionMean(goalDistribution(grid, 'home')),
      away: distributionMean(goalDistribution(grid, 'away')),
    },
    likeliest: likeliestScores(grid),
    model: {
      law: source.law,
      home: source.homeIntensity,
      away: source.awayIntensity,
      homeFactor: source.homeFactor,
      awayFactor: source.awayFactor,
      factorCount: source.factorCount,
    },
    types: forecastMatch(grid, sport).map((one) => {
      const said = stored.get(one.type);
      return {
        ...typeView(one),
        originCode: codes.get(one.type) ?? null,
        stored: said ? storedView(said, { sport, score }) : null,
      };
    }),
  };
}

function likeliestScores({ cells, size }: ScoreGrid): MatchJoint['likeliest'] {
  return Array.from(cells, (probability, at) => ({
    home: Math.floor(at / size),
    away: at % size,
    probability,
  }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, shownScores);
}

function typeView(one: TypeForecast): Omit<JointType, 'originCode' | 'stored'> {
  const bare = {
    type: one.type,
    kind: one.kind,
    expected: null,
    median: null,
    mostLikely: null,
    points: null,
  };
  if (one.kind === 'points') {
    return { ...bare, line: null, selections: [], points: { home: one.home, away: one.away } };
  }
  const selections = one.selections.map(selectionView);
  if (one.kind === 'market') return { ...bare, line: one.line, selections };
  const { line, expected, median, mostLikely } = one;
  return { ...bare, line, selections, expected, median, mostLikely };
}

function selectionView(one: SelectionForecast): JointType['selections'][number] {
  return { ...one, fairOdds: Number.isFinite(one.fairOdds) ? one.fairOdds : null };
}

function storedView(
  said: DayType,
  match: { readonly sport: Sport; readonly score: readonly [home: number, away: number] | undefined },
): NonNullable<JointType['stored']> {
  const { low80, high80, low90, high90, target, recordCount, recordHits, recordBound } = said;
  const interval = (low: number | null, high: number | null): [number, number] | null =>
    low === null || high === null ? null : [low, high];
  return {
    label: said.label,
    probability: said.probability,
    set80: said.set80,
    set90: said.set90,
    interval80: interval(low80, high80),
    interval90: interval(low90, high90),
    confidence: said.confidence,
    windowScope: said.windowScope,
    windowCount: said.windowCount,
    quality:
      target === null || recordCount === null || recordHits === null || recordBound === null
        ? null
        : { target, n: recordCount, hits: recordHits, bound: recordBound },
    isHit: match.score ? cameTrue(said, { sport: match.sport, regular: match.score }) : null,
  };
}

function cameTrue(
  { forecastType, label, line }: DayType,
  match: { readonly sport: Sport; readonly regular: readonly [number, number] },
): boolean | null {
  const market = marketNames.find((name) => name === forecastType);
  if (!market) return null;
  const { sport, regular } = match;
  const bet = { sport, market, selection: label, ...(line === null ? {} : { line }) };
  return settle(bet, { status: 'finished', regular }) === 'win';
}
