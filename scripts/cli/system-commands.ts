import { Option } from 'commander';
import type { Command } from 'commander';
import { resolve } from 'node:path';
import { restoreBackup } from '../../db/backup.ts';
import { sports } from '../../engine/contract/domain.ts';
import type { Sport } from '../../engine/contract/domain.ts';
import { resolvePaths } from '../../engine/host/paths.ts';
import { createConsole, exitCodes, reportError } from './console.ts';
import { type Act, type GlobalOptions, type Session } from './session.ts';
import { workingFolder } from './working-folder.ts';

export function addSystemCommands(program: Command, act: Act, setExitCode: (code: number) => void): void {
  program.command('doctor').description('looks at everything the program stands on').action(act(doctor));
  program
    .command('backup')
    .description('writes a checked copy of the database')
    .option('--to <folder>', 'folder; default the backups folder of the home')
    .action((options: { to?: string }) => act((session) => backup(session, options.to))());
  program
    .command('restore')
    .description('puts a backup in the place of the database; the present one is set aside')
    .argument('<file>', 'the backup')
    .action((file: string) => {
      setExitCode(restore(program.opts<GlobalOptions>(), file));
    });
  addTeamCommands(program, act);
  addSettingCommands(program, act);
}

async function doctor({ host, console }: Session): Promise<number> {
  const report = await host.client.system.doctor();
  console.document(report);
  const marks = { pass: '✓', warn: '!', fail: '✗' };
  for (const { name, status, message } of report.findings)
    console.line(`${marks[status]} ${name.padEnd(10)} ${message}`);
  return report.healthy ? exitCodes.done : exitCodes.error;
}

async function backup({ host, console }: Session, folder: string | undefined): Promise<undefined> {
  const made = await host.client.system.backup(folder ? { folder: resolve(workingFolder, folder) } : {});
  console.document(made);
  console.line(made.file);
}

function restore(options: GlobalOptions, file: string): number {
  const console = createConsole({ json: options.json === true, language: options.lang ?? 'en' });
  try {
    const paths = resolvePaths({ home: options.home, workingFolder });
    const { setAside } = restoreBackup(resolve(workingFolder, file), paths.database);
    console.document({ database: paths.database, setAside: setAside ?? null });
    console.line(paths.database);
    if (setAside) console.line(console.locale.t('cli.set-aside', { path: setAside }));
    return exitCodes.done;
  } catch (error) {
    return reportError(console, error);
  }
}

function addTeamCommands(program: Command, act: Act): void {
  const teams = program.command('teams').description('team names that a source uses and nobody knows yet');
  teams.command('unresolved', { isDefault: true }).action(
    act(async ({ host, console }) => {
      const names = await host.client.teams.unresolved();
      console.document(names);
      if (names.length === 0) console.line(console.locale.t('cli.no-unresolved'));
      for (const { source, sport, country, name, suggestions } of names) {
        console.line(
          `${source} ${sport} ${country} "${name}": ${suggestions.map(({ team }) => `"${team}"`).join(', ')}`,
        );
      }
      return exitCodes.done;
    }),
  );
  teams
    .command('alias')
    .description('says which team a source means by a name')
    .argument('<source>')
    .argument('<country>')
    .argument('<name>')
    .argument('<team>')
    .addOption(new Option('--sport <sport>', 'sport of the team').choices(sports).default('football'))
    .action((...words: [string, string, string, string, { sport: Sport }]) =>
      act(async ({ host, console }) => {
        const [source, country, name, team, { sport }] = words;
        const added = await host.client.teams.addAlias({ source, sport, country, name, team });
        console.document(added);
        console.line(`${name} = ${team}`);
        return exitCodes.done;
      })(),
    );
}

function addSettingCommands(program: Command, act: Act): void {
  const settings = program.command('settings').description('lists and sets settings');
  settings.command('list', { isDefault: true }).action(
    act(async ({ host, console }) => {
      const entries = await host.client.settings.list();
      console.document(entries);
      for (const { key, value, description } of entries)
        console.line(`${key} = ${JSON.stringify(value)}  ${description}`);
      return exitCodes.done;
    }),
  );
  settings
    .command('set')
    .argument('<key>')
    .argument('<value>', 'as JSON, or plain text')
    .action((key: string, text: string) =>
      act(async ({ host, console }) => {
        const set = await host.client.settings.set({ key, value: parseValue(text) });
        console.document(set);
        console.line(`${key} = ${JSON.stringify(set.value)}`);
        return exitCodes.done;
      })(),
    );
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
