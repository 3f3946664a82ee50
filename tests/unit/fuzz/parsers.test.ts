import fc from 'fast-check';
import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createBackup, listBackups, verifyBackup } from '../../../db/backup.ts';
import { openWriter } from '../../../db/client.ts';
import { AppError } from '../../../engine/contract/errors.ts';
import { previewTable } from '../../../engine/football/getting/imports/preview.ts';
import { readMapping } from '../../../engine/football/getting/sources/csv/mapping.ts';
import { readFactMapping } from '../../../engine/football/getting/sources/facts/mapping.ts';
import { readFeed } from '../../../engine/football/getting/sources/news/feed.ts';
import { readNewsMapping } from '../../../engine/football/getting/sources/news/mapping.ts';
import { createHasher } from '../../../engine/kernel/math/hash.ts';
import { createMatrix } from '../../../engine/kernel/modeling/matrix.ts';
import { createEstimator } from '../../../engine/kernel/modeling/registry.ts';
import { deserializeEstimator, serializeEstimator } from '../../../engine/kernel/modeling/serialization.ts';
import { createGradientBoosting } from '../../../engine/kernel/modeling/tree/gradient-boosting.ts';
import { fromXgboostJson, toXgboostJson } from '../../../engine/kernel/modeling/tree/xgboost-json.ts';
import { timetable } from '../../../engine/runtime/schedule/cron.ts';
import { faultCount, tried } from '../../fixtures/faults.ts';
import type { FaultKind } from '../../../scripts/faults/account.ts';
import { mutatedBytes, mutatedJson } from '../../fixtures/mutation.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

/** Inputs of a kind; `npm run faults` tries forty times its number. */
const count = faultCount(15) * 40;
const options = { numRuns: count, seed: 20261121 };
const settings = 'settings, mappings and expressions';
const files = 'tables, workbooks and other files';
const models = 'models of a file';
const bytesOf = (text: string) => new TextEncoder().encode(text);

/** Runs a parser: it answers, or it refuses with a code of the list. */
function survives(kind: FaultKind, read: () => unknown): void {
  const survived = tried(kind);
  try {
    read();
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'INTERNAL') throw error;
    expect(error.message).not.toBe('');
    // What a user sees must stay a sentence, however long the input was.
    expect(error.message.length).toBeLessThan(20_000);
  }
  survived();
}

describe(`each of ${count} broken inputs is read or refused with a code:`, () => {
  const mapping = {
    ...{ source: 'mine', championship: { code: 'X0', name: 'Mine', country: 'XX', sport: 'football' } },
    columns: { date: 'Date', home: 'Home', away: 'Away', homeGoals: 'HG', awayGoals: 'AG' },
    dateFormat: 'DD/MM/YYYY',
  };
  const feeds = {
    source: 'news',
    feeds: [
      { championship: 'E0', team: 'Arsenal', address: 'https://news.example/a', mentions: ['Arsenal'] },
    ],
  };
  test('mappings of tables, facts and feeds', () => {
    fc.assert(
      fc.property(fc.oneof(mutatedJson(mapping), mutatedJson(feeds), fc.jsonValue()), (given) => {
        for (const read of [readMapping, readFactMapping, readNewsMapping])
          survives(settings, () => read(given));
      }),
      options,
    );
  });

  const rss =
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><item><title>Injury &amp; win</title>' +
    '<link>https://a.example/1</link><guid>1</guid><pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate>' +
    '<description><![CDATA[<p>Out for <b>weeks</b></p>]]></description></item></channel></rss>';
  const atom =
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">&lt;b&gt;x&lt;/b&gt;</title><id>u:1</id>' +
    '<link href="https://a.example/2"/><updated>2026-11-20T10:00:00Z</updated><summary>s</summary></entry></feed>';
  test.each([rss, atom])('bytes of feeds (%#)', (feed) => {
    fc.assert(
      fc.property(mutatedBytes(bytesOf(feed)), (bytes) => {
        survives(files, () => {
          for (const { title, text, guid, address } of readFeed(bytes)) {
            expect(title.length + text.length + guid.length).toBeLessThan(40_000);
            expect(address === null || /^https?:/i.test(address)).toBe(true);
          }
        });
      }),
      options,
    );
  });

  const table = 'Date;Home;Away;HG;AG\n11/08/2023;Bürnley;"Man; City";0;3\n12/08/2023;Арсенал;Forest;2;1\n';
  test('tables of the import, in any encoding and with any sign between cells', () => {
    fc.assert(
      fc.property(
        fc.oneof(mutatedBytes(bytesOf(table)), mutatedBytes(Buffer.from(table, 'utf16le'))),
        fc.constantFrom(undefined, ',', ';', '\t', '|'),
        (bytes, delimiter) => {
          survives(files, () => previewTable(bytes, { delimiter }));
        },
      ),
      options,
    );
  });

  const field = fc.oneof(
    fc.constantFrom(
      '*',
      '0',
      '59',
      '60',
      '-1',
      '*/5',
      '*/0',
      '1-5',
      '5-1',
      'L',
      '#',
      '?',
      'MON',
      '1,2,',
      '1e9',
    ),
    fc.string({ maxLength: 12 }),
  );
  test('cron expressions, which also find an end where they never come true', () => {
    fc.assert(
      fc.property(
        fc.array(field, { maxLength: 8 }).map((fields) => fields.join(' ')),
        fc.constantFrom('UTC', 'Europe/Moscow', 'America/New_York'),
        (expression, zone) => {
          survives(settings, () => {
            const next = timetable(expression, zone).next(Date.UTC(2026, 10, 21));
            expect(next === undefined || Number.isFinite(next)).toBe(true);
          });
        },
      ),
      { ...options, numRuns: Math.min(count, 2000) },
    );
  });
});

