import { openReader } from '../../db/client.ts';
import { renderDay } from '../football/publisher/render.ts';
import type { RenderTask } from '../football/publisher/render.ts';
import { serve } from './serve.ts';

/** Reads one day and hands back its documents as texts and bytes; the files are written by whoever asked. */
export const renderDocuments = serve(async (task: RenderTask) => {
  using database = openReader(task.database);
  return await renderDay(database, task);
});
