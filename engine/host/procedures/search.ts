import { dayAt } from '../../contract/zones.ts';
import { searchObjects } from '../../football/search/search-objects.ts';
import { engine } from './engine.ts';

export const search = {
  objects: engine.search.objects.handler(({ input, context }) =>
    searchObjects(context.reader(), {
      ...input,
      day: dayAt(context.clock.now(), context.settings().get('zone')),
    }),
  ),
};
