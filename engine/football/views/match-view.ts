import type { MatchViewRow } from '../../../db/queries/football/match-view.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import { outcomeClasses, type StageName } from '../../contract/domain.ts';
import type { ChampionshipRef, MatchView, Three } from '../../contract/match-view.ts';
import { countryNames, findChampionship } from '../getting/championships.ts';

/** A championship's names in both languages; one that the register does not know keeps the name of the database. */
export function championshipRef(row: {
  readonly championshipCode: string;
  readonly championshipName: string;
  /** Code of the country. */
  readonly country: string;
  readonly zone: string;
  readonly isSample: 0 | 1;
}): ChampionshipRef {
  const { championshipCode: code, championshipName: name, country, zone } = row;
  return {
    code,
    name: findChampionship(code)?.name ?? { en: name, ru: name },
    country: countryNames(country),
    zone,
    isSample: row.isSample === 1,
  };
}

/** A row of the database as the screens know it. */
export function matchView(row: MatchViewRow): MatchView {
  const { matchId, day, kickOff, kickOffPrecision, status, round } = row;
  const forecast = forecastOf(row);
  return {
    matchId,
    championship: championshipRef(row),
    season: row.seasonCode,
    ...{ day, kickOff, kickOffPrecision, status, round },
    home: { id: row.homeId, name: row.home },
    away: { id: row.awayId, name: row.away },
    score:
      row.homeGoals === null || row.awayGoals === null ? null : { home: row.homeGoals, away: row.awayGoals },
    forecast,
    failure: forecast === null && (status === 'scheduled' || status === 'finished') ? failureOf(row) : null,
    verdict: verdictOf(row, forecast),
  };
}

function forecastOf(row: MatchViewRow): MatchView['forecast'] {
  const { outcomeId, origin, madeAt, asOf, family, pHome, pDraw, pAway, probability } = row;
  if (outcomeId === null || origin === null || madeAt === null || asOf === null || family === null)
    return null;
  if (pHome === null || pDraw === null || pAway === null || probability === null) return null;
  const probabilities = { H: pHome, D: pDraw, A: pAway };
  const price = priceOf(row);
  return {
    ...{ outcomeId, origin, madeAt, asOf, family, probabilities, probability, price },
    label: outcomeClasses.find((name) => name === row.label) ?? 'H',
    set80: row.set80,
    set90: row.set90,
    confidence: row.confidence,
    credibility: row.credibility,
    value: price && bestValue(probabilities, price.odds),
    quality: qualityOf(row),
    qualityTypes: row.qualityTypes,
  };
}

function priceOf(row: MatchViewRow): NonNullable<MatchView['forecast']>['price'] {
  const { priceBookmaker, priceInstant, priceHome, priceDraw, priceAway } = row;
  if (priceBookmaker === null || priceInstant === null) return null;
  if (priceHome === null || priceDraw === null || priceAway === null) return null;
  return {
    bookmaker: priceBookmaker,
    instant: priceInstant,
    odds: { H: priceHome, D: priceDraw, A: priceAway },
  };
}

/** The selection whose probability times its odds is highest, and by how much that exceeds the stake. */
export function bestValue(probabilities: Three, odds: Three): { selection: 'H' | 'D' | 'A'; edge: number } {
  const values = outcomeClasses.map((selection) => ({
    selection,
    edge: probabilities[selection] * odds[selection] - 1,
  }));
  return values.reduce((best, one) => (one.edge > best.edge ? one : best));
}

function qualityOf(row: MatchViewRow): NonNullable<MatchView['forecast']>['quality'] {
  const { target, recordCount, recordHits, recordBound, recordFrom, recordUntil } = row;
  if (target === null || recordCount === null || recordHits === null || recordBound === null) return null;
  return {
    target,
    n: recordCount,
    hits: recordHits,
    bound: recordBound,
    from: recordFrom ?? '',
    until: recordUntil ?? '',
    since: { n: row.sinceCount ?? 0, hits: row.sinceHits ?? 0 },
  };
}

/** The first stage whose data the match lacks. */
function failureOf(row: MatchViewRow): { stage: StageName; code: ErrorCode } {
  if (row.hasStandings === 0) return { stage: 'calculation', code: 'STANDINGS_MISSING' };
  if (row.hasFeatures === 0) return { stage: 'calculation', code: 'FEATURES_MISSING' };
  if (row.hasPredictions === 0) return { stage: 'processing', code: 'PREDICTIONS_MISSING' };
  return { stage: 'forecast', code: 'OUTCOMES_MISSING' };
}

function verdictOf(row: MatchViewRow, forecast: MatchView['forecast']): MatchView['verdict'] {
  if (row.status !== 'finished' || row.homeGoals === null || row.awayGoals === null || !forecast) return null;
  const at = 1 - Math.sign(row.homeGoals - row.awayGoals);
  const held = (set: number | null) => (set === null ? null : (set & (1 << at)) !== 0);
  const result = outcomeClasses[at]!;
  return {
    result,
    isHit: forecast.label === result,
    held80: held(forecast.set80),
    held90: held(forecast.set90),
  };
}
