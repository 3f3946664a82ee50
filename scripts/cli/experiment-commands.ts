import { InvalidArgumentError, type Command } from 'commander';
import {
  metricComparisons,
  type ExperimentRun,
  type ExperimentSearch,
} from '../../engine/contract/tracking.ts';
import type { Locale } from '../../engine/documents/locale.ts';
import { comparisonTable } from './model-tables.ts';
import type { Act, Session } from './session.ts';
import { formatTable } from './tables.ts';
import { wholeNumber } from './values.ts';

interface SearchOptions {
  readonly family?: string;
  readonly championship?: string;
  readonly state?: ExperimentSearch['state'];
  readonly tag?: Record<string, string>;
  readonly metric?: ExperimentSearch['metric'];
  readonly limit: number;
}

export function addExperimentCommands(program: Command, act: Act): void {
  const experiments = program
    .command('experiments')
    .description('what was tried, with which settings, and what came of it');
  experiments
    .command('list', { isDefault: true })
    .description('experiments; with a name or a condition their runs')
    .argument('[experiment]', 'name of an experiment')
    .option('--family <name>')
    .option('--championship <code>')
    .option('--state <state>', 'running, done, failed, cancelled or interrupted')
    .option('--tag <key=value>', 'a tag that a run bears; may be given again', readTag)
    .option('--metric <condition>', 'on a last value, such as "logLoss<0.98"', readMetric)
    .option('--limit <n>', 'how many', wholeNumber, 30)
    .action((experiment: string | undefined, options: SearchOptions) =>
      act((session) => list(session, experiment, options))(),
    );
  experiments
    .command('show')
    .description('one run with its metrics and artefacts')
    .argument('<run>', 'number of the experiment run', wholeNumber)
    .action((id: number) => act((session) => show(session, id))());
  experiments
    .command('compare')
    .description('runs side by side')
    .argument('<runs...>', 'numbers of experiment runs')
    .option('--diff', 'only what differs')
    .action((runs: string[], options: { diff?: true }) =>
      act((session) => compare(session, runs.map(wholeNumber), options.diff === true))(),
    );
  experiments
    .command('send')
    .description('sends what waits for the MLflow server of the settings')
    .action(act(send));
}

function readTag(text: string, earlier: Record<string, string> = {}): Record<string, string> {
  const [, key, value] = /^([^=]+)=(.*)$/.exec(text) ?? [];
  if (key === undefined || value === undefined) throw new InvalidArgumentError('expected key=value');
  return { ...earlier, [key]: value };
}

function readMetric(text: string): NonNullable<ExperimentSearch['metric']> {
  const [, key, is, value] = /^(.+?)\s*(<=|>=|<|>|=)\s*(-?[\d.eE+-]+)$/.exec(text) ?? [];
  const sign = metricComparisons.find((one) => one === is);
  if (key === undefined || sign === undefined || !Number.isFinite(Number(value))) {
    throw new InvalidArgumentError('expected a metric, a sign (<, <=, =, >=, >) and a number');
  }
  return { key, is: sign, value: Number(value) };
}

async function list(
  { host, console, zone }: Session,
  experiment: string | undefined,
  options: SearchOptions,
): Promise<undefined> {
  const { locale } = console;
  const { tag: tags, limit, ...conditions } = options;
  if (experiment === undefined && !tags && Object.keys(conditions).length === 0) {
    const experiments = await host.client.experiments.list();
    console.document(experiments);
    if (experiments.length === 0) console.line(locale.t('cli.no-experiments'));
    else {
      const head = ['experiment', 'runs', 'started'].map((key) => locale.t(`cli.columns.${key}`));
      const rows = experiments.map(({ name, runs, lastStartedAt }) => [
        name,
        locale.integer(runs),
        lastStartedAt === null ? '–' : locale.instant(lastStartedAt, zone),
      ]);
      for (const line of formatTable([head, ...rows], ['left', 'right', 'left'])) console.line(line);
    }
    return;
  }
  const search = {
    ...conditions,
    limit,
    ...(tags && { tags }),
    ...(experiment !== undefined && { experiment }),
  };
  const runs = await host.client.experiments.runs(search);
  console.document(runs);
  if (runs.length === 0) console.line(locale.t('cli.no-experiments'));
  else for (const line of runTable(locale, runs, zone)) console.line(line);
}

function runTable(locale: Locale, runs: readonly ExperimentRun[], zone: string): string[] {
  const head = ['run', 'experiment', 'name', 'state', 'started', 'seconds', 'metrics'];
  const rows = runs.map((run) => [
    String(run.id),
    run.experiment,
    run.name,
    locale.t(`cli.states.${run.state}`),
    locale.instant(run.startedAt, zone),
    run.finishedAt === null ? '–' : locale.number((run.finishedAt - run.startedAt) / 1000, 1),
    metricsOf(locale, run.metrics),
  ]);
  return formatTable(
    [head.map((key) => locale.t(`cli.columns.${key}`)), ...rows],
    ['right', 'left', 'left', 'left', 'left', 'right', 'left'],
  );
}

function metricsOf(locale: Locale, metrics: ExperimentRun['metrics']): string {
  const all = Object.entries(metrics);
  const shown = all.slice(0, 4).map(([key, value]) => `${key} ${figure(locale, value, 4)}`);
  return all.length > 4 ? `${shown.join(', ')}, …` : shown.join(', ');
}

function figure(locale: Locale, value: number | null, digits: number): string {
  if (value === null) return 'NaN';
  return Number.isInteger(value) ? locale.integer(value) : locale.number(value, digits);
}

async function show({ host, console, zone }: Session, id: number): Promise<undefined> {
  const { locale } = console;
  const { run, metrics, artefacts } = await host.client.experiments.show({ id });
  console.document({ run, metrics, artefacts });
  for (const line of runTable(locale, [run], zone)) console.line(line);
  console.line();
  const facts = { ...run.tags, data: run.dataHash, seed: run.seed, code: run.codeVersion };
  for (const [key, value] of Object.entries(facts)) if (value !== null) console.line(`${key} ${value}`);
  console.line(JSON.stringify(run.parameters));
  for (const [key, value] of Object.entries(run.metrics)) {
    const steps = metrics.filter((point) => point.key === key).length;
    console.line(`${key} ${figure(locale, value, 6)} ${locale.t('cli.experiment-steps', { count: steps })}`);
  }
  for (const { name, kind, bytes, path } of artefacts) {
    console.line(`${name} (${kind}, ${locale.integer(bytes)} B)${path === null ? '' : ` ${path}`}`);
  }
  if (run.errorCode !== null) console.line(`${run.errorCode}: ${run.errorMessage ?? ''}`);
}

async function compare(
  { host, console }: Session,
  ids: number[],
  differencesOnly: boolean,
): Promise<undefined> {
  const comparison = await host.client.experiments.compare({ ids, differencesOnly });
  console.document(comparison);
  for (const line of comparisonTable(console.locale, comparison)) console.line(line);
}

async function send({ host, console }: Session): Promise<undefined> {
  const counts = await host.client.experiments.send();
  console.document(counts);
  const { pending, sent, refused, problem } = counts;
  console.line(console.locale.t('cli.sent-calls', { pending, sent, refused }));
  if (problem !== null) console.note(problem);
}
