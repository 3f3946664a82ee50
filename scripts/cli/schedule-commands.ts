import { Option, type Command } from 'commander';
import { taskKinds, type TaskKind } from '../../engine/contract/schedule.ts';
import { AppError } from '../../engine/contract/errors.ts';
import { exitCodes } from './console.ts';
import { keepSchedule } from './daemon.ts';
import { at, sentence } from './schedule-lines.ts';
import type { Act, Session } from './session.ts';
import { formatTable } from './tables.ts';
import { wholeNumber } from './values.ts';

/** The day that runs by itself. */
export function addScheduleCommands(program: Command, act: Act): void {
  const schedule = program
    .command('schedule')
    .description('tasks that run by themselves, and what came of them');
  const run = (work: (session: Session) => Promise<number | undefined>): Promise<void> => act(work)();

  schedule
    .command('list', { isDefault: true })
    .description('the tasks with their times')
    .action(() => run(list));
  schedule
    .command('set')
    .description('gives a task its times; a new name makes a new task')
    .argument('<name>')
    .argument('<cron>', 'minute hour day month weekday, such as "45 7 * * *", in the zone of the settings')
    .addOption(new Option('--kind <kind>', 'what it does; default as it was').choices([...taskKinds]))
    .option('--parameters <json>', 'what its kind may be told, as JSON', '{}')
    .action((name: string, cron: string, options: SetOptions) =>
      run((session) => set(session, { name, cron, ...options })),
    );
  for (const [word, enabled] of [
    ['enable', true],
    ['disable', false],
  ] as const) {
    schedule
      .command(word)
      .argument('<names...>', 'tasks, or "all"')
      .description(enabled ? 'switches tasks on' : 'switches tasks off')
      .action((names: string[]) => run((session) => enable(session, names, enabled)));
  }
  schedule
    .command('remove')
    .argument('<name>')
    .description('forgets a task; one that comes with the program goes back to how it came')
    .action((name: string) => run((session) => remove(session, name)));
  schedule
    .command('run')
    .argument('<name>')
    .description('runs a task now')
    .action((name: string) => run((session) => runNow(session, name)));
  schedule
    .command('occasions')
    .argument('[name]')
    .option('--limit <n>', 'how many', wholeNumber, 30)
    .description('when tasks ran and what came of it, newest first')
    .action((name: string | undefined, { limit }: { limit: number }) =>
      run((session) => occasions(session, name, limit)),
    );
  schedule
    .command('next')
    .option('--limit <n>', 'how many', wholeNumber, 10)
    .description('what is due next')
    .action(({ limit }: { limit: number }) => run((session) => next(session, limit)));
  program
    .command('daemon')
    .description('keeps the schedule until it is told to end (SIGTERM, Ctrl+C)')
    .action(() => run(keepSchedule));
}

interface SetOptions {
  readonly kind?: TaskKind;
  readonly parameters: string;
}

async function list({ host, console }: Session): Promise<undefined> {
  const answer = await host.client.schedule.list();
  console.document(answer);
  const { t } = console.locale;
  const rows = answer.tasks.map(({ name, kind, cron, enabled, nextAt, last }) => [
    name,
    kind,
    cron,
    t(enabled ? 'cli.schedule.on' : 'cli.schedule.off'),
    nextAt === null ? '' : at(nextAt, answer.zone),
    last === null ? '' : t(`cli.states.${last.state}`),
  ]);
  const head = ['task', 'kind', 'times', 'state', 'next', 'last'].map((key) => t(`cli.schedule.${key}`));
  for (const line of formatTable(
    [head, ...rows],
    head.map(() => 'left'),
  ))
    console.line(line);
  console.line(t('cli.schedule.zone', { zone: answer.zone }));
}

async function set(
  { host, console }: Session,
  { name, cron, kind, parameters }: SetOptions & { readonly name: string; readonly cron: string },
): Promise<undefined> {
  const before = (await host.client.schedule.list()).tasks.find((task) => task.name === name);
  const known = kind ?? before?.kind;
  if (known === undefined) throw new AppError('USAGE', `A new task needs --kind (${taskKinds.join(', ')}).`);
  const task = await host.client.schedule.set({ name, cron, kind: known, parameters: objectOf(parameters) });
  console.document(task);
  console.line(`${task.name}: ${task.cron}`);
}

function objectOf(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch (error) {
    throw new AppError('USAGE', 'The parameters are not JSON.', { cause: error });
  }
}

async function enable(
  { host, console }: Session,
  names: readonly string[],
  enabled: boolean,
): Promise<undefined> {
  const all = (await host.client.schedule.list()).tasks.map(({ name }) => name);
  const changed = [];
  for (const name of names.includes('all') ? all : names) {
    changed.push(await host.client.schedule.enable({ name, enabled }));
  }
  console.document(changed);
  const { t } = console.locale;
  for (const task of changed) {
    console.line(`${task.name}: ${t(task.enabled ? 'cli.schedule.on' : 'cli.schedule.off')}`);
  }
}

async function remove({ host, console }: Session, name: string): Promise<number | undefined> {
  const answer = await host.client.schedule.remove({ name });
  console.document(answer);
  return answer.removed ? undefined : exitCodes.error;
}

async function runNow({ host, console, zone }: Session, name: string): Promise<number | undefined> {
  const begun = await host.client.schedule.runNow({ name });
  const stop = (): void => void host.client.schedule.cancel({ id: begun.id });
  process.once('SIGINT', stop);
  try {
    const occasion = await host.client.schedule.finished({ id: begun.id });
    console.document(occasion);
    console.line(sentence(occasion, { console, zone }));
    if (occasion.state === 'done') return undefined;
    return occasion.state === 'cancelled' ? exitCodes.cancelled : exitCodes.error;
  } finally {
    process.off('SIGINT', stop);
  }
}

async function occasions(
  { host, console, zone }: Session,
  name: string | undefined,
  limit: number,
): Promise<undefined> {
  const found = await host.client.schedule.occasions({ limit, ...(name === undefined ? {} : { name }) });
  console.document(found);
  if (found.length === 0) console.line(console.locale.t('cli.schedule.none'));
  for (const occasion of found) console.line(sentence(occasion, { console, zone }));
}

async function next({ host, console, zone }: Session, limit: number): Promise<undefined> {
  const found = await host.client.schedule.next({ limit });
  console.document(found);
  if (found.length === 0) console.line(console.locale.t('cli.schedule.nothing'));
  for (const { task, dueAt } of found) console.line(`${at(dueAt, zone)}  ${task}`);
}
