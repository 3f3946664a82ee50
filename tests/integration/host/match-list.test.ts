import { expect, test, vi } from 'vitest';
import { MatchList } from '../../../engine/football/browsing/match-list.ts';
import { createEngineHost } from '../../../engine/host/engine-host.ts';
import { resolvePaths } from '../../../engine/host/paths.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

test('what one call has read of the matches serves the next one', async () => {
  using folder = temporaryFolder();
  const pages = vi.spyOn(MatchList.prototype, 'page');
  try {
    await using host = createEngineHost({ paths: resolvePaths({ home: folder.path }), threads: 1 });
    await host.client.matches.page({ sort: [{ column: 'home', direction: 'asc' }] });
    await host.client.matches.page({ sort: [{ column: 'home', direction: 'asc' }], offset: 200 });
    expect(pages.mock.contexts).toHaveLength(2);
    expect(pages.mock.contexts[0]).toBe(pages.mock.contexts[1]);
  } finally {
    pages.mockRestore();
  }
});
