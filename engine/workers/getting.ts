import { buffersOfResult, readSourceFile } from '../football/getting/reading.ts';
import type { ParseTask } from '../football/getting/reading.ts';
import { serve, transfer } from './serve.ts';

/** Reads one file of a source and turns it into matches. */
export const parseFile = serve(async (task: ParseTask) => {
  const result = await readSourceFile(task);
  return transfer(result, buffersOfResult(result));
});
