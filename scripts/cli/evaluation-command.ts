import type { Command } from 'commander';
import { join, resolve } from 'node:path';
import { AppError } from '../../engine/contract/errors.ts';
import type { EvaluationReport } from '../../engine/contract/evaluation.ts';
import { allFormats } from '../../engine/documents/registry.ts';
import { writeEvaluationReport } from '../../engine/football/evaluation/report/write.ts';
import { startAndWatch } from './runs.ts';
import { type Act, type Session } from './session.ts';
import { workingFolder } from './working-folder.ts';
import { evaluationTables } from './tables.ts';
import { list } from './values.ts';

/** Calendars, feeds, pictures and messages have nothing to show of an evaluation. */
const formats = allFormats.filter((format) => !['ics', 'rss', 'png', 'txt'].includes(format));

interface EvaluateOptions {
  readonly report?: readonly string[];
  readonly folder?: string;
  readonly from?: string;
  readonly to?: string;
  readonly championships?: readonly string[];
  readonly date?: string;
}

export function addEvaluationCommand(program: Command, act: Act): void {
  const command = program
    .command('evaluate')
    .description('scores the model walk-forward beside the base rate and the market')
    .option('--from <season>', 'first season scored, such as 2016/17')
    .option('--to <season>', 'last season scored')
    .option('--championships <codes>', 'comma-separated codes', list)
    .option('--date <day>', 'the day taken as today')
    .option(
      '--report <formats>',
      `writes the long report: ${formats.join(', ')}; several comma-separated`,
      list,
    )
    .option('--folder <folder>', 'where the report goes; default the documents folder');
  command.action(() => act((session) => evaluate(session, command.opts()))());
}

async function evaluate(session: Session, options: EvaluateOptions): Promise<number> {
  const { host, console, paths, zone } = session;
  const { report: wanted, folder, ...parameters } = options;
  const unknown = wanted?.find((format) => !formats.includes(format));
  if (unknown !== undefined || wanted?.length === 0) {
    throw new AppError('USAGE', `expected a report as ${formats.join(', ')}, got "${unknown ?? ''}"`);
  }
  const { run, exitCode } = await startAndWatch(host.client, console, {
    stage: 'evaluate',
    parameters: { ...parameters, details: wanted !== undefined },
  });
  const report = run.result as EvaluationReport;
  console.document(report);
  for (const line of evaluationTables(console.locale, report)) console.line(line);
  for (const { code, reason } of report.skipped) {
    console.note(`${code}: ${console.locale.t(`evaluation.scores.reasons.${reason}`)}`);
  }
  const apart = report.championships.flatMap(({ code, market }) => (market.closing ? [] : [code]));
  if (apart.length > 0) {
    console.note(console.locale.t('evaluation.scores.no-market', { codes: apart.join(', ') }));
  }
  if (report.leakAlarm) console.note(console.locale.t('cli.leak-alarm'));
  if (wanted) {
    const written = await writeEvaluationReport(report, {
      folder: folder === undefined ? join(paths.documents, 'evaluation') : resolve(workingFolder, folder),
      formats: wanted,
      locale: console.locale,
      made: { at: run.instant, day: run.today, zone },
    });
    for (const path of written) console.note(path);
  }
  return exitCode;
}
