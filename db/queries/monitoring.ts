import type { Alert, Finding, MonitoringReport } from '../../engine/contract/monitoring.ts';
import type { Database } from '../client.ts';

interface AlertRow extends Omit<Alert, 'finding'> {
  readonly calm: number;
  readonly detail: string;
}

const alertStatement = `SELECT id, rule, subject, severity, raised_at AS raisedAt, seen_at AS seenAt,
  cleared_at AS clearedAt, acknowledged_at AS acknowledgedAt, calm, detail FROM alert`;

function alertOf({ detail, calm: _, ...alert }: AlertRow): Alert {
  return { ...alert, finding: JSON.parse(detail) as Finding };
}

/** Alerts, the open ones first, the gravest and newest of those first. */
export function readAlerts(
  { sqlite }: Database,
  { isOpenOnly, limit }: { readonly isOpenOnly: boolean; readonly limit: number },
): Alert[] {
  return sqlite
    .prepare<[number, number], AlertRow>(
      `${alertStatement} WHERE cleared_at IS NULL OR ? ORDER BY cleared_at IS NULL DESC, severity = 'critical' DESC,
       raised_at DESC, id DESC LIMIT ?`,
    )
    .all(isOpenOnly ? 0 : 1, limit)
    .map(alertOf);
}

/** The open alerts that the watch of a run raised, the gravest first. */
export function alertsRaisedBy({ sqlite }: Database, runId: number): Alert[] {
  return sqlite
    .prepare<[number], AlertRow>(
      `${alertStatement} WHERE cleared_at IS NULL AND raised_at = (SELECT instant FROM run WHERE id = ?)
       ORDER BY severity = 'critical' DESC, id`,
    )
    .all(runId)
    .map(alertOf);
}

/** One alert, or undefined. */
export function readAlert({ sqlite }: Database, id: number): Alert | undefined {
  const row = sqlite.prepare<[number], AlertRow>(`${alertStatement} WHERE id = ?`).get(id);
  return row && alertOf(row);
}

/** What decides what a report does to the open alerts. */
export function readOpenStates({ sqlite }: Database): {
  id: number;
  rule: string;
  subject: string;
  severity: 'warning' | 'critical';
  calm: number;
}[] {
  return sqlite
    .prepare<
      [],
      { id: number; rule: string; subject: string; severity: 'warning' | 'critical'; calm: number }
    >('SELECT id, rule, subject, severity, calm FROM alert WHERE cleared_at IS NULL ORDER BY id')
    .all();
}

/** The report of a day, the newest without one; undefined where there is none. */
export function readMonitoringReport(
  { sqlite }: Database,
  day: string | undefined,
): MonitoringReport | undefined {
  const text = sqlite
    .prepare<[{ day: string | null }], string>(
      'SELECT report FROM monitoring_report WHERE day = coalesce(:day, day) ORDER BY day DESC LIMIT 1',
    )
    .pluck()
    .get({ day: day ?? null });
  return text === undefined ? undefined : (JSON.parse(text) as MonitoringReport);
}

/** Days with a report, newest first. */
export function listMonitoringDays({ sqlite }: Database, limit: number): { day: string; madeAt: number }[] {
  return sqlite
    .prepare<[number], { day: string; madeAt: number }>(
      'SELECT day, made_at AS madeAt FROM monitoring_report ORDER BY day DESC LIMIT ?',
    )
    .all(limit);
}
