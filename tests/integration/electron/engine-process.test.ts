import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { EventEmitter } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { expect, test, vi } from 'vitest';
import type { FromEngine, ToEngine } from '../../../engine/contract/engine-process.ts';
import type { EngineClient } from '../../../engine/host/engine-host.ts';
import { speakTo } from '../../../electron/engine-process/parent.ts';
import { runEngine } from '../../../electron/engine-process/run-engine.ts';
import { ShellSecrets } from '../../../electron/engine-process/shell-secrets.ts';
import { WorkReport } from '../../../electron/engine-process/work-report.ts';
import { hearEngine } from '../../../electron/main/engine-messages.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

vi.mock('electron', () => import('../../fixtures/electron.ts'));

/** A shell without Electron: what the engine says arrives in `said`, in order. */
function shellOf() {
  const port = Object.assign(new EventEmitter(), { postMessage: (message: FromEngine) => void say(message) });
  const said: FromEngine[] = [];
  const waiting: { kind: string; resolve(): void }[] = [];
  const exits = Promise.withResolvers<number>();
  const secrets = new Map<string, string>();
  const vault = {
    get: (name: string) => Promise.resolve(secrets.get(name)),
    set: (name: string, secret: string) => Promise.resolve(void secrets.set(name, secret)),
    remove: (name: string) => Promise.resolve(void secrets.delete(name)),
    names: () => Promise.resolve([...secrets.keys()]),
  };
  const tell = (data: ToEngine | undefined, ports: unknown[] = []): void => {
    port.emit('message', { data, ports });
  };
  const say = (message: FromEngine): void => {
    said.push(message);
    hearEngine(message, tell, {
      vault,
      onSettings: () => undefined,
      onWork: () => undefined,
      onRunEnded: () => undefined,
      onAlert: () => undefined,
      onFolders: () => undefined,
    });
    for (const one of waiting) if (one.kind === message.kind) one.resolve();
  };
  runEngine(speakTo(port as never), (code) => {
    exits.resolve(code);
  });
  const heard = (kind: FromEngine['kind']): Promise<void> =>
    said.some((message) => message.kind === kind)
      ? Promise.resolve()
      : new Promise((resolve) => waiting.push({ kind, resolve }));
  return { said, tell, heard, secrets, ended: exits.promise };
}

test('the engine starts, serves every port it is handed, keeps its secrets with the shell, and ends when told', async () => {
  using folder = temporaryFolder();
  const { said, tell, heard, secrets, ended } = shellOf();
  tell({ kind: 'start', home: folder.path, safeMode: true });
  await heard('ready');
  expect(said.find(({ kind }) => kind === 'settings')).toMatchObject({
    settings: {
      ...{ language: 'en', closeToTray: false, offline: false },
      notices: { longRuns: true, failedRuns: true, alerts: true, quietHours: '', zone: 'UTC' },
    },
  });
  const clients = [0, 1].map(() => {
    const { port1, port2 } = new MessageChannel();
    tell({ kind: 'connect' }, [port1]);
    return { client: createORPCClient<EngineClient>(new RPCLink({ port: port2 })), port: port2 };
  });
  const homes = await Promise.all(clients.map(async ({ client }) => (await client.system.about()).home));
  expect(homes).toEqual([folder.path, folder.path]);
  const { client } = clients[0]!;
  await client.channels.put({ name: 'posts', kind: 'folder', settings: { folder: folder.join('posts') } });
  await client.channels.setSecret({ name: 'posts', what: 'token', secret: 'S3CRET' });
  expect([...secrets]).toEqual([['channel.posts.token', 'S3CRET']]);
  await client.settings.set({ key: 'language', value: 'ru' });
  await vi.waitFor(() => {
    expect(said.filter(({ kind }) => kind === 'settings').at(-1)).toMatchObject({
      settings: { language: 'ru' },
    });
  });
  for (const { port } of clients) port.close();
  tell({ kind: 'stop' });
  expect(await ended).toBe(0);
});

