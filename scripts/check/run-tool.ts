import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

export interface ToolResult {
  readonly code: number;
  readonly stdout: string;
  /** Both streams in the order they came, for showing. */
  readonly output: string;
}

/** Runs a tool out of `node_modules` by its script, with this Node, in the project's root; never throws. */
export function runTool(script: string, options: readonly string[]): Promise<ToolResult> {
  return new Promise((settle) => {
    const child = spawn(process.execPath, [resolve(root, 'node_modules', script), ...options], {
      cwd: root,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const stdout: Buffer[] = [];
    const output: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => {
      stdout.push(part);
      output.push(part);
    });
    child.stderr.on('data', (part: Buffer) => output.push(part));
    child.on('error', (error) => {
      settle({ code: 1, stdout: '', output: error.message });
    });
    child.on('close', (code) => {
      settle({
        code: code ?? 1,
        stdout: Buffer.concat(stdout).toString('utf8'),
        output: Buffer.concat(output).toString('utf8').trim(),
      });
    });
  });
}
