import type { Database } from '../../../db/client.ts';
import { readJudgedForecasts } from '../../../db/queries/football/calibration.ts';
import { readClosingPrices } from '../../../db/queries/football/closing-prices.ts';
import { readModelTable } from '../../../db/queries/football/processing.ts';
import { heldSports } from '../../../db/queries/football/watch.ts';
import type { Day, Instant, Sport } from '../../contract/domain.ts';
import type { MonitoringReport } from '../../contract/monitoring.ts';
import { dayNumber } from '../../contract/zones.ts';
import { removeMarginRows } from '../../kernel/evaluation/margin.ts';
import { footballFeatures } from '../calculation/registry.ts';
import type { FeatureTable } from '../feature-report/rows.ts';
import type { SportForecasts } from './check.ts';
import { monthsOf, recordsOf } from './record.ts';
import { checks } from './registry.ts';

/**
 * Looks at everything that is watched, as of a day: results of that day and later count as not known. Forecasts are
 * judged only where they were made before kick-off.
 */
export function watch(
  database: Database,
  { today, instant }: { readonly today: Day; readonly instant: Instant },
): MonitoringReport {
  const now = dayNumber(today);
  const tables = new Map<Sport, FeatureTable | undefined>();
  const sports = heldSports(database).map((sport) => settledForecasts(database, sport, now));
  const input = {
    ...{ database, today, instant, sports },
    features(sport: Sport) {
      if (!tables.has(sport))
        tables.set(sport, readModelTable(database, { hash: footballFeatures.hash, sport }));
      return tables.get(sport);
    },
  };
  return {
    day: today,
    madeAt: instant,
    records: sports.flatMap(({ records }) => records),
    months: sports.flatMap((settled) => monthsOf(settled)),
    findings: checks.flatMap((check) => check.look(input)),
  };
}

function settledForecasts(database: Database, sport: Sport, now: number): SportForecasts {
  const forecasts = readJudgedForecasts(database, { model: 'published', sport });
  const live = [...forecasts.day.keys()].filter(
    (row) => forecasts.live[row] === 1 && forecasts.day[row]! < now,
  );
  const prices = readClosingPrices(
    database,
    live.map((row) => forecasts.matchId[row]!),
  );
  const closing = new Float64Array(forecasts.rows * 3).fill(Number.NaN);
  for (const row of live) closing.set(prices.get(forecasts.matchId[row]!) ?? [], row * 3);
  const settled = { sport, forecasts, closing: removeMarginRows(closing), live };
  return { ...settled, records: recordsOf(settled, now, seasonStart(now)) };
}

/** The first of July that came last: where the season in play began, for records that span championships. */
function seasonStart(now: number): number {
  const date = new Date(now * 86_400_000);
  const year = date.getUTCMonth() >= 6 ? date.getUTCFullYear() : date.getUTCFullYear() - 1;
  return Date.UTC(year, 6, 1) / 86_400_000;
}
