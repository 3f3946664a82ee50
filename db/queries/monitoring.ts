import type { Instant } from '../../engine/contract/domain.ts';
import type { Alert, Finding, MonitoringReport, Severity } from '../../engine/contract/monitoring.ts';
import type { Database } from '../client.ts';

interface AlertRow extends Omit<Alert, 'finding'> {
  readonly calm: number;
  readonly detail: string;
}

const alertColumns = `id, rule, subject, severity, raised_at AS raisedAt, seen_at AS seenAt, cleared_at AS clearedAt,
  acknowledged_at AS acknowledgedAt, calm, detail`;
const alertStatement = `SELECT ${alertColumns} FROM alert`;

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

export interface AlertNews extends Alert {
  /** When it was raised or, if it grew critical later, when it did. */
  readonly newsAt: Instant;
}

/**
 * Open alerts by their news, the gravest first: those that were raised, or grew critical, since an instant; only those
 * that nobody has acknowledged, unless asked for.
 */
export function readAlertNews(
  { sqlite }: Database,
  { since = 0, isSeenToo = false }: { readonly since?: Instant; readonly isSeenToo?: boolean },
): AlertNews[] {
  return sqlite
    .prepare<[Instant, number], AlertRow & { readonly newsAt: Instant }>(
      `SELECT ${alertColumns}, coalesce(worse_at, raised_at) AS newsAt FROM alert
       WHERE cleared_at IS NULL AND coalesce(worse_at, raised_at) >= ? AND (acknowledged_at IS NULL OR ?)
       ORDER BY severity = 'critical' DESC, id`,
    )
    .all(since, isSeenToo ? 1 : 0)
    .map(({ newsAt, ...row }) => ({ ...alertOf(row), newsAt }));
}

export interface ClearedAlert extends AlertNews {
  readonly clearedAt: Instant;
}

/** Alerts that were cleared since an instant, in the order in which they were raised. */
export function readClearedAlerts(
  { sqlite }: Database,
  { since }: { readonly since: Instant },
): ClearedAlert[] {
  return sqlite
    .prepare<[Instant], AlertRow & { readonly clearedAt: Instant; readonly newsAt: Instant }>(
      `SELECT ${alertColumns}, coalesce(worse_at, raised_at) AS newsAt FROM alert WHERE cleared_at >= ? ORDER BY id`,
    )
    .all(since)
    .map(({ newsAt, clearedAt, ...row }) => ({ ...alertOf({ ...row, clearedAt }), clearedAt, newsAt }));
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
  severity: Severity;
  calm: number;
}[] {
  return sqlite
    .prepare<[], { id: number; rule: string; subject: string; severity: Severity; calm: number }>(
      'SELECT id, rule, subject, severity, calm FROM alert WHERE cleared_at IS NULL ORDER BY id',
    )
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
