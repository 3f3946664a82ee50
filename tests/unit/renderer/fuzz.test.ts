import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tried } from '../../fixtures/faults.ts';
import { readTabs, startTabs, openTab } from '../../../renderer/frame/tabs/tabs-state.ts';
import { readViewText, viewsOf, viewText } from '../../../renderer/frame/views/view-values.ts';

const options = { numRuns: 1000, seed: 20261121 };
const good = viewText('matches', { name: 'Mine', search: { q: 'a', sort: [{ key: 'day' }] } });

test('1,000 broken texts of a saved view are read as one or as none', () => {
  const broken = fc.array(fc.tuple(fc.nat(good.length), fc.string({ maxLength: 3 })), { minLength: 1 });
  fc.assert(
    fc.property(broken, (edits) => {
      const survived = tried('settings, mappings and expressions');
      let text = good;
      for (const [at, piece] of edits) text = text.slice(0, at) + piece + text.slice(at + 1);
      const view = readViewText('matches', text);
      if (view) expect(view.name.length).toBeGreaterThan(0);
      survived();
    }),
    options,
  );
});

test('1,000 values that were kept as views or tabs and are none break nothing', () => {
  const tabs = openTab(startTabs('/today'), '/matches');
  const value = fc.oneof(
    fc.jsonValue(),
    fc.jsonValue().map((part) => ({ ...tabs, tabs: part })),
    fc.jsonValue().map((part) => ({ ...tabs, tabs: [part], activeId: part })),
  );
  fc.assert(
    fc.property(value, (kept) => {
      const survived = tried('settings, mappings and expressions');
      for (const view of viewsOf('matches', [{ name: 'matches/a', value: kept }]))
        expect(typeof view.search).toBe('object');
      const read = readTabs(kept);
      if (read) expect(JSON.stringify(read).length).toBeGreaterThan(0);
      survived();
    }),
    options,
  );
});
