import { readLastTraining } from '../../../db/queries/challengers.ts';
import { championshipsWithFeatures } from '../../../db/queries/football/processing.ts';
import { readAlertNews } from '../../../db/queries/monitoring.ts';
import { insertChallenger } from '../../../db/storage/monitoring.ts';
import { askedByDrift } from '../../monitoring/challenger.ts';
import type { EngineContext } from '../engine-host.ts';
import type { DecidedRun } from './steps.ts';

/** What standing alerts of drift ask for: the championships of their sports, all of them, and the findings. */
function asked(context: EngineContext) {
  const database = context.reader();
  const reasons = askedByDrift(readAlertNews(database, { isSeenToo: true }), {
    now: context.clock.now(),
    trainings: (sport) => readLastTraining(database, sport),
  });
  // A part of a sport's championships cannot say who is champion.
  const championships = championshipsWithFeatures(database)
    .filter(({ sport }) => reasons.has(sport))
    .map(({ code }) => code);
  return { championships, reasons: [...reasons.values()].flat() };
}

/** The features that challengers are to learn from, as the data stand now; undefined where no drift asks for any. */
export function decideFeatures(context: EngineContext): DecidedRun | undefined {
  const { championships } = asked(context);
  if (championships.length === 0) return undefined;
  return { stage: 'calculation', parameters: { scope: 'all-time', championships } };
}

/** The training of challengers; undefined where no drift asks for any. Who forecasts is the gate's to decide. */
export function decideChallenge(context: EngineContext): DecidedRun | undefined {
  const { championships, reasons } = asked(context);
  if (championships.length === 0) return undefined;
  return {
    stage: 'processing',
    parameters: { scope: 'all-time', championships },
    begun(runId) {
      insertChallenger(context.writer(), { runId, reasons });
    },
  };
}
