import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { scheduleStorage } from '../../../db/storage/schedule.ts';
import { dayAt } from '../../../engine/contract/zones.ts';
import { makeSample } from '../../../engine/football/getting/sample/make-sample.ts';
import { createEngineHost } from '../../../engine/host/engine-host.ts';
import { resolvePaths } from '../../../engine/host/paths.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

const program = fileURLToPath(new URL('../../../scripts/cli.ts', import.meta.url));

test('the daemon goes through the sample’s day by itself and ends in good order when it is told to', async () => {
  using folder = temporaryFolder();
  const paths = resolvePaths({ home: folder.path });
  const today = dayAt(Date.now(), 'UTC');
  await makeSample({ today, folder: folder.join('sample') });
  const tasks = [
    ['results', 'fetch', { from: folder.join('sample'), scope: 'all-time', championships: ['X1'] }],
    ['retrain', 'retrain', {}],
    ['publish', 'publish', {}],
    ['monitor', 'monitor', {}],
  ] as const;
  {
    await using host = createEngineHost({ paths });
    const { client } = host;
    await client.channels.put({ name: 'shelf', kind: 'folder', settings: { folder: folder.join('shelf') } });
    const storage = scheduleStorage(host.context.writer());
    for (const [name, kind, parameters] of tasks) {
      await client.schedule.set({ name, kind, cron: '0 0 * * *', parameters });
      await client.schedule.enable({ name, enabled: true });
      // As if they had been switched on the day before yesterday: the daemon finds them due.
      storage.settle(name, Date.now() - 2 * 86_400_000);
    }
  }
  const daemon = spawn(process.execPath, [program, '--home', folder.path, 'daemon'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(daemon, 'exit');
  const lines: string[] = [];
  for await (const line of createInterface({ input: daemon.stdout })) {
    lines.push(line);
    if (line.includes('monitor  done')) daemon.kill('SIGTERM');
  }
  expect(await exit).toEqual([0, null]);
  expect(lines[0]).toBe('Keeping the schedule: 4 tasks, in the zone UTC.');
  expect(lines.filter((line) => line.includes('done')).map((line) => line.split('  ')[1])).toEqual(
    tasks.map(([name]) => name),
  );
  expect(lines.at(-1)).toBe('The schedule is no longer kept.');
  expect(existsSync(folder.join('documents', 'index.html'))).toBe(true);
  expect(existsSync(folder.join('shelf'))).toBe(true);
});

test('told to end in the middle of a run, the daemon leaves it to the next start', async () => {
  using folder = temporaryFolder();
  const paths = resolvePaths({ home: folder.path });
  await makeSample({ today: dayAt(Date.now(), 'UTC'), folder: folder.join('sample') });
  {
    await using host = createEngineHost({ paths });
    const parameters = { from: folder.join('sample'), scope: 'all-time', championships: ['X1', 'X2', 'X3'] };
    await host.client.schedule.set({ name: 'results', kind: 'fetch', cron: '0 0 * * *', parameters });
    await host.client.schedule.enable({ name: 'results', enabled: true });
    scheduleStorage(host.context.writer()).settle('results', Date.now() - 2 * 86_400_000);
  }
  const daemon = spawn(process.execPath, [program, '--home', folder.path, 'daemon'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(daemon, 'exit');
  for await (const line of createInterface({ input: daemon.stdout })) {
    if (line.includes('results  running')) daemon.kill('SIGTERM');
  }
  expect(await exit).toEqual([0, null]);
  await using host = createEngineHost({ paths });
  const [before] = await host.client.schedule.occasions({ limit: 1 });
  expect(before).toMatchObject({ task: 'results', state: 'running' });
  const [step] = before!.steps;
  expect(await host.client.runs.show({ runId: step!.runId! })).toMatchObject({
    run: { state: 'interrupted' },
  });
  host.keepSchedule();
  await host.context.schedule().idle();
  const [after] = await host.client.schedule.occasions({ limit: 1 });
  // The same run, gone on with; an end in good order is no failed attempt.
  expect(after).toMatchObject({ id: before!.id, state: 'done', attempts: 1, steps: [step] });
  const { run } = await host.client.runs.show({ runId: step!.runId! });
  expect(run).toMatchObject({ state: 'done', itemsFailed: 0 });
  expect(await host.client.runs.list({ limit: 10 })).toHaveLength(1);
});
