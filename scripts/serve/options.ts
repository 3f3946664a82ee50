import { parseArgs } from 'node:util';
import { AppError } from '../../engine/contract/errors.ts';
import { resolve } from 'node:path';
import { workingFolder } from '../cli/working-folder.ts';

export interface ServeOptions {
  readonly home: string | undefined;
  /** 0 for any free port. */
  readonly port: number;
  readonly opens: boolean;
  /** The folder of screens that were built elsewhere. */
  readonly screens: string | undefined;
}

/** @throws AppError `USAGE` */
export function readServeOptions(given: readonly string[]): ServeOptions {
  try {
    const { values } = parseArgs({
      args: [...given],
      allowNegative: true,
      options: {
        home: { type: 'string' },
        port: { type: 'string', default: '0' },
        open: { type: 'boolean', default: true },
        screens: { type: 'string' },
      },
    });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) {
      throw new AppError('USAGE', `'${values.port}' is no port: expected a number from 1 to 65535.`);
    }
    const screens = values.screens === undefined ? undefined : resolve(workingFolder, values.screens);
    const home = values.home === undefined ? undefined : resolve(workingFolder, values.home);
    return { home, port, opens: values.open, screens };
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('USAGE', error instanceof Error ? error.message : String(error));
  }
}
