import { Option, type Command } from 'commander';
import { tuneParameters } from '../../engine/contract/stages.ts';
import type { TuningReport } from '../../engine/contract/tuning.ts';
import type { Locale } from '../../engine/documents/locale.ts';
import { startAndWatch } from './runs.ts';
import type { Act, Session } from './session.ts';
import { formatTable } from './tables.ts';
import { wholeNumber } from './values.ts';

export function addTuneCommand(program: Command, act: Act): void {
  const { family, sampler, pruner } = tuneParameters.shape;
  const choices = (name: string, description: string, of: readonly string[]) =>
    new Option(name, description).choices([...of]);
  const tune = program
    .command('tune')
    .description("searches a family's parameters, walk-forward on the seasons before the last")
    .addOption(choices('--family <name>', 'what is tuned', family.def.innerType.options))
    .option('--championship <code>', 'trained on and scored alone; default all together')
    .option('--trials <n>', 'how many parameter sets are tried', wholeNumber)
    .addOption(choices('--sampler <name>', 'how they are drawn', sampler.def.innerType.options))
    .addOption(choices('--pruner <name>', 'what ends hopeless trials early', pruner.def.innerType.options))
    .option('--parallel <n>', 'trials at once', wholeNumber)
    .option('--seed <n>', 'of the sampler', wholeNumber)
    .option('--preset <name>', 'search space')
    .option('--seasons <n>', 'seasons that are scored', wholeNumber);
  tune.action(() => act((session) => tuneCommand(session, tune.opts()))());
}

async function tuneCommand({ host, console }: Session, options: Record<string, unknown>): Promise<number> {
  const { run, exitCode } = await startAndWatch(host.client, console, { stage: 'tune', parameters: options });
  const report = run.result as TuningReport;
  console.document(report);
  for (const line of tuningLines(console.locale, report)) console.line(line);
  return exitCode;
}

/** What a study found, as tables and sentences; the number of trials stands beside the winner. */
export function tuningLines(locale: Locale, report: TuningReport): string[] {
  const { best, present, trials, folds, importances } = report;
  const loss = (value: number | null | undefined) =>
    value === null || value === undefined ? '–' : locale.number(value, 5);
  const t = (key: string, values: Record<string, string | number> = {}) =>
    locale.t(`cli.tuning.${key}`, values);
  const place = report.championship ?? locale.t('cli.models.pooled');
  const names = [...new Set(report.leading.flatMap((trial) => Object.keys(trial.parameters)))];
  const leading = formatTable(
    [
      [t('trial'), locale.t('cli.columns.log-loss'), ...names],
      ...report.leading.map((trial) => [
        String(trial.number),
        loss(trial.logLoss),
        ...names.map((name) => valueText(trial.parameters[name])),
      ]),
    ],
    ['right', 'right', ...names.map(() => 'right' as const)],
  );
  const bySeason = formatTable(
    [
      [locale.t('cli.columns.season'), t('training-matches'), t('matches'), t('present'), t('best')],
      ...folds.map((fold, at) => [
        fold.name,
        locale.integer(fold.trainingMatches),
        locale.integer(fold.matches),
        loss(present.folds[at]),
        loss(best.folds[at]),
      ]),
    ],
    ['left', 'right', 'right', 'right', 'right'],
  );
  return [
    t('title', { family: report.family, place, study: report.study, preset: report.preset }),
    t('counts', {
      asked: trials.asked,
      complete: trials.complete,
      pruned: trials.pruned,
      failed: trials.failed,
      sampler: report.sampler,
      pruner: report.pruner,
    }),
    '',
    ...leading,
    '',
    ...bySeason,
    '',
    t('winner', {
      trial: best.number,
      asked: trials.asked,
      best: loss(best.logLoss),
      present: loss(present.logLoss),
      difference: locale.number(best.logLoss! - present.logLoss, 5),
    }),
    t('caution', { asked: trials.asked, sealed: report.sealed.join(', ') }),
    '',
    ...(importances
      ? [
          ...formatTable(
            [
              [t('parameter'), t('share')],
              ...importances.parameters.map(({ name, share }) => [name, locale.percent(share)]),
            ],
            ['left', 'right'],
          ),
          t('explained', { explained: locale.number(importances.explained, 2), trials: importances.trials }),
        ]
      : [t('no-importances')]),
    '',
    t('use', { family: report.family, study: report.study }),
  ];
}

/** As it is written in settings, whatever the language. */
function valueText(value: number | string | boolean | undefined): string {
  if (value === undefined) return '–';
  return typeof value === 'number' && !Number.isInteger(value)
    ? String(Number(value.toPrecision(3)))
    : String(value);
}
