import type { RatingSeries } from '../../contract/match.ts';
import { findTeam, showTeam, teamFacts, type teamRecord } from '../../football/views/team.ts';
import { addDays, startOfDay } from '../../contract/zones.ts';
import { engine } from './engine.ts';
import { todayOf } from './today.ts';
import { answerView } from './views.ts';

const procedures = engine.team;

export const team = {
  show: procedures.show.handler(({ input, context }) => {
    const today = todayOf(context);
    return { today, ...showTeam(context.reader(), input.teamId, today) };
  }),
  ratings: procedures.ratings.handler(({ input, context }) => {
    findTeam(context.reader(), input.teamId);
    return answerView<RatingSeries[]>(context, 'teamRatingsOf', { ...input, until: todayOf(context) });
  }),
  record: procedures.record.handler(({ input, context }) => {
    findTeam(context.reader(), input.teamId);
    return answerView<ReturnType<typeof teamRecord>>(context, 'teamRecordOf', input);
  }),
  facts: procedures.facts.handler(({ input, context }) => {
    const { asOf } = input;
    const zone = context.settings().get('zone');
    const until = asOf === undefined ? context.clock.now() : startOfDay(addDays(asOf, 1), zone);
    return teamFacts(context.reader(), input.teamId, until);
  }),
};
