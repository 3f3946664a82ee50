import { applicationVersion } from '../../../db/identity.ts';
import type { Explanation } from '../../contract/explanation.ts';
import type { RatingSeries } from '../../contract/match.ts';
import { jointOf } from '../../football/views/joint.ts';
import type { placedFeatures } from '../../football/views/league-place.ts';
import { findMatch, meetingsOf, rangesOf, showMatch } from '../../football/views/match.ts';
import { pricesOf } from '../../football/views/prices.ts';
import { provenanceOf } from '../../football/views/provenance.ts';
import { engine } from './engine.ts';
import { answerView } from './views.ts';

const procedures = engine.match;

export const match = {
  show: procedures.show.handler(({ input, context }) => showMatch(context.reader(), input.matchId)),
  joint: procedures.joint.handler(({ input, context }) => jointOf(context.reader(), input.matchId)),
  ranges: procedures.ranges.handler(({ input, context }) => rangesOf(context.reader(), input.matchId)),
  features: procedures.features.handler(({ input, context }) => {
    findMatch(context.reader(), input.matchId);
    return answerView<ReturnType<typeof placedFeatures>>(context, 'matchFeatures', input);
  }),
  ratings: procedures.ratings.handler(({ input, context }) => {
    findMatch(context.reader(), input.matchId);
    return answerView<RatingSeries[]>(context, 'matchRatings', input);
  }),
  explanation: procedures.explanation.handler(({ input, context }) => {
    findMatch(context.reader(), input.matchId);
    return answerView<Explanation>(context, 'explanation', input);
  }),
  meetings: procedures.meetings.handler(({ input, context }) => meetingsOf(context.reader(), input.matchId)),
  prices: procedures.prices.handler(({ input, context }) => pricesOf(context.reader(), input.matchId)),
  provenance: procedures.provenance.handler(({ input, context }) =>
    provenanceOf(context.reader(), input.matchId, applicationVersion),
  ),
};
