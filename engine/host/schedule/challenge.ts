import { readLastTraining } from '../../../db/queries/challengers.ts';
import { championshipsWithFeatures } from '../../../db/queries/football/processing.ts';
import { readAlertNews } from '../../../db/queries/monitoring.ts';
import { insertChallenger } from '../../../db/storage/monitoring.ts';
import { askedByDrift } from '../../monitoring/challenger.ts';
import type { EngineContext } from '../engine-host.ts';
import type { DecidedRun } from './steps.ts';

/**
 * The training of challengers that standing alerts of drift ask for; undefined where none does. It covers all championships
 * of a sport, since a part of them cannot say who is champion; who forecasts is the gate's to decide.
 */
export function decideChallenge(context: EngineContext): DecidedRun | undefined {
  const database = context.reader();
  const asked = askedByDrift(readAlertNews(database, { isSeenToo: true }), {
    now: context.clock.now(),
    trainings: (sport) => readLastTraining(database, sport),
  });
  const championships = championshipsWithFeatures(database)
    .filter(({ sport }) => asked.has(sport))
    .map(({ code }) => code);
  if (championships.length === 0) return undefined;
  return {
    stage: 'processing',
    parameters: { scope: 'all-time', championships },
    begun(runId) {
      insertChallenger(context.writer(), { runId, reasons: [...asked.values()].flat() });
    },
  };
}
