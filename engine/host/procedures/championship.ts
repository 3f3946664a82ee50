import type { ForecastRecord, Projection } from '../../contract/championship.ts';
import type { RatingSeries } from '../../contract/match.ts';
import {
  championshipList,
  findSeason,
  homeAdvantage,
  showChampionship,
} from '../../football/views/championship.ts';
import { engine } from './engine.ts';
import { todayOf } from './today.ts';
import { answerView } from './views.ts';

const procedures = engine.championship;

export const championship = {
  list: procedures.list.handler(({ context }) => championshipList(context.reader())),
  show: procedures.show.handler(({ input, context }) => {
    const today = todayOf(context);
    return { today, ...showChampionship(context.reader(), { ...input, asOf: input.asOf ?? today }) };
  }),
  projection: procedures.projection.handler(({ input, context }) => {
    const about = { ...input, asOf: input.asOf ?? todayOf(context) };
    findSeason(context.reader(), about);
    return answerView<Projection>(context, 'projection', about);
  }),
  ratings: procedures.ratings.handler(({ input, context }) => {
    const about = { ...input, asOf: input.asOf ?? todayOf(context) };
    findSeason(context.reader(), about);
    return answerView<RatingSeries[]>(context, 'championshipRatings', about);
  }),
  homeAdvantage: procedures.homeAdvantage.handler(({ input, context }) =>
    homeAdvantage(context.reader(), input.code),
  ),
  record: procedures.record.handler(({ input, context }) => {
    const about = { code: input.code, asOf: todayOf(context) };
    findSeason(context.reader(), about);
    return answerView<ForecastRecord[]>(context, 'championshipRecord', about);
  }),
};
