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
import { changesOfAlerts } from '../../monitoring/alerts.ts';
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
  /** Sports whose drift asks for new models. */
  readonly retrain: readonly string[];
};

/** Drift that models can answer by learning anew. */
const answeredByTraining: readonly string[] = [
  'feature-drift',
  'probability-drift',
  'martingale',
  'miscalibrated',
];

/** Looks at everything that is watched, keeps the day's report, and raises, holds and clears alerts by it. */
export async function monitor(context: StageContext, _: MonitorParameters): Promise<MonitorResult> {
  context.progress({ phase: 'watching', done: 0, total: 1 });
  const report = await runTask<MonitoringReport>(context, {
    worker: new URL('../../workers/watch.ts', import.meta.url),
    handler: 'lookAround',
    task: { database: context.database.path, today: context.today, instant: context.instant },
  });
  const { instant } = context;
  const counts = { raised: 0, worse: 0, cleared: 0 };
  const retrain = new Set<string>();
  const store = () => {
    storeMonitoringReport(context.database, report, context.runId);
    const changes = changesOfAlerts(report.findings, readOpenStates(context.database));
    for (const { severity, finding } of changes.raise) {
      insertAlert(context.database, { severity, finding, instant });
      if (answeredByTraining.includes(finding.rule)) retrain.add(finding.subject.split(' ')[0]!);
    }
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
    retrain: [...retrain],
  };
}
