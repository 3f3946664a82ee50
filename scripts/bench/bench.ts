import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** One measured row. */
export interface Bench {
  readonly name: string;
  readonly unit: string;
  /** The figure, in `unit`. */
  run(): Promise<number>;
  /** The same work by a public library, measured right after ours; undefined where it is not installed. */
  readonly peer?: { readonly name: string; run(): Promise<number | undefined> };
}

/** Where the peers' scripts may stand beside the project. */
export const peersFolder = resolve(import.meta.dirname, '../../../shared/peers');
export const footballFolder = resolve(import.meta.dirname, '../../../shared/data/football/main');

const pythons = [process.env['PYTHON'], 'python3', '/usr/bin/python3', 'python'];

/**
 * What a Python program prints, as JSON. The first Python that has the libraries is asked; undefined where there is none,
 * or where the peers are not beside the project.
 */
export async function askPython(
  parameters: readonly string[],
  options: { readonly input?: string } = {},
): Promise<unknown> {
  if (!existsSync(peersFolder)) return undefined;
  for (const python of pythons) {
    if (!python) continue;
    const printed = await run(python, parameters, options.input);
    if (printed !== undefined) return JSON.parse(printed) as unknown;
  }
  return undefined;
}

function run(python: string, parameters: readonly string[], input = ''): Promise<string | undefined> {
  return new Promise((done) => {
    const child = spawn(python, parameters, { cwd: peersFolder, stdio: ['pipe', 'pipe', 'ignore'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', () => {
      done(undefined);
    });
    child.once('close', (code) => {
      done(code === 0 ? Buffer.concat(chunks).toString() : undefined);
    });
    // A Python without the libraries ends before it has read everything.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
