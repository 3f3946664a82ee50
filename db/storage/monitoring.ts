import type { Finding, MonitoringReport } from '../../engine/contract/monitoring.ts';
import type { Database } from '../client.ts';

/** Keeps the report of a day in place of an earlier one of the same day. */
export function storeMonitoringReport({ sqlite }: Database, report: MonitoringReport, runId: number): void {
  sqlite
    .prepare(
      `INSERT INTO monitoring_report (day, run_id, made_at, report) VALUES (?, ?, ?, ?)
       ON CONFLICT (day) DO UPDATE SET run_id = excluded.run_id, made_at = excluded.made_at, report = excluded.report`,
    )
    .run(report.day, runId, report.madeAt, JSON.stringify(report));
}

export function insertAlert(
  { sqlite }: Database,
  given: { readonly severity: string; readonly finding: Finding; readonly instant: number },
): number {
  const { severity, finding, instant } = given;
  const { lastInsertRowid } = sqlite
    .prepare(
      'INSERT INTO alert (rule, subject, severity, raised_at, seen_at, detail) VALUES (?, ?, ?, ?, ?, ?)',
    )
    .run(finding.rule, finding.subject, severity, instant, instant, JSON.stringify(finding));
  return Number(lastInsertRowid);
}

/**
 * An alert that still holds. A worse one is news again, even to whoever has seen it; one that goes to and fro between
 * warning and critical is so the first time alone.
 */
export function holdAlert(
  { sqlite }: Database,
  given: {
    readonly id: number;
    readonly severity: string;
    readonly isWorse: boolean;
    readonly finding: Finding;
    readonly instant: number;
  },
): void {
  sqlite
    .prepare(
      `UPDATE alert SET severity = :severity, seen_at = max(raised_at, :instant), calm = 0, detail = :detail,
         acknowledged_at = iif(:isWorse AND worse_at IS NULL, NULL, acknowledged_at),
         worse_at = iif(:isWorse, coalesce(worse_at, :instant), worse_at) WHERE id = :id`,
    )
    .run({
      ...{ id: given.id, severity: given.severity, instant: given.instant },
      ...{ isWorse: given.isWorse ? 1 : 0, detail: JSON.stringify(given.finding) },
    });
}

export function calmAlert({ sqlite }: Database, given: { readonly id: number; readonly calm: number }): void {
  sqlite.prepare('UPDATE alert SET calm = ? WHERE id = ?').run(given.calm, given.id);
}

export function clearAlert({ sqlite }: Database, id: number, instant: number): void {
  sqlite.prepare('UPDATE alert SET cleared_at = ?, calm = 0 WHERE id = ?').run(instant, id);
}

export function acknowledgeAlert({ sqlite }: Database, id: number, instant: number): void {
  sqlite
    .prepare('UPDATE alert SET acknowledged_at = coalesce(acknowledged_at, ?) WHERE id = ?')
    .run(instant, id);
}

/** Notes that a run trains challengers, and which findings it answers. */
export function insertChallenger(
  { sqlite }: Database,
  given: { readonly runId: number; readonly reasons: readonly Finding[] },
): void {
  sqlite
    .prepare('INSERT OR IGNORE INTO challenger (run_id, reasons) VALUES (?, ?)')
    .run(given.runId, JSON.stringify(given.reasons));
}
