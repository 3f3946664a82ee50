import { readOpenStates } from '../../../db/queries/monitoring.ts';
import {
  calmAlert,
  clearAlert,
  holdAlert,
  insertAlert,
  storeMonitoringReport,
} from '../../../db/storage/monitoring.ts';
import type { MonitoringReport } from '../../contract/monitoring.ts';
import type { MonitorParameters } from '../../contract/stages.ts';
import { dayAt } from '../../contract/zones.ts';
import { changesOfAlerts } from '../../monitoring/alerts.ts';
import { openSettings } from '../../runtime/settings.ts';
import { runTask } from '../../runtime/run-task.ts';
import type { StageContext } from '../../runtime/stage.ts';

/** What `monitor` answers. */
export type MonitorResult = {
  readonly findings: number;
  readonly warnings: number;
  readonly critical: number;
  readonly unknown: number;
  readonly raised: number;
  readonly worse: number;
  readonly cleared: number;
};

/**
 * Looks at everything that is watched, keeps the day's report, and raises, holds and clears alerts by it. What another day
 * looked like is a report alone: it neither raises nor clears what is the matter today.
 */
export async function monitor(context: StageContext, _: MonitorParameters): Promise<MonitorResult> {
  context.progress({ phase: 'watching', done: 0, total: 1 });
  const report = await runTask<MonitoringReport>(context, {
    worker: new URL('../../workers/watch.ts', import.meta.url),
    handler: 'lookAround',
    task: { database: context.database.path, today: context.today, instant: context.instant },
  });
  const { instant } = context;
  const counts = { raised: 0, worse: 0, cleared: 0 };
  const zone = openSettings(context.database, { now: () => instant }).get('zone');
  const isReplay = context.today !== dayAt(instant, zone);
  const store = () => {
    storeMonitoringReport(context.database, report, context.runId);
    if (isReplay) return counts;
    const changes = changesOfAlerts(report.findings, readOpenStates(context.database));
    for (const raised of changes.raise) insertAlert(context.database, { ...raised, instant });
    for (const held of changes.hold) holdAlert(context.database, { ...held, instant });
    for (const { id, calm } of changes.calm) calmAlert(context.database, { id, calm });
    for (const { id } of changes.clear) clearAlert(context.database, id, instant);
    counts.raised = changes.raise.length;
    counts.worse = changes.hold.filter(({ isWorse }) => isWorse).length;
    counts.cleared = changes.clear.length;
    return counts;
  };
  if (!context.isDone('report')) context.commitItem('report', 0, store);
  for (const { rule, subject, level, value } of report.findings) {
    if (level === 'warning' || level === 'critical') {
      context.log('warn', `${rule} ${subject}: ${String(value)} (${level})`);
    }
  }
  context.progress({ phase: 'watching', done: 1, total: 1 });
  const at = (wanted: string) => report.findings.filter(({ level }) => level === wanted).length;
  return {
    findings: report.findings.length,
    warnings: at('warning'),
    critical: at('critical'),
    unknown: at('unknown'),
    ...counts,
  };
}
