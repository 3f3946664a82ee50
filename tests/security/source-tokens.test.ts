import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { showsSecret } from '../../engine/contract/addresses.ts';
import { createEngineHost } from '../../engine/host/engine-host.ts';
import { resolvePaths } from '../../engine/host/paths.ts';
import { redactText } from '../../engine/runtime/redact.ts';
import { temporaryFolder } from '../fixtures/temporary.ts';

const secret = 'F33D-token+secret';

afterEach(() => void vi.unstubAllEnvs());

test.each([
  ['https://example.org/x.csv?token=abc', true],
  ['https://example.org/x.csv?season=2026&api_key=abc#top', true],
  ['https://example.org/x.csv?token={FEED}abc', true],
  ['https://example.org/x.csv?token={FEED}', false],
  ['https://example.org/x.csv?token=&season=2026', false],
  ['https://example.org/x.csv?season=2026&monkey=1', false],
  ['https://example.org/token=abc', false],
])('%s shows a secret: %s', (address, shows) => {
  expect(showsSecret(address)).toBe(shows);
  expect(redactText(address) !== address).toBe(shows);
});

const feed = `<rss version="2.0"><channel><title>t</title><item><guid>1</guid><title>Leeds sign a striker</title>
<link>https://example.org/1</link><pubDate>Fri, 20 Nov 2026 08:00:00 GMT</pubDate></item></channel></rss>`;

/** A source that gives its feed to whoever shows the token, and keeps what was asked of it. */
async function startSource() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const isKnown = new URL(request.url ?? '', 'http://x').searchParams.get('token') === secret;
    response.writeHead(isKnown ? 200 : 403).end(isKnown ? feed : `no: ${request.url ?? ''}`);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    asked,
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed.xml`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

test('a token of a source reaches the source alone: no run, log, export, backup or error holds it', async () => {
  await using source = await startSource();
  using folder = temporaryFolder();
  const paths = resolvePaths({ home: folder.path });
  {
    await using host = createEngineHost({ paths, threads: 1 });
    const { client } = host;
    await client.settings.set({ key: 'sources.requestsPerSecond', value: 10 });
    const mapping = folder.join('feeds.json');
    const read = async (address: string) => {
      writeFileSync(mapping, JSON.stringify({ feeds: [{ championship: 'E0', team: 'Leeds', address }] }));
      const parameters = { source: 'news', mapping, championships: ['E0'], force: true };
      const { runId } = await client.runs.start({ stage: 'getting', parameters });
      await host.context.runs().finished(runId);
      return JSON.stringify(await client.runs.show({ runId }));
    };
    const plain = `${source.address}?token=${encodeURIComponent(secret)}`;
    const refusals = [
      client.runs.start({ stage: 'getting', parameters: { from: plain } }),
      client.schedule.set({ name: 'feed', kind: 'fetch', cron: '0 6 * * *', parameters: { from: plain } }),
    ];
    for (const refusal of await Promise.allSettled(refusals)) {
      expect(refusal.status).toBe('rejected');
      const message = String((refusal as PromiseRejectedResult).reason);
      expect(message).toContain('{NAME}');
      expect(message).not.toContain(encodeURIComponent(secret));
    }

    const hidden = `${source.address}?token={FEED}`;
    expect(await read(hidden)).toContain('AUSPEX_SOURCE_FEED');
    expect(await read(plain)).toContain('{NAME}');
    rmSync(mapping);
    expect(source.asked).toEqual([]);
    vi.stubEnv('AUSPEX_SOURCE_FEED', 'a wrong one');
    expect(await read(hidden)).toContain('SOURCE_REFUSED');
    vi.stubEnv('AUSPEX_SOURCE_FEED', secret);
    expect(await read(hidden)).toContain('"itemsDone":1');
    expect(source.asked.at(-1)).toBe(`/feed.xml?token=${encodeURIComponent(secret)}`);
    await client.system.backup({});
    await client.recovery.exportProject({ file: folder.join('project.auspex') });
  }
  const files = await readdir(folder.path, { recursive: true, withFileTypes: true });
  const kept = files.filter((entry) => entry.isFile());
  expect(kept.length).toBeGreaterThan(4);
  for (const file of kept) {
    const content = await readFile(join(file.parentPath, file.name));
    for (const form of [secret, encodeURIComponent(secret)])
      expect([file.name, content.includes(form)]).toEqual([file.name, false]);
  }
});
