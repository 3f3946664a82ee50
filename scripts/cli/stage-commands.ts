import { Option, type Command } from 'commander';
import { resolve } from 'node:path';
import { scopes } from '../../engine/contract/domain.ts';
import { oddsFormats } from '../../engine/contract/odds-format.ts';
import { reportKinds, type RunKind } from '../../engine/contract/stages.ts';
import type { TuningReport } from '../../engine/contract/tuning.ts';
import { allFormats, formats } from '../../engine/documents/registry.ts';
import type { Console } from './console.ts';
import { startAndWatch } from './runs.ts';
import { type Act, type Session } from './session.ts';
import { workingFolder } from './working-folder.ts';
import { forecastTable } from './tables.ts';
import { tuningLines } from './tune-command.ts';
import { list, wholeNumber } from './values.ts';

/** The five stages, all of them in a row, and what to look at afterwards. */
export function addStageCommands(program: Command, act: Act): void {
  stage(program, 'getting', 'reads matches and odds from a source').use(withSource, withScope, act);
  stage(program, 'calculation', 'standings, ratings and features as of each match').use(withScope, act);
  stage(program, 'processing', 'trains models walk-forward and stores their probabilities').use(
    withScope,
    act,
  );
  stage(program, 'forecast', 'calibrates, makes conformal sets, selects').use(withScope, act);
  stage(program, 'publisher', 'writes the forecast and result documents').use(withScope, withFormats, act);
  stage(program, 'pipeline', 'all five stages one after the other').use(withSource, withScope, act);

  const next = program
    .command('next')
    .description('the next matches and their forecasts')
    .option('--limit <n>', 'how many', wholeNumber, 30)
    .option('--date <day>', 'the day taken as today');
  next.action(() => act((session) => nextCommand(session, next.opts()))());
}

type OptionSet = (command: Command) => Command;

/** A command that starts a run of one kind with what its options say. */
function stage(program: Command, kind: RunKind, description: string) {
  const command = program.command(kind).description(description);
  return {
    use(...parts: [...OptionSet[], Act]): void {
      const act = parts.pop() as Act;
      for (const add of parts as OptionSet[]) add(command);
      command.action(
        act(async (session) => {
          const { run, exitCode } = await startAndWatch(session.host.client, session.console, {
            stage: kind,
            parameters: parametersOf(command.opts()),
          });
          session.console.document({ run: run.id, stage: kind, state: run.state, result: run.result });
          for (const line of summary(session.console, kind, run.result)) session.console.line(line);
          return exitCode;
        }),
      );
    },
  };
}

function withScope(command: Command): Command {
  return command
    .addOption(new Option('--scope <scope>', 'every season held, or what matters today').choices([...scopes]))
    .option('--championships <codes>', 'comma-separated codes', list)
    .option('--date <day>', 'the day taken as today');
}

function withFormats(command: Command): Command {
  return command
    .option(
      '--formats <names>',
      `comma-separated: ${allFormats.join(', ')}; default ${formats.join(',')}`,
      list,
    )
    .option('--languages <codes>', 'comma-separated; default all', list)
    .addOption(
      new Option('--odds <format>', 'how prices are written; default that of the settings').choices([
        ...oddsFormats,
      ]),
    )
    .option('--reports <names>', `comma-separated: ${reportKinds.join(', ')}; default none`, list)
    .option('--zone <zone>', 'time zone of all kick-offs; default that of each championship');
}

function withSource(command: Command): Command {
  return command
    .option('--source <name>', 'football-data, openfootball, baltbet, csv, facts or news')
    .option('--from <place>', 'a folder, a file or a base address')
    .option('--mapping <file>', 'mapping of the sources csv, facts and news')
    .option('--force', 'reads files again even when their content is known');
}

function parametersOf(options: Record<string, unknown>): Record<string, unknown> {
  const parameters = { ...options };
  if (typeof options.from === 'string' && !/^https?:\/\//i.test(options.from)) {
    parameters.from = resolve(workingFolder, options.from);
  }
  if (typeof options.mapping === 'string') parameters.mapping = resolve(workingFolder, options.mapping);
  return parameters;
}

/** Each stage's figures as lines: `name value`, nested names joined by dots. */
export function summary(console: Console, kind: RunKind, result: unknown): string[] {
  if (kind === 'tune') return tuningLines(console.locale, result as TuningReport);
  const parts =
    kind === 'pipeline' ? Object.entries(result as Record<string, unknown>) : [[kind, result] as const];
  return parts.map(
    ([name, value]) => `${console.locale.t(`cli.stages.${name}`)}: ${figures(value).join(', ')}`,
  );
}

function figures(value: unknown, name = ''): string[] {
  if (Array.isArray(value)) return [];
  if (value !== null && typeof value === 'object') {
    return Object.entries(value).flatMap(([key, inner]) => figures(inner, name ? `${name}.${key}` : key));
  }
  return value === null || value === undefined ? [] : [`${name} ${String(value)}`];
}

async function nextCommand(session: Session, options: { limit: number; date?: string }): Promise<undefined> {
  const { host, console, zone } = session;
  const forecasts = await host.client.matches.next(options);
  console.document(forecasts);
  if (forecasts.length === 0) console.line(console.locale.t('cli.no-fixtures'));
  else for (const line of forecastTable(console.locale, forecasts, zone)) console.line(line);
}
