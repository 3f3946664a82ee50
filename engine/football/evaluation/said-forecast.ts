import type { SaidRow, SettledRow } from '../../../db/queries/football/said-forecasts.ts';
import type { SaidForecast } from '../../contract/forecasts.ts';
import { classOf, holds, resultOf } from '../publisher/labels.ts';
import { verdictOf, type TypeVerdict } from '../publisher/types.ts';

/** What became of a forecast of any type; undefined until its match is finished on the pitch. */
export function verdictOfRow(row: SettledRow): TypeVerdict | undefined {
  const { status, homeGoals, awayGoals } = row;
  if (status !== 'finished' || homeGoals === null || awayGoals === null) return undefined;
  if (row.typeCode !== 1) return verdictOf({ ...row, forecastType: row.type }, [homeGoals, awayGoals]);
  const result = resultOf(homeGoals, awayGoals);
  const held = (set: number | null): boolean | null => (set === null ? null : holds(set, result));
  return { isHit: classOf(row.label) === result, held80: held(row.set80), held90: held(row.set90) };
}

/** A stored forecast as the screens show it. */
export function saidForecast(row: SaidRow): SaidForecast {
  const { pHome, pDraw, pAway, typeCode, low80, high80, low90, high90, isSample, ...rest } = row;
  const { target, delta, threshold, recordCount, recordHits, recordBound, recordFrom, recordUntil } = row;
  const verdict = verdictOfRow(row);
  return {
    outcomeId: rest.outcomeId,
    matchId: rest.matchId,
    type: rest.type,
    line: rest.line,
    label: rest.label,
    championship: rest.championship,
    championshipName: rest.championshipName,
    isSample: isSample === 1,
    season: rest.season,
    day: rest.day,
    kickOff: rest.kickOff,
    kickOffPrecision: rest.kickOffPrecision,
    home: rest.home,
    away: rest.away,
    status: rest.status,
    homeGoals: rest.homeGoals,
    awayGoals: rest.awayGoals,
    origin: rest.origin,
    madeAt: rest.madeAt,
    probability: rest.probability,
    probabilities: typeCode === 1 ? [pHome, pDraw, pAway] : null,
    confidence: rest.confidence,
    credibility: rest.credibility,
    set80: rest.set80,
    set90: rest.set90,
    expected: rest.expected,
    interval80: low80 === null || high80 === null ? null : [low80, high80],
    interval90: low90 === null || high90 === null ? null : [low90, high90],
    odds: rest.odds,
    selection:
      target === null || delta === null || threshold === null || recordCount === null
        ? null
        : {
            target,
            delta,
            threshold,
            n: recordCount,
            hits: recordHits ?? 0,
            bound: recordBound ?? 0,
            from: recordFrom ?? '',
            until: recordUntil ?? '',
            sinceN: rest.sinceCount ?? 0,
            sinceHits: rest.sinceHits ?? 0,
          },
    isHit: verdict?.isHit ?? null,
    held80: verdict?.held80 ?? null,
    held90: verdict?.held90 ?? null,
  };
}
