import { accessSync, constants, existsSync, mkdirSync, statfsSync, statSync } from 'node:fs';
import { schemaVersion } from '../../db/migration-files.ts';
import { countHoldings } from '../../db/queries/football/forecast.ts';
import { listRuns } from '../../db/queries/runs.ts';
import { countTrackingCalls } from '../../db/queries/tracking-calls.ts';
import { toAppError } from '../contract/errors.ts';
import type { DoctorFinding } from '../contract/system.ts';
import type { EngineContext } from './engine-host.ts';
import { inOwnThread } from './own-thread.ts';

const megabyte = 1024 * 1024;

/** Looks at everything the program stands on. Nothing is changed but the home folder, which is made if missing. */
export async function examine(
  context: EngineContext,
  signal?: AbortSignal,
): Promise<{ healthy: boolean; findings: DoctorFinding[] }> {
  const findings: DoctorFinding[] = [];
  for (const { name, check } of checks) {
    try {
      findings.push({ name, ...(await check(context, signal)) });
    } catch (error) {
      signal?.throwIfAborted();
      findings.push({ name, status: 'fail', message: toAppError(error).message });
    }
  }
  return { healthy: findings.every((finding) => finding.status !== 'fail'), findings };
}

type Answer = Pick<DoctorFinding, 'status' | 'message'>;
const pass = (message: string): Answer => ({ status: 'pass', message });
const warn = (message: string): Answer => ({ status: 'warn', message });

interface Check {
  readonly name: string;
  check(context: EngineContext, signal: AbortSignal | undefined): Answer | Promise<Answer>;
}

const checks: readonly Check[] = [
  {
    name: 'node',
    check: () => pass(`Node ${process.versions.node} on ${process.platform} ${process.arch}`),
  },
  {
    name: 'home',
    check({ paths }) {
      mkdirSync(paths.home, { recursive: true });
      accessSync(paths.home, constants.R_OK | constants.W_OK);
      return pass(`${paths.home} can be written`);
    },
  },
  {
    name: 'disk',
    check({ paths }) {
      const { bavail, bsize } = statfsSync(paths.home);
      const free = Math.floor((bavail * bsize) / megabyte);
      return free < 1024 ? warn(`${free} MB are free; 1024 MB are advised`) : pass(`${free} MB are free`);
    },
  },
  {
    name: 'database',
    async check({ paths }, signal) {
      if (!existsSync(paths.database)) return warn('there is no database yet: run `getting` or `demo`');
      // The whole file is read: on a thread of its own, so that the screens are answered meanwhile.
      const version = await inOwnThread<number>(
        {
          worker: new URL('../workers/recovery.ts', import.meta.url),
          handler: 'checkDatabase',
          task: { database: paths.database },
        },
        signal,
      );
      const size = (statSync(paths.database).size / megabyte).toFixed(1);
      return version === schemaVersion()
        ? pass(`whole, ${size} MB, tables at version ${version}`)
        : warn(
            `whole, ${size} MB, tables at version ${version}; this program brings them to ${schemaVersion()}`,
          );
    },
  },
  {
    name: 'data',
    check(context) {
      if (!existsSync(context.paths.database)) return warn('no matches are held yet');
      const held = countHoldings(context.reader());
      const text = `${held.matches} matches of ${held.championships} championships, ${held.forecasts} forecasts`;
      return held.matches === 0 ? warn('no matches are held yet') : pass(text);
    },
  },
  {
    name: 'runs',
    check(context) {
      if (!existsSync(context.paths.database)) return pass('no runs yet');
      const unfinished = listRuns(context.reader(), { limit: 20 }).filter(
        (run) => run.state === 'failed' || run.state === 'interrupted',
      );
      const [newest] = unfinished;
      return newest
        ? warn(
            `run ${newest.id} (${newest.stage}) is ${newest.state}; \`runs resume ${newest.id}\` goes on with it`,
          )
        : pass('the last 20 runs came to their end');
    },
  },
  {
    name: 'tracking',
    check(context) {
      if (!existsSync(context.paths.database)) return pass('no experiments yet');
      const address = context.settings().get('tracking.mlflowAddress');
      const { pending, refused, problem } = countTrackingCalls(context.reader());
      const text = `${pending} calls wait for ${address === '' ? 'no MLflow server' : address}, ${refused} were refused`;
      if (problem !== null) return warn(`${text}; ${problem}`);
      return address === '' && pending === 0 ? pass('experiments are kept here alone') : pass(text);
    },
  },
];
