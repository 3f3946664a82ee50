import { openReader } from '../../db/client.ts';
import { scoreVersion, type CardScores } from '../football/evaluation/model-card.ts';
import { serve } from './serve.ts';

export const scoreCard = serve((task: { readonly database: string; readonly id: number }): CardScores => {
  using database = openReader(task.database);
  return scoreVersion(database, task.id);
});
