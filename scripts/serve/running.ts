import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { controlPath } from '../../engine/host/loopback/control.ts';
import { writeFileAtomic } from '../../engine/runtime/files.ts';

/** How a second start of the program finds the one that already serves the same home. Readable by its user alone. */
const recordSchema = z.object({ port: z.int().min(1).max(65_535), key: z.string().min(20) });
type RunningRecord = z.infer<typeof recordSchema>;

const recordPath = (home: string): string => join(home, 'workstation.json');

export async function recordRunning(home: string, record: RunningRecord): Promise<AsyncDisposable> {
  await writeFileAtomic(recordPath(home), `${JSON.stringify(record)}\n`, { mode: 0o600 });
  return { [Symbol.asyncDispose]: () => rm(recordPath(home), { force: true }) };
}

/** An address of the workstation that already serves this home; undefined where none does. */
export async function askRunning(home: string): Promise<string | undefined> {
  try {
    const { port, key } = recordSchema.parse(JSON.parse(await readFile(recordPath(home), 'utf8')));
    const response = await fetch(`http://127.0.0.1:${port}${controlPath}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(2000),
    });
    const address = URL.parse((await response.text()).trim());
    return response.ok && address?.hostname === '127.0.0.1' ? address.href : undefined;
  } catch {
    // No record, an unreadable one, or one that a program left behind that is no more.
    return undefined;
  }
}
