import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { dayAt } from '../../engine/contract/zones.ts';
import { fromEngineSchema, type FromEngine, type ToEngine } from '../../engine/contract/engine-process.ts';
import { makeSample, samplePipelines } from '../../engine/football/getting/sample/make-sample.ts';
import type { EngineClient } from '../../engine/host/engine-host.ts';

/** Plays the shell to a built engine: `node engine-trial-process.ts ENTRY HOME`. The last line written is the result. */
const [entry = '', home = ''] = process.argv.slice(2);

const heard = new EventEmitter();
/** What Electron gives a process that it forks. */
const parentPort = Object.assign(new EventEmitter(), {
  postMessage(message: unknown) {
    heard.emit('message', fromEngineSchema.parse(message));
  },
});
const tell = (data: ToEngine, ports: readonly MessagePort[] = []): void => {
  parentPort.emit('message', { data, ports });
};
const ready = new Promise<void>((resolve, reject) => {
  heard.on('message', (message: FromEngine) => {
    if (message.kind === 'failed') reject(new Error(`${message.code}: ${message.message}`));
    if (message.kind === 'ready') resolve();
  });
});

Object.assign(process, { parentPort });
await import(pathToFileURL(entry).href);
tell({ kind: 'start', home, safeMode: false });
await ready;

const { port1, port2 } = new MessageChannel();
tell({ kind: 'connect' }, [port1]);
port2.start();
const client: EngineClient = createORPCClient(new RPCLink({ port: port2 }));

const folder = join(home, 'sample');
await makeSample({ today: dayAt(Date.now(), 'UTC'), folder });
const [plan] = samplePipelines(folder);
const parameters = { ...plan, championships: plan!.championships.slice(0, 1), scope: 'all-time' };
const { runId } = await client.runs.start({ stage: 'pipeline', parameters });
for await (const event of await client.runs.watch({ runId }))
  if (event.kind === 'log') process.stderr.write(`${event.line.message}\n`);
const { run, children } = await client.runs.show({ runId });
const states = Object.fromEntries([run, ...children].map(({ stage, state }) => [stage, state]));
const forecasts = await client.matches.next({ limit: 1000 });
const documents = await client.system.documents({ limit: 10_000 });
process.stdout.write(
  `${JSON.stringify({ states, forecasts: forecasts.length, documents: documents.length })}\n`,
);
tell({ kind: 'stop' });
