import { openReader } from '../../db/client.ts';
import type { Day, Instant } from '../contract/domain.ts';
import { watch } from '../football/watch/watch.ts';
import { serve } from './serve.ts';

export const lookAround = serve(
  (task: { readonly database: string; readonly today: Day; readonly instant: Instant }) => {
    using database = openReader(task.database);
    return watch(database, task);
  },
);
