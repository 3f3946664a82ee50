import type { Finding, Severity } from '../contract/monitoring.ts';

/** An alert that is not cleared yet. */
export interface OpenAlert {
  readonly id: number;
  readonly rule: string;
  readonly subject: string;
  readonly severity: Severity;
  readonly calm: number;
}

/** What a report does to the alerts. */
export interface AlertChanges {
  readonly raise: readonly { readonly severity: Severity; readonly finding: Finding }[];
  /** Still out of bounds, perhaps worse or better than before. */
  readonly hold: readonly {
    readonly id: number;
    readonly severity: Severity;
    readonly finding: Finding;
    /** Went from a warning to critical. */
    readonly isWorse: boolean;
  }[];
  /** Back within the lower bound, but not for long enough. */
  readonly calm: readonly { readonly id: number; readonly calm: number; readonly finding: Finding }[];
  readonly clear: readonly { readonly id: number; readonly finding: Finding }[];
}

/** Reports in a row that must find a figure calm before its alert is cleared. */
export const calmReports = 2;

/**
 * Hysteresis: an alert is raised at the upper bound and cleared below the lower one, after `calmReports` reports in a
 * row; between the bounds it stays as it is, and what nothing can be said of changes nothing. A subject that is no
 * longer looked at leaves its alert open.
 */
export function changesOfAlerts(findings: readonly Finding[], open: readonly OpenAlert[]): AlertChanges {
  const held = new Map(open.map((alert) => [keyOf(alert), alert]));
  const changes = {
    raise: [] as AlertChanges['raise'][number][],
    hold: [] as AlertChanges['hold'][number][],
    calm: [] as AlertChanges['calm'][number][],
    clear: [] as AlertChanges['clear'][number][],
  };
  for (const finding of findings) {
    const alert = held.get(keyOf(finding));
    const { level } = finding;
    if (level === 'warning' || level === 'critical') {
      if (!alert) changes.raise.push({ severity: level, finding });
      else {
        const isWorse = level === 'critical' && alert.severity === 'warning';
        changes.hold.push({ id: alert.id, severity: level, finding, isWorse });
      }
    } else if (alert && level === 'good') {
      const calm = finding.isCalm ? alert.calm + 1 : 0;
      if (calm >= calmReports) changes.clear.push({ id: alert.id, finding });
      else changes.calm.push({ id: alert.id, calm, finding });
    }
  }
  return changes;
}

function keyOf({ rule, subject }: { readonly rule: string; readonly subject: string }): string {
  return `${rule}|${subject}`;
}
