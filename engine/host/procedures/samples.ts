import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { sampleHoldings } from '../../../db/queries/football/sample.ts';
import {
  forgetSourceFiles,
  removeSampleChampionships,
  removeSampleMatches,
} from '../../../db/storage/football/sample.ts';
import { dayAt } from '../../contract/zones.ts';
import { makeSample } from '../../football/getting/sample/make-sample.ts';
import type { EngineContext } from '../engine-host.ts';
import { engine } from './engine.ts';

const procedures = engine.samples;

/** Matches removed at a time, so that other calls are answered in between. */
const batch = 50;

export const samples = {
  status: procedures.status.handler(({ context }) => {
    const holdings = sampleHoldings(context.reader());
    return { isPresent: holdings.championships.length > 0, ...holdings };
  }),
  create: procedures.create.handler(async ({ context }) => {
    const folder = sampleFolder(context);
    await makeSample({ today: dayAt(context.clock.now(), 'UTC'), folder });
    const parameters = { source: 'football-data', from: folder };
    return { runId: context.runs().start('pipeline', parameters).id };
  }),
  remove: procedures.remove.handler(async ({ context }) => {
    const { matches, championships } = sampleHoldings(context.reader());
    if (championships.length === 0) return { matches: 0 };
    while (removeSampleMatches(context.writer(), batch) > 0) await setImmediate();
    removeSampleChampionships(context.writer());
    forgetSourceFiles(context.writer(), sampleFolder(context));
    return { matches };
  }),
};

function sampleFolder({ paths }: EngineContext): string {
  return join(paths.home, 'sample');
}
