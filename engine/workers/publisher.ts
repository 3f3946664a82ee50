import { openReader } from '../../db/client.ts';
import { previewDocument } from '../football/publisher/preview.ts';
import type { PreviewTask } from '../football/publisher/preview.ts';
import { renderReports } from '../football/publisher/reports/render.ts';
import type { ReportTask } from '../football/publisher/reports/render.ts';
import { renderDay } from '../football/publisher/render.ts';
import type { RenderTask } from '../football/publisher/render.ts';
import { createSettledAhead } from '../football/publisher/settled-ahead.ts';
import { serve } from './serve.ts';

/** The run whose days this thread makes, and what it has read for them. */
let current = { run: -1, readSettled: createSettledAhead() };

/** Reads one day of a run and hands back its documents as texts and bytes; the files are written by whoever asked. */
export const renderDocuments = serve(async (task: RenderTask & { readonly run: number }) => {
  if (task.run !== current.run) current = { run: task.run, readSettled: createSettledAhead() };
  using database = openReader(task.database);
  return await renderDay(database, task, current.readSettled);
});

/** One document as it would be written now, in UTF-8 where it is text. */
export const previewOne = serve(async (task: PreviewTask) => {
  using database = openReader(task.database);
  const content = await previewDocument(database, task);
  return typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
});

/** The reports that were asked for, as texts and bytes. */
export const writeReports = serve(async (task: ReportTask) => {
  using database = openReader(task.database);
  return await renderReports(database, task);
});
