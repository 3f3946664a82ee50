import { readMatchNames } from '../../../db/queries/football/match-list.ts';
import { MatchList } from '../../football/browsing/match-list.ts';
import type { EngineContext } from '../engine-host.ts';
import { engine } from './engine.ts';

const lists = new WeakMap<EngineContext, MatchList>();

/** One list per engine: what it has read serves every screen. */
function listOf(context: EngineContext): MatchList {
  let list = lists.get(context);
  if (list === undefined) lists.set(context, (list = new MatchList()));
  return list;
}

export const matchList = {
  page: engine.matches.page.handler(({ input, context }) => listOf(context).page(context.reader(), input)),
  choices: engine.matches.choices.handler(({ context }) => {
    const { championships, seasons } = readMatchNames(context.reader());
    return {
      championships: [...championships],
      seasons: [...new Set(seasons.map(({ code }) => code))].sort().reverse(),
    };
  }),
};
