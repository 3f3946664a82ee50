import { readDayCounts } from '../../../db/queries/football/match-view.ts';
import type { Day } from '../../contract/domain.ts';
import { dayAt } from '../../contract/zones.ts';
import type { edgeRecord } from '../../football/views/edges.ts';
import { attention, dayResults, dayView } from '../../football/views/today.ts';
import type { EngineContext } from '../engine-host.ts';
import { engine } from './engine.ts';
import { answerView } from './views.ts';

const procedures = engine.today;

/** The day that is today in the analyst's zone. */
export function todayOf({ clock, settings }: EngineContext): Day {
  return dayAt(clock.now(), settings().get('zone'));
}

export const today = {
  day: procedures.day.handler(({ input, context }) => {
    const present = todayOf(context);
    return {
      today: present,
      zone: context.settings().get('zone'),
      now: context.clock.now(),
      ...dayView(context.reader(), input.day ?? present),
    };
  }),
  calendar: procedures.calendar.handler(({ input, context }) => readDayCounts(context.reader(), input)),
  results: procedures.results.handler(({ input, context }) => dayResults(context.reader(), input.before)),
  attention: procedures.attention.handler(({ context }) =>
    attention(context.reader(), { now: context.clock.now(), today: todayOf(context) }),
  ),
  edges: procedures.edges.handler(({ input, context }) =>
    answerView<ReturnType<typeof edgeRecord>>(context, 'edges', { before: input.before }),
  ),
};
