import { readSourceFile } from '../football/getting/reading.ts';
import type { ParseTask } from '../football/getting/reading.ts';
import { writeSheet, type WorkbookTask } from '../football/getting/imports/uploads.ts';
import { serve, transfer } from './serve.ts';

/** Reads one file of a source and turns it into matches. */
export const parseFile = serve(async (task: ParseTask) => transfer(await readSourceFile(task)));

/** Writes a sheet of a workbook beside it as a table of texts, and answers which sheets there are. */
export const tableOfWorkbook = serve((task: WorkbookTask) => writeSheet(task));
