import type { BatchNote } from '../../../db/storage/football/match-merge.ts';
import type { BatchResult } from '../../../db/storage/football/matches.ts';
import type { JsonValue } from '../../contract/domain.ts';
import type { ErrorRecord } from '../../contract/errors.ts';
import type { LineNote, ParsedFile } from './source.ts';

/** The data-quality report of one file. */
export interface FileReport {
  readonly status: 'read' | 'unchanged' | 'not-published';
  readonly rowsRead: number;
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly quotes: { readonly new: number; readonly changed: number; readonly unchanged: number };
  readonly refusedCount: number;
  readonly refused: readonly LineNote[];
  readonly warningCount: number;
  readonly warnings: readonly LineNote[];
  /** Results that contradict those of another source. */
  readonly conflicts: readonly LineNote[];
  readonly newTeams: readonly string[];
}

const nothing = { new: 0, changed: 0, unchanged: 0 };

export function emptyReport(status: FileReport['status']): FileReport {
  return {
    status,
    rowsRead: 0,
    ...nothing,
    quotes: nothing,
    refusedCount: 0,
    refused: [],
    warningCount: 0,
    warnings: [],
    conflicts: [],
    newTeams: [],
  };
}

export function reportOf(
  file: ParsedFile,
  results: readonly BatchResult[],
  newTeams: readonly string[],
): FileReport {
  const sum = (pick: (result: BatchResult) => number) => results.reduce((total, one) => total + pick(one), 0);
  const notes = results.flatMap((result) => result.notes);
  const notesOf = (...kinds: BatchNote['kind'][]): LineNote[] =>
    notes.filter(({ kind }) => kinds.includes(kind)).map(({ line, reason }) => ({ line, reason }));
  const updates = notesOf('moved', 'corrected');
  const refused = notesOf('refused');
  return {
    status: 'read',
    rowsRead: file.rowsRead,
    new: sum((one) => one.matches.new),
    changed: sum((one) => one.matches.changed),
    unchanged: sum((one) => one.matches.unchanged),
    quotes: {
      new: sum((one) => one.quotes.new),
      changed: sum((one) => one.quotes.changed),
      unchanged: sum((one) => one.quotes.unchanged),
    },
    refusedCount: file.refusedCount + refused.length,
    refused: [...file.refused, ...refused],
    warningCount: file.warningCount + updates.length,
    warnings: [...file.warnings, ...updates],
    conflicts: notesOf('conflict'),
    newTeams,
  };
}

/** What a whole run of getting did. */
export interface GettingTotals {
  files: { read: number; unchanged: number; notPublished: number; failed: number };
  rowsRead: number;
  new: number;
  changed: number;
  unchanged: number;
  quotes: { new: number; changed: number; unchanged: number };
  refused: number;
  warnings: number;
  conflicts: number;
  newTeams: number;
}

export function createTotals(): GettingTotals {
  return {
    files: { read: 0, unchanged: 0, notPublished: 0, failed: 0 },
    rowsRead: 0,
    ...nothing,
    quotes: { ...nothing },
    refused: 0,
    warnings: 0,
    conflicts: 0,
    newTeams: 0,
  };
}

export function addReport(totals: GettingTotals, report: FileReport): void {
  const counter = { read: 'read', unchanged: 'unchanged', 'not-published': 'notPublished' } as const;
  totals.files[counter[report.status]]++;
  totals.rowsRead += report.rowsRead;
  for (const key of ['new', 'changed', 'unchanged'] as const) {
    totals[key] += report[key];
    totals.quotes[key] += report.quotes[key];
  }
  totals.refused += report.refusedCount;
  totals.warnings += report.warningCount;
  totals.conflicts += report.conflicts.length;
  totals.newTeams += report.newTeams.length;
}

/** Reports, totals and errors hold nothing but JSON. */
export function toJson(value: FileReport | GettingTotals | ErrorRecord): JsonValue {
  return value as unknown as JsonValue;
}
