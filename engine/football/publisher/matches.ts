import type { DayMatch } from '../../../db/queries/football/publisher.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import type { StageName } from '../../contract/domain.ts';
import { classOf, resultOf } from './labels.ts';
import type { ClassIndex } from './labels.ts';

/** The published forecast of a match, as a whole or not at all. */
export interface ShownForecast {
  readonly origin: 'live' | 'replay';
  readonly madeAt: number;
  readonly asOf: number;
  readonly dataHash: string;
  readonly model: string;
  readonly probabilities: readonly [home: number, draw: number, away: number];
  readonly label: ClassIndex;
  readonly probability: number;
}

export function forecastOf(match: DayMatch): ShownForecast | undefined {
  const { origin, madeAt, asOf, dataHash, pHome, pDraw, pAway, label, probability } = match;
  if (match.outcomeId === null || origin === null || madeAt === null || asOf === null || dataHash === null)
    return undefined;
  if (pHome === null || pDraw === null || pAway === null || label === null || probability === null)
    return undefined;
  const model = [match.modelFamily, match.modelSeason].filter((part) => part !== null).join(' ');
  return {
    origin,
    madeAt,
    asOf,
    dataHash,
    model,
    probabilities: [pHome, pDraw, pAway],
    label: classOf(label),
    probability,
  };
}

/** The class that happened; undefined until the match is finished on the pitch. */
export function happened(match: DayMatch): ClassIndex | undefined {
  if (match.status !== 'finished' || match.homeGoals === null || match.awayGoals === null) return undefined;
  return resultOf(match.homeGoals, match.awayGoals);
}

export const isSelected = (match: DayMatch): boolean => match.recordCount !== null;

/** What stopped a due match from having a forecast. */
export interface MatchFailure {
  readonly matchId: number;
  readonly day: string;
  readonly home: string;
  readonly away: string;
  readonly championshipCode: string;
  readonly stage: StageName;
  readonly code: ErrorCode;
}

/** The first stage whose data a due match lacks; undefined where the match is not due or lacks nothing. */
export function failureOf(match: DayMatch): MatchFailure | undefined {
  if (match.status !== 'scheduled' && match.status !== 'finished') return undefined;
  if (match.outcomeId !== null) return undefined;
  const { matchId, day, home, away, championshipCode } = match;
  return { matchId, day, home, away, championshipCode, ...missingData(match) };
}

function missingData(match: DayMatch): Pick<MatchFailure, 'stage' | 'code'> {
  if (match.hasStandings === 0) return { stage: 'calculation', code: 'STANDINGS_MISSING' };
  if (match.hasFeatures === 0) return { stage: 'calculation', code: 'FEATURES_MISSING' };
  if (match.hasPredictions === 0) return { stage: 'processing', code: 'PREDICTIONS_MISSING' };
  return { stage: 'forecast', code: 'OUTCOMES_MISSING' };
}
