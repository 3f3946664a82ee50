import type { BatchBuilder } from './batch-builder.ts';
import type { LineNote, ParsedFile } from './source.ts';

/** Reports stay readable: of each kind so many remarks are kept, and the rest are counted. */
const keptNotes = 200;

/** Collects what a file's report will say about single lines. */
export interface NoteTaker {
  refuse(line: number, reason: string): void;
  /** Refuses what another day may accept: the same file must then be read again. */
  refuseForNow(line: number, reason: string): void;
  warn(line: number, reason: string): void;
  /** What the file was found to hold. */
  finish(rowsRead: number, builders: Iterable<BatchBuilder>): ParsedFile;
}

export function createNoteTaker(): NoteTaker {
  const refused: LineNote[] = [];
  const warnings: LineNote[] = [];
  let refusedCount = 0;
  let warningCount = 0;
  let isSettled = true;
  const refuse = (line: number, reason: string) => {
    refusedCount++;
    if (refused.length < keptNotes) refused.push({ line, reason });
  };
  return {
    refuse,
    refuseForNow(line, reason) {
      isSettled = false;
      refuse(line, reason);
    },
    warn(line, reason) {
      warningCount++;
      if (warnings.length < keptNotes) warnings.push({ line, reason });
    },
    finish: (rowsRead, builders) => ({
      batches: [...builders].filter(({ count }) => count > 0).map((builder) => builder.build()),
      rowsRead,
      isSettled,
      refused,
      refusedCount,
      warnings,
      warningCount,
    }),
  };
}
