import type { Database } from '../../../db/client.ts';
import {
  countUnforecast,
  countUnresolvedNames,
  readLastRuns,
  readSourceAges,
  readStuckDeliveries,
} from '../../../db/queries/football/attention.ts';
import { readAlerts } from '../../../db/queries/monitoring.ts';
import { nearestDay, readDayCounts, readDayViews } from '../../../db/queries/football/match-view.ts';
import type { Day, Instant } from '../../contract/domain.ts';
import type { MatchView } from '../../contract/match-view.ts';
import type { Attention, DayCount, DayView } from '../../contract/today.ts';
import { addDays } from '../../contract/zones.ts';
import { createMean, rate } from './figures.ts';
import { matchView } from './match-view.ts';

const dayMs = 86_400_000;
/** A source that has not been read for so long is stale while matches are being played. */
const staleAfterMs = 2 * dayMs;
/** Days ahead in which a match without a forecast is worth a word. */
const dueDays = 7;
const shownAlerts = 20;
const mostAlerts = 1000;

/** A day's matches by championship, and where the nearest days with matches lie. */
export function dayView(database: Database, day: Day): Omit<DayView, 'today' | 'zone' | 'now'> {
  const matches = readDayViews(database, day).map(matchView);
  const groups = Map.groupBy(matches, ({ championship }) => championship.code);
  const forecasts = matches.filter(({ forecast }) => forecast !== null);
  return {
    day,
    championships: [...groups.values()].map((group) => ({
      championship: group[0]!.championship,
      matches: group,
    })),
    totals: {
      matches: matches.length,
      forecasts: forecasts.length,
      quality: forecasts.filter(({ forecast }) => forecast!.quality !== null).length,
      failed: matches.filter(({ failure, status }) => failure !== null && status === 'scheduled').length,
    },
    nearest: {
      before: countsOn(database, nearestDay(database, day, 'before')),
      after: countsOn(database, nearestDay(database, day, 'after')),
    },
  };
}

function countsOn(database: Database, day: Day | undefined): DayCount | null {
  return day === undefined ? null : (readDayCounts(database, { from: day, until: day })[0] ?? null);
}

/** What came of the forecasts of the last day before `before` on which matches were finished. */
export function dayResults(database: Database, before: Day) {
  const day = nearestDay(database, before, 'finished-before') ?? null;
  const matches =
    day === null
      ? []
      : readDayViews(database, day)
          .map(matchView)
          .filter(({ status }) => status === 'finished')
          // Those with a forecast first: they are what the day is judged by.
          .sort((a, b) => Number(a.forecast === null) - Number(b.forecast === null));
  const settled = matches.filter(({ verdict }) => verdict !== null);
  const logLoss = createMean();
  let expectedHits = 0;
  for (const { forecast, verdict } of settled) {
    expectedHits += forecast!.probability;
    logLoss.add(-Math.log(Math.max(1e-15, forecast!.probabilities[verdict!.result])));
  }
  const withSet = settled.filter(({ verdict }) => verdict!.held80 !== null);
  const count = (list: readonly MatchView[], is: (match: MatchView) => boolean) =>
    rate(list.filter(is).length, list.length);
  return {
    day,
    matches,
    hits: count(settled, ({ verdict }) => verdict!.isHit),
    expectedHits,
    held80: count(withSet, ({ verdict }) => verdict!.held80 === true),
    logLoss: logLoss.read(),
  };
}

/** What needs a look, the gravest first. */
export function attention(
  database: Database,
  at: { readonly now: Instant; readonly today: Day },
): Attention[] {
  const alerts = readAlerts(database, { isOpenOnly: true, limit: mostAlerts });
  const isWatched = (rule: string, subject?: string) =>
    alerts.some((alert) => alert.rule === rule && (subject === undefined || alert.subject === subject));
  // What the watch has raised an alert for is not said twice, nor again when somebody has seen it.
  const found: Attention[] = [
    ...runsInTrouble(database).filter(
      ({ kind, subject }) => kind !== 'failed-run' || !isWatched('run-failed', subject),
    ),
    ...sourcesInTrouble(database, at).filter(({ subject }) => !isWatched('source-silent', subject)),
    ...alerts
      .filter(({ acknowledgedAt }) => acknowledgedAt === null)
      .slice(0, shownAlerts)
      .map(({ rule, subject, severity, raisedAt }): Attention => ({
        ...blank,
        ...{ kind: 'alert', severity, subject, instant: raisedAt, code: rule },
      })),
  ];
  const missing = countUnforecast(database, { from: at.today, until: addDays(at.today, dueDays - 1) });
  if (missing > 0 && !isWatched('unforecast'))
    found.push({ ...blank, kind: 'forecast-missing', severity: 'warning', count: missing });
  const names = countUnresolvedNames(database);
  if (names > 0) found.push({ ...blank, kind: 'names-unresolved', severity: 'warning', count: names });
  for (const { channel, count } of readStuckDeliveries(database)) {
    found.push({ ...blank, kind: 'delivery-dead', severity: 'warning', subject: channel, count });
  }
  const gravity = { critical: 0, warning: 1, info: 2 };
  return found.sort((a, b) => gravity[a.severity] - gravity[b.severity]);
}

const blank = { subject: '', instant: null, count: 1, runId: null, code: null } as const;

function runsInTrouble(database: Database): Attention[] {
  return readLastRuns(database).flatMap((run): Attention[] => {
    const about = { ...blank, subject: run.stage, instant: run.finishedAt, runId: run.id };
    if (run.state === 'failed') {
      return [{ ...about, kind: 'failed-run', severity: 'critical', code: run.errorCode }];
    }
    if (run.state === 'interrupted') return [{ ...about, kind: 'interrupted-run', severity: 'warning' }];
    if (run.state !== 'done' || run.itemsFailed === 0) return [];
    return [{ ...about, kind: 'failed-items', severity: 'warning', count: run.itemsFailed }];
  });
}

function sourcesInTrouble(database: Database, { now }: { readonly now: Instant }): Attention[] {
  const sources = readSourceAges(database);
  if (sources.length === 0) return [{ ...blank, kind: 'no-source', severity: 'info' }];
  return sources
    .filter(({ readAt }) => now - readAt > staleAfterMs)
    .map(({ source, readAt }) => ({
      ...blank,
      kind: 'stale-source',
      severity: 'warning',
      subject: source,
      instant: readAt,
      count: Math.floor((now - readAt) / dayMs),
    }));
}