const features = createMatrix(6, ['elo', 'form'], Float64Array.of(3, 1, 2, 0, 1, 1, 0, 0, -1, 1, -2, 0));
const target = Float64Array.of(0, 0, 1, 1, 2, 2);

describe(`each of ${count} broken models is loaded or refused with a code:`, () => {
  test("the documents of XGBoost's own form", async () => {
    const model = createGradientBoosting({ objective: 'multi:softprob', nEstimators: 3 });
    await model.fit(features, target);
    const document = JSON.parse(toXgboostJson(model)) as unknown;
    expect(fromXgboostJson(document).predictProbability(features)).toHaveLength(18);
    fc.assert(
      fc.property(fc.oneof(mutatedJson(document), fc.jsonValue()), (broken) => {
        survives(models, () => fromXgboostJson(broken).predictProbability(features));
      }),
      options,
    );
  });

  test.each(['logistic-regression', 'gradient-boosting'])('the own form of %s', async (name) => {
    const model = createEstimator(name, name === 'gradient-boosting' ? { nEstimators: 3 } : {});
    await model.fit(features, target);
    const { payload } = serializeEstimator(model);
    const load = (text: string) =>
      deserializeEstimator({ payload: text, checksum: createHasher().text(text).digest() });
    expect(load(payload).predictProbability(features)).toHaveLength(18);
    fc.assert(
      fc.property(mutatedJson(JSON.parse(payload)), (broken) => {
        survives(models, () => load(JSON.stringify(broken)));
      }),
      options,
    );
    fc.assert(
      fc.property(mutatedBytes(bytesOf(payload)), (bytes) => {
        survives(models, () => load(new TextDecoder().decode(bytes)));
      }),
      options,
    );
  });
});

describe('feeds that mean to fill the memory or never end', () => {
  const item = (body: string) => `<rss><channel><item><title>${body}</title></item></channel></rss>`;
  test.each([
    ['a billion laughs', `<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(1000)}">]>${item('&b;')}`],
    ['an outside entity', `<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>${item('&a;')}`],
    ['a parameter entity', `<!DOCTYPE a [<!entity % a SYSTEM "http://127.0.0.1/">%a;]>${item('x')}`],
    ['a doctype without end', `<!DOCTYPE a [${'<!ELEMENT b (c)>'.repeat(10_000)}`],
    ['200,000 elements in each other', `${'<a>'.repeat(200_000)}`],
    ['an item 20,000 elements deep', item('<b>'.repeat(20_000) + '</b>'.repeat(20_000))],
    ['an attribute of 3 MB', `<rss a="${'x'.repeat(3_000_000)}"><channel/></rss>`],
    ['100,000 attributes', `<rss ${Array.from({ length: 100_000 }, (_, n) => `a${n}="1"`).join(' ')}/>`],
    ['100,000 items', `<rss><channel>${'<item><title>x</title></item>'.repeat(100_000)}</channel></rss>`],
    ['300,000 signs of less', item('&lt;'.repeat(300_000))],
    ['names of the prototype', `<rss><channel><item><__proto__>x</__proto__></item></channel></rss>`],
    ['more than is read', 'x'.repeat(5_000_000)],
    ['an encoding that nobody has', `<?xml version="1.0" encoding="nonsense"?>${item('x')}`],
    ['nothing', ''],
  ])('%s', (_name, text) => {
    survives('zip and XML bombs', () => expect(readFeed(bytesOf(text)).length).toBeLessThanOrEqual(300));
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});

test('a backup whose manifest is broken is left out or refused, and never taken for another', () => {
  using folder = temporaryFolder();
  openWriter(folder.join('auspex.sqlite')).close();
  const { file, manifest } = createBackup(folder.join('auspex.sqlite'), folder.join('backups'));
  const broken = fc.oneof(
    mutatedBytes(bytesOf(JSON.stringify(manifest))),
    mutatedJson(manifest).map((value) => bytesOf(JSON.stringify(value))),
  );
  fc.assert(
    fc.property(broken, (bytes) => {
      writeFileSync(`${file}.json`, bytes);
      survives('backups and projects', () => {
        for (const backup of listBackups(folder.join('backups'))) {
          expect(Number.isFinite(Date.parse(backup.manifest.createdAt))).toBe(true);
          expect(Number.isFinite(backup.manifest.bytes)).toBe(true);
        }
        verifyBackup(file);
      });
    }),
    { ...options, numRuns: Math.min(count, 150) },
  );
});
