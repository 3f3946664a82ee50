import type { JsonValue } from '../../contract/domain.ts';
import type { EngineContext } from '../engine-host.ts';

const worker = new URL('../../workers/views.ts', import.meta.url);

/** Raised when the form of any answer changes, so that kept ones of the old form are asked anew. */
const version = 1;

/** What a handler of the views' worker answers, worked out beside the runs and kept while the data stay as they are. */
export async function answerView<Answer>(
  context: EngineContext,
  handler: string,
  about: Readonly<Record<string, JsonValue | undefined>>,
): Promise<Answer> {
  const kind = `view.${handler}/${version}`;
  return (await context.analyses().answer<Answer>({ kind, about, worker, handler })).answer;
}
