import type { Command } from 'commander';
import { resolve } from 'node:path';
import { exportProject, importProject } from '../../db/project.ts';
import { resolvePaths } from '../../engine/host/paths.ts';
import type { Paths } from '../../engine/ports/index.ts';
import { createConsole, exitCodes, reportError, type Console } from './console.ts';
import type { GlobalOptions } from './session.ts';
import { workingFolder } from './working-folder.ts';

/** Commands that work on the file of the database itself, which therefore nothing here may have open. */
export function addProjectCommands(program: Command, setExitCode: (code: number) => void): void {
  const act = async (work: (paths: Paths, console: Console) => Promise<void>): Promise<void> => {
    const options = program.opts<GlobalOptions>();
    const console = createConsole({ json: options.json === true, language: options.lang ?? 'en' });
    try {
      await work(resolvePaths({ home: options.home, workingFolder }), console);
      setExitCode(exitCodes.done);
    } catch (error) {
      setExitCode(reportError(console, error));
    }
  };
  const project = program.command('project').description('takes everything to another home, as one file');
  project
    .command('export')
    .description('writes the database, checked and without secrets, into one file')
    .argument('<file>', 'a file that does not exist yet')
    .action((file: string) =>
      act(async ({ database }, console) => {
        const path = resolve(workingFolder, file);
        const manifest = await exportProject(database, path);
        console.document({ file: path, ...manifest });
        console.line(path);
      }),
    );
  project
    .command('import')
    .description('puts an exported project in the place of the database')
    .argument('<file>', 'what export wrote')
    .option('--replace', 'also where there is a database, which is set aside')
    .action((file: string, { replace = false }: { replace?: boolean }) =>
      act(async ({ database }, console) => {
        const done = await importProject(resolve(workingFolder, file), database, { replaces: replace });
        console.document({ database, setAside: done.setAside ?? null, ...done.manifest });
        console.line(database);
        if (done.setAside) console.line(console.locale.t('cli.set-aside', { path: done.setAside }));
      }),
    );
}
