import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const stage = fileURLToPath(new URL('./engine-trial-process.ts', import.meta.url));

/** What a trial of a built engine came to. */
export interface EngineTrial {
  readonly states: Readonly<Record<string, string>>;
  readonly forecasts: number;
  readonly documents: number;
}

/**
 * Starts a built engine under Node as the shell would start it, calls it over a port, lets it work through a season of
 * its own (threads, migrations, texts, networks, documents and all that is read by path), and ends it.
 *
 * @param entry The built `electron/engine-process/index.js`.
 * @throws Error with what the engine said, if it does not come through
 */
export async function tryEngine(entry: string, home: string): Promise<EngineTrial> {
  const child = spawn(process.execPath, [stage, entry, home], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let said = '';
  child.stdout.on('data', (part: Buffer) => (out += part.toString('utf8')));
  child.stderr.on('data', (part: Buffer) => (said += part.toString('utf8')));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`The built engine ended with code ${String(code)}:\n${said}\n${out}`);
  return JSON.parse(out.trim().split('\n').at(-1)!) as EngineTrial;
}
