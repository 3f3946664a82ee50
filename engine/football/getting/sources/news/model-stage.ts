import { unscoredNews } from '../../../../../db/queries/football/news.ts';
import { storeNewsScore } from '../../../../../db/storage/football/team-facts.ts';
import { toAppError } from '../../../../contract/errors.ts';
import { openSettings } from '../../../../runtime/settings.ts';
import type { StageContext } from '../../../../runtime/stage.ts';
import { askModel } from './model-scorer.ts';

/** So many items are scored in one run, the newest first. */
const mostItems = 200;
/** After so many failures in a row the model is left alone. */
const patience = 3;

/**
 * Has the model that the settings name score the items it has not scored yet. Without one this does nothing; a model that
 * fails is a warning, for the lexicon has scored the items already. A score is known from the run's instant on.
 */
export async function scoreByModel(context: StageContext): Promise<void> {
  const { database, instant, signal } = context;
  const settings = openSettings(database, { now: () => instant });
  const address = settings.get('news.modelAddress');
  const model = settings.get('news.modelName');
  if (address === '' || model === '') return;
  const scorer = `model:${model}`;
  const items = unscoredNews(database, { scorer, limit: mostItems });
  let failures = 0;
  for (const [index, { id, title, text }] of items.entries()) {
    if (signal.aborted || failures >= patience) return;
    try {
      const score = await askModel({ address, model, signal }, `${title}\n\n${text}`);
      storeNewsScore(database, id, { scorer, knownAt: instant, score });
      failures = 0;
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.code === 'CANCELLED') return;
      failures++;
      context.log('warn', `A news item was not scored by ${model}: ${error.message}`, { code: error.code });
    }
    context.progress({ phase: 'scoring', done: index + 1, total: items.length });
  }
}
