import type { Database } from '../../../db/client.ts';
import { iterateSettled } from '../../../db/queries/football/said-forecasts.ts';
import type { Sport } from '../../contract/domain.ts';
import type { ForecastFilter, PublishedType } from '../../contract/forecasts.ts';
import { verdictOfRow } from './said-forecast.ts';

/** A forecast whose match is over, with what became of it. */
export interface SettledSaid {
  readonly matchId: number;
  readonly type: PublishedType;
  readonly label: string;
  readonly sport: Sport;
  readonly championship: string;
  readonly championshipName: string;
  readonly home: string;
  readonly away: string;
  readonly season: string;
  readonly day: string;
  readonly isLive: boolean;
  readonly isSelected: boolean;
  readonly probability: number;
  readonly odds: number | null;
  readonly isHit: boolean;
  readonly held80: boolean | null;
  readonly held90: boolean | null;
}

/** The settled forecasts of a filter; those of one type in the order of their days. */
export function readSettledSaid(database: Database, filter: ForecastFilter): SettledSaid[] {
  const settled: SettledSaid[] = [];
  for (const row of iterateSettled(database, filter)) {
    const verdict = verdictOfRow(row);
    if (!verdict) continue;
    settled.push({
      matchId: row.matchId,
      type: row.type,
      label: row.label,
      sport: row.sport,
      championship: row.championship,
      championshipName: row.championshipName,
      home: row.home,
      away: row.away,
      season: row.season,
      day: row.day,
      isLive: row.origin === 'live',
      isSelected: row.recordCount !== null,
      probability: row.probability,
      odds: row.odds,
      ...verdict,
    });
  }
  return settled;
}

/** An amount of goals names the label of its total, at the same line: counted beside it, each would count twice. */
export const repeatsTotal = (type: PublishedType): boolean => type.endsWith('-amount');
