import { Command, CommanderError, Option } from 'commander';
import { languages } from '../../engine/contract/domain.ts';
import { addChannelCommands } from './channel-commands.ts';
import { exitCodes } from './console.ts';
import { addEvaluationCommand } from './evaluation-command.ts';
import { addMonitorCommands } from './monitor-command.ts';
import { addExperimentCommands } from './experiment-commands.ts';
import { addExplainCommand } from './explain-command.ts';
import { addModelCommands } from './model-commands.ts';
import { addProjectCommands } from './project-commands.ts';
import { addRunCommands } from './run-commands.ts';
import { addScheduleCommands } from './schedule-commands.ts';
import { inSession, type Act, type GlobalOptions } from './session.ts';
import { addStageCommands } from './stage-commands.ts';
import { addSystemCommands } from './system-commands.ts';
import { addTuneCommand } from './tune-command.ts';

/** All commands. `setExitCode` is told what the one that ran came to. */
export function createProgram(setExitCode: (code: number) => void): Command {
  const program = new Command('auspex')
    .description('Fetches matches, forecasts them and keeps score of itself.')
    .option(
      '--home <folder>',
      'where everything is kept; default AUSPEX_HOME, else the application-data folder',
    )
    .option('--json', 'the result as one JSON document on standard output')
    .addOption(new Option('--lang <language>', 'language of messages').choices([...languages]))
    .exitOverride()
    .showHelpAfterError('(auspex --help shows the commands)');
  const act: Act = (work) => async () => {
    setExitCode(await inSession(program.opts<GlobalOptions>(), work));
  };
  addStageCommands(program, act);
  addEvaluationCommand(program, act);
  addMonitorCommands(program, act);
  addExplainCommand(program, act);
  addTuneCommand(program, act);
  addRunCommands(program, act);
  addModelCommands(program, act);
  addExperimentCommands(program, act);
  addChannelCommands(program, act);
  addScheduleCommands(program, act);
  addSystemCommands(program, act, setExitCode);
  addProjectCommands(program, setExitCode);
  return program;
}

/** Runs one command and answers its exit code: 0 done, 1 error, 2 usage, 130 cancelled. */
export async function runCommandLine(words: readonly string[]): Promise<number> {
  let exitCode: number = exitCodes.done;
  const program = createProgram((code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    throw error;
  }
}
