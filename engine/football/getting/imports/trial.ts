import type { Database } from '../../../../db/client.ts';
import { storeUnresolved } from '../../../../db/storage/football/getting.ts';
import type { ImportTrial } from '../../../contract/imports.ts';
import type { ParsedFile } from '../source.ts';
import { UnresolvedTeamsError, writeFile } from '../writing.ts';

/** Carries the report out of the transaction that it undoes. */
class TrialOver extends Error {
  readonly trial: ImportTrial;

  constructor(trial: ImportTrial) {
    super('The trial is over.');
    this.trial = trial;
  }
}

const notesKept = 1000;

/**
 * What writing a file would do: it is written, reported on, and rolled back, so that the answer is no estimate. Names that
 * nobody knows are kept, to be answered.
 */
export function tryWriting(
  database: Database,
  file: ParsedFile,
  of: { readonly source: string; readonly address: string },
): ImportTrial {
  try {
    database.sqlite.transaction(() => {
      const report = writeFile(database, file, of.source);
      throw new TrialOver({
        rowsRead: report.rowsRead,
        matches: { new: report.new, changed: report.changed, unchanged: report.unchanged },
        quotes: { ...report.quotes },
        refusedCount: report.refusedCount,
        refused: report.refused.slice(0, notesKept),
        warningCount: report.warningCount,
        warnings: report.warnings.slice(0, notesKept),
        conflicts: [...report.conflicts],
        newTeams: [...report.newTeams],
        unresolved: [],
      });
    })();
  } catch (thrown) {
    if (thrown instanceof TrialOver) return thrown.trial;
    if (thrown instanceof UnresolvedTeamsError) {
      storeUnresolved(database, of, thrown.rows);
      return stopped(file, thrown);
    }
    throw thrown;
  }
  throw new Error('A trial always ends by throwing.');
}

/** Names that nobody knows stop the file; its rows can be reported on all the same. */
function stopped(file: ParsedFile, { rows }: UnresolvedTeamsError): ImportTrial {
  return {
    rowsRead: file.rowsRead,
    matches: null,
    quotes: null,
    refusedCount: file.refusedCount,
    refused: file.refused.slice(0, notesKept),
    warningCount: file.warningCount,
    warnings: file.warnings.slice(0, notesKept),
    conflicts: [],
    newTeams: [],
    unresolved: rows.map(({ name, suggestions }) => ({ name, suggestions: [...suggestions] })),
  };
}
