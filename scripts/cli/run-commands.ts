import type { Command } from 'commander';
import { setTimeout } from 'node:timers/promises';
import { recordOf } from './console.ts';
import { watchToTheEnd } from './runs.ts';
import type { Act, Session } from './session.ts';
import { summary } from './stage-commands.ts';
import { runsTable } from './tables.ts';
import { wholeNumber } from './values.ts';

export function addRunCommands(program: Command, act: Act): void {
  const runs = program.command('runs').description('lists, shows, resumes and cancels runs');
  runs
    .command('list', { isDefault: true })
    .option('--limit <n>', 'how many', wholeNumber, 20)
    .action((options: { limit: number }) => act((session) => listRuns(session, options.limit))());
  for (const [name, work] of Object.entries({ show: showRun, resume: resumeRun, cancel: cancelRun })) {
    runs
      .command(name)
      .argument('<run>', 'number of the run', wholeNumber)
      .action((runId: number) => act((session) => work(session, runId))());
  }
}

async function listRuns({ host, console, zone }: Session, limit: number): Promise<undefined> {
  const runs = await host.client.runs.list({ limit });
  console.document(runs);
  if (runs.length === 0) console.line(console.locale.t('cli.no-runs'));
  else for (const line of runsTable(console.locale, runs, zone)) console.line(line);
}

async function showRun({ host, console, zone }: Session, runId: number): Promise<undefined> {
  const report = await host.client.runs.show({ runId });
  console.document(report);
  for (const line of runsTable(console.locale, [report.run, ...report.children], zone)) console.line(line);
  for (const item of report.items.filter((one) => one.state !== 'done')) {
    console.line(`${item.key}: ${item.errorCode ?? item.state}: ${item.errorMessage ?? ''}`);
  }
  for (const line of report.log) console.line(`${line.level} ${line.code ?? ''} ${line.message}`);
}

async function resumeRun({ host, console }: Session, runId: number): Promise<number> {
  const resumed = await host.client.runs.resume({ runId });
  const { run, exitCode } = await watchToTheEnd(host.client, console, resumed.runId);
  console.document({ run: run.id, stage: run.stage, state: run.state, result: run.result });
  for (const line of summary(console, run.stage, run.result)) console.line(line);
  return exitCode;
}

/** Cancels a run, also one that another process is working on: that process is asked as Ctrl+C would ask it. */
async function cancelRun({ host, console }: Session, runId: number): Promise<undefined> {
  let state: string;
  try {
    ({ state } = await host.client.runs.cancel({ runId }));
  } catch (error) {
    const { code, detail } = recordOf(error);
    if (code !== 'DATABASE_BUSY' || typeof detail.pid !== 'number') throw error;
    state = await cancelElsewhere(host.client, runId, detail.pid);
  }
  console.document({ run: runId, state });
  console.line(`${runId}: ${console.locale.t(`cli.states.${state}`)}`);
}

const patienceMs = 10_000;

async function cancelElsewhere(
  client: Session['host']['client'],
  runId: number,
  pid: number,
): Promise<string> {
  const state = async () => (await client.runs.show({ runId })).run.state;
  const working = new Set(['queued', 'running']);
  if (!working.has(await state())) return state();
  process.kill(pid, 'SIGINT');
  for (let waited = 0; waited < patienceMs && working.has(await state()); waited += 100)
    await setTimeout(100);
  return state();
}
