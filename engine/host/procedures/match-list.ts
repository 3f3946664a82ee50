import { readMatchNames } from '../../../db/queries/football/match-list.ts';
import { engine } from './engine.ts';

export const matchList = {
  page: engine.matches.page.handler(({ input, context }) =>
    context.matchList().page(context.reader(), input),
  ),
  choices: engine.matches.choices.handler(({ context }) => {
    const { championships, seasons } = readMatchNames(context.reader());
    return {
      championships: [...championships],
      seasons: [...new Set(seasons.map(({ code }) => code))].sort().reverse(),
    };
  }),
};
