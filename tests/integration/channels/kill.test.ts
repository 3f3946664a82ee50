import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openWriter } from '../../../db/client.ts';
import { listDeliveries, listOutbox } from '../../../db/queries/outbox.ts';
import { createRandom } from '../../../engine/kernel/math/random.ts';
import { openPost, sampleMessage } from '../../fixtures/channels.ts';
import { startTelegram } from '../../fixtures/channel-servers.ts';
import { faultCount, tried } from '../../fixtures/faults.ts';

const program = fileURLToPath(new URL('../../fixtures/delivery-process.ts', import.meta.url));
const wanted = faultCount(10);
const documents = wanted * 6;

test('documents arrive once by Telegram though the process that sends them is killed at random points', async () => {
  await using server = await startTelegram('T0KEN');
  await using post = openPost({
    kind: 'telegram',
    settings: { chat: '@auspex', address: server.address },
    secrets: { 'channel.telegram.token': 'T0KEN' },
  });
  // The first message of a chat is the one that cannot be looked for.
  post.outbox.queue('telegram', sampleMessage('forecast/2026-01-01/regular.en'));
  await post.settle();
  for (let index = 1; index < documents; index++) {
    post.outbox.queue('telegram', sampleMessage(`forecast/2026-02-01/d${index}.en`, `Document ${index}`));
  }
  const { path } = post.database;
  post.database.close();

  const random = createRandom(7);
  const survived: (() => void)[] = [];
  for (let round = 0; round < documents && survived.length < wanted; round++) {
    const child = spawn(process.execPath, [
      program,
      path,
      server.address,
      String(post.clock.now() + round * 86_400_000),
    ]);
    const exit = once(child, 'exit');
    await Promise.race([once(child.stdout, 'data'), exit]);
    const before = server.messages.size;
    // Killed after a few more messages have reached the server, some microseconds sooner or later.
    const after = before + Math.floor(random.uniform() * 5);
    while (server.messages.size < Math.min(after, documents) && child.exitCode === null) {
      await new Promise((done) => setImmediate(done));
    }
    if (child.exitCode === null) {
      child.kill('SIGKILL');
      survived.push(tried('publishing killed'));
    }
    await exit;
    if (server.messages.size >= documents) break;
  }
  const last = spawn(process.execPath, [
    program,
    path,
    server.address,
    String(post.clock.now() + 400 * 86_400_000),
  ]);
  expect(await once(last, 'exit')).toEqual([0, null]);

  expect(survived.length).toBeGreaterThan(wanted / 2);
  const texts = [...server.messages.values()].map(({ text }) => text);
  expect(texts).toHaveLength(documents);
  expect(new Set(texts).size).toBe(documents);
  using database = openWriter(path);
  expect(listOutbox(database, { limit: 10_000 }).filter(({ state }) => state !== 'sent')).toEqual([]);
  // Some kills fell between a message's arrival and its mark, or the test would prove little.
  const found = listDeliveries(database, { limit: 10_000 }).filter(({ event }) => event === 'found');
  expect(found.length).toBeGreaterThan(0);
  for (const survive of survived) survive();
}, 600_000);