test('messages that make no sense are left alone', async () => {
  using folder = temporaryFolder();
  const silence = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const { said, tell, heard, ended } = shellOf();
  for (const nonsense of [undefined, 7, {}, { kind: 'start', home: 7 }, { kind: 'connect', more: 1 }])
    tell(nonsense as never);
  tell({ kind: 'secret-answer', id: 99, value: null });
  tell({ kind: 'start', home: folder.path, safeMode: false });
  await heard('ready');
  tell({ kind: 'connect' });
  tell({ kind: 'power', change: 'suspend' });
  expect(said.some(({ kind }) => kind === 'failed')).toBe(false);
  tell({ kind: 'stop' });
  expect(await ended).toBe(0);
  silence.mockRestore();
});

test('an engine that cannot start says why, with its code, and ends', async () => {
  using folder = temporaryFolder();
  const { writeFileSync } = await import('node:fs');
  writeFileSync(folder.join('file'), '');
  const { said, tell, ended } = shellOf();
  tell({ kind: 'start', home: folder.join('file'), safeMode: false });
  expect(await ended).toBe(1);
  expect(said.at(-1)).toMatchObject({ kind: 'failed' });
});

test('a secret that the shell refuses is refused here too, with the shell’s words', async () => {
  const asked: { id: number }[] = [];
  const secrets = new ShellSecrets((question) => asked.push(question));
  const answer = secrets.get('channel.mail.password');
  secrets.hear({ kind: 'secret-answer', id: asked[0]!.id, value: null, refusal: 'No place for secrets.' });
  await expect(answer).rejects.toMatchObject({
    code: 'CONFIGURATION_INVALID',
    message: 'No place for secrets.',
  });
});

test('work is counted by whole runs, and a run that is over is told of once with how long it took', () => {
  const told: FromEngine[] = [];
  let now = 1000;
  const report = new WorkReport(
    (message) => told.push(message),
    () => now,
    (code) => `Words of ${code}.`,
  );
  const run = (runId: number, state: 'queued' | 'running' | 'done' | 'failed', given: object = {}) => ({
    kind: 'run' as const,
    run: {
      runId,
      parentId: null,
      stage: 'pipeline' as const,
      state,
      phase: null,
      done: 0,
      total: 0,
      errorCode: null,
      ...given,
    },
  });
  report.hear({ kind: 'hello', startedAt: 0, version: '1', runs: [] });
  report.hear(run(1, 'running'));
  report.hear(run(2, 'running', { parentId: 1, stage: 'getting', done: 5, total: 10 }));
  report.hear(run(3, 'queued'));
  report.hear(run(1, 'running', { done: 1, total: 4 }));
  now = 5000;
  report.hear(run(1, 'done', { done: 4, total: 4 }));
  report.hear(run(3, 'failed', { errorCode: 'DISK_WRITE_FAILED' }));
  report.hear({ kind: 'alert', title: 'Matches are there twice.', address: '/monitoring' });
  expect(told.filter(({ kind }) => kind === 'alert')).toEqual([
    { kind: 'alert', title: 'Matches are there twice.', address: '/monitoring' },
  ]);
  expect(told.filter(({ kind }) => kind === 'run-ended')).toEqual([
    {
      kind: 'run-ended',
      runId: 1,
      stage: 'pipeline',
      state: 'done',
      durationMs: 4000,
      errorCode: null,
      errorText: null,
    },
    expect.objectContaining({ runId: 3, state: 'failed', errorText: 'Words of DISK_WRITE_FAILED.' }),
  ]);
  expect(told.filter(({ kind }) => kind === 'work').map((work) => Object.values(work).slice(1))).toEqual([
    [0, 0, null],
    [1, 0, null],
    [1, 0, null],
    [1, 1, null],
    [1, 1, 0.25],
    [0, 1, null],
    [0, 0, null],
  ]);
});
