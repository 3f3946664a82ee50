import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { strFromU8, unzipSync } from 'fflate';
import ICAL from 'ical.js';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { loadLocale } from '../../../engine/documents/locale.ts';
import type { DocumentModel } from '../../../engine/documents/model.ts';
import {
  allFormats,
  formats,
  mediaTypeOf,
  writeDocument,
  writerOf,
} from '../../../engine/documents/registry.ts';
import { singleLine } from '../../../engine/documents/text.ts';
import { documentFormats } from '../../../engine/contract/document-formats.ts';
import { drawCard } from '../../../engine/documents/writers/picture.ts';
import { sampleDocument } from '../../fixtures/document-model.ts';
import { eventDocument } from '../../fixtures/event-document.ts';
import { hostileNames } from '../../fixtures/hostile-names.ts';
import { markupProblems } from '../../fixtures/well-formed.ts';

const english = loadLocale('en');
const bytes = async (document: DocumentModel, format: string): Promise<Uint8Array> => {
  const content = await writeDocument(document, english, format);
  return typeof content === 'string' ? Buffer.from(content) : content;
};
const elements = (markup: string): string[] =>
  [...markup.matchAll(/<([a-z][a-z0-9]*)/gi)].map((m) => m[1] ?? '');

describe('the registry', () => {
  test('writes what is read, computed with and sent unless others are asked for, and refuses what it does not know', async () => {
    expect(formats).toEqual(['html', 'md', 'csv', 'json', 'txt', 'mail.html']);
    expect(allFormats).toEqual([...formats, 'ics', 'rss', 'xlsx', 'pdf', 'png']);
    expect(allFormats).toEqual(documentFormats);
    expect(mediaTypeOf('pdf')).toBe('application/pdf');
    expect(() => writerOf('pdf')).toThrow(/html, md, csv, json, txt/);
    await expect(writeDocument(sampleDocument('Club'), english, 'docx')).rejects.toThrow(/xlsx, pdf, png/);
  });

  afterEach(() => void vi.useRealTimers());

  test.each(allFormats)('%s is the same bytes whenever it is written', async (format) => {
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime('2026-11-21T10:00:00Z');
    const document = { ...sampleDocument('Club'), dataset: eventDocument().dataset };
    const first = await bytes(document, format);
    vi.setSystemTime('2027-03-01T12:34:56Z');
    expect(Buffer.compare(first, await bytes(document, format))).toBe(0);
  });
});

describe('the calendar', () => {
  const parse = async (document: DocumentModel) => {
    const text = Buffer.from(await bytes(document, 'ics')).toString();
    expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    const [event] = new ICAL.Component(ICAL.parse(text) as unknown[]).getAllSubcomponents('vevent');
    return (name: string): string => String(event?.getFirstPropertyValue(name));
  };

  test('holds the kick-off in UTC under an id that stays', async () => {
    const value = await parse(eventDocument());
    expect(value('dtstart')).toBe('2026-11-21T15:00:00Z');
    expect(value('uid')).toBe('match-7@auspex.invalid');
    expect(value('summary')).toBe('Ash – Birch');
    expect(value('description')).toContain('Total goals: Over 2.5 (58.0%)');
  });

  test('has a match without an hour as an event of the day', async () => {
    const value = await parse(eventDocument({ own: [['match.kickOffPrecision', 'text', 'day']] }));
    expect(value('dtstart')).toBe('2026-11-21');
  });

  test('has what the standard asks of a calendar and of each of its events, ids apart', async () => {
    const one = eventDocument({ home: 'Спартак Тамбов Очень Длинное Имя Клуба, которое не войдёт в строку' });
    const [row] = one.dataset.rows;
    const rows = [row!, row!.map((value, at) => (one.dataset.columns[at]!.key === 'match.id' ? 8 : value))];
    const text = Buffer.from(await bytes({ ...one, dataset: { ...one.dataset, rows } }, 'ics')).toString();
    expect(text).toMatch(/\r\n /);
    const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
    expect(calendar.getFirstPropertyValue('version')).toBe('2.0');
    expect(calendar.getFirstPropertyValue('prodid')).toBeTruthy();
    const events = calendar.getAllSubcomponents('vevent');
    expect(events.map((event) => String(event.getFirstPropertyValue('uid')))).toEqual([
      'match-7@auspex.invalid',
      'match-8@auspex.invalid',
    ]);
    for (const event of events) {
      // Required once each, the stamp in UTC (RFC 5545, section 3.6.1).
      for (const name of ['uid', 'dtstamp', 'dtstart']) expect(event.getAllProperties(name)).toHaveLength(1);
      expect(String(event.getFirstPropertyValue('dtstamp'))).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      expect(String(event.getFirstPropertyValue('summary'))).toContain('Клуба, которое не войдёт');
    }
  });

  test.each(hostileNames)('keeps a name that is %s as text', async (_, home) => {
    const value = await parse(eventDocument({ home }));
    expect(value('summary')).toBe(`${singleLine(home)} – Birch`);
  });
});

test('the feed has what RSS 2.0 asks of a channel, and items that readers can tell apart', async () => {
  const one = eventDocument();
  const [row] = one.dataset.rows;
  const rows = [row!, row!.map((value, at) => (one.dataset.columns[at]!.key === 'match.id' ? 8 : value))];
  const text = Buffer.from(await bytes({ ...one, dataset: { ...one.dataset, rows } }, 'rss')).toString();
  const { rss } = new XMLParser({ ignoreAttributes: false }).parse(text) as {
    rss: {
      '@_version': string;
      channel: Record<'title' | 'link' | 'description' | 'language' | 'pubDate', string> & {
        item: { title: string; description: string; guid: { '#text': string }; pubDate: string }[];
      };
    };
  };
  const { channel } = rss;
  expect(rss['@_version']).toBe('2.0');
  for (const name of ['title', 'link', 'description'] as const) expect(channel[name]).not.toBe('');
  expect(channel.link).toMatch(/^[a-z]+:/);
  expect(channel.language).toBe('en');
  // RFC 822, with the four digits of the year that RSS prefers.
  const date = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;
  for (const { pubDate } of [channel, ...channel.item]) expect(pubDate).toMatch(date);
  expect(channel.item.map(({ title }) => title)).toEqual(['Ash – Birch', 'Ash – Birch']);
  expect(new Set(channel.item.map(({ guid }) => guid['#text'])).size).toBe(2);
});

describe.each(hostileNames)('a name that is %s', (_, home) => {
  test('stays text in the feed', async () => {
    const text = Buffer.from(await bytes(eventDocument({ home }), 'rss')).toString();
    expect(XMLValidator.validate(text)).toBe(true);
    expect(elements(text)).toEqual(elements(Buffer.from(await bytes(eventDocument(), 'rss')).toString()));
  });

  test('stays text in the mail, which needs no style sheet and no SVG', async () => {
    const text = Buffer.from(await bytes(eventDocument({ home }), 'mail.html')).toString();
    // The place of the picture is a comment, which is no element.
    expect(markupProblems(text.replace('<!--card-->', ''))).toEqual([]);
    expect(elements(text)).toEqual(
      elements(Buffer.from(await bytes(eventDocument(), 'mail.html')).toString()),
    );
    expect(text).not.toMatch(/<(style|svg|script|link|img)\b| class=|var\(/);
  });

  test('stays text in the picture', () => {
    const card = drawCard(eventDocument({ home }), english);
    expect(XMLValidator.validate(card)).toBe(true);
    expect(elements(card)).toEqual(elements(drawCard(eventDocument(), english)));
  });

  test('stays one text in the workbook, and no cell is a formula', async () => {
    const parts = unzipSync(await bytes(eventDocument({ home }), 'xlsx'));
    for (const [name, content] of Object.entries(parts)) {
      if (/\.(xml|rels)$/.test(name))
        expect([name, XMLValidator.validate(strFromU8(content))]).toEqual([name, true]);
    }
    expect(strFromU8(parts['xl/worksheets/sheet1.xml']!)).not.toContain('<f');
    const held = new XMLParser({ trimValues: false, parseTagValue: false, htmlEntities: true }).parse(
      strFromU8(parts['xl/sharedStrings.xml']!),
    ) as { sst: { si: { t: string | { '#text': string } }[] } };
    const texts = held.sst.si.map(({ t }) => (typeof t === 'string' ? t : t['#text']));
    // The library leaves out the sign that stands for what is no character.
    expect(texts).toContain(singleLine(home).replaceAll('\ufffd', ''));
  });

  test('leaves the PDF a document without links or scripts', async () => {
    const text = Buffer.from(await bytes(eventDocument({ home }), 'pdf')).toString('latin1');
    expect(text.startsWith('%PDF-1.')).toBe(true);
    expect(text).not.toMatch(/\/(JavaScript|JS|URI|Launch|EmbeddedFile)\b/);
  });
});

test('a workbook has typed cells and a heading that stays in sight', async () => {
  const sheet = strFromU8(unzipSync(await bytes(eventDocument(), 'xlsx'))['xl/worksheets/sheet1.xml']!);
  expect(sheet).toMatch(/<pane [^>]*ySplit="1"[^>]*state="frozen"/);
  const cells = [...sheet.matchAll(/<c r="([A-Z]+2)"([^>]*)>(.*?)<\/c>/g)].map((m) => ({
    at: m[1],
    kind: m[2],
    value: m[3],
  }));
  const first = cells.find(({ at }) => at === 'A2');
  expect(first?.kind).not.toContain('t="s"');
  expect(first?.value).toBe('<v>7</v>');
  // 21 November 2026, 15:00 as days since the end of 1899.
  expect(Number(/<v>(.*)<\/v>/.exec(cells.find(({ at }) => at === 'B2')?.value ?? '')?.[1])).toBeCloseTo(
    46347.625,
    6,
  );
  expect(cells.at(-1)?.kind).toContain('t="b"');
});

test('a PDF carries its fonts, so that Cyrillic is read everywhere', async () => {
  const text = Buffer.from(await bytes(sampleDocument('Клуб', 'ru'), 'pdf')).toString('latin1');
  expect(text.match(/\/FontFile2/g)?.length).toBeGreaterThanOrEqual(2);
  expect(text).toContain('/Identity-H');
});

test('a picture is a PNG of 1200 by 630', async () => {
  const content = Buffer.from(await bytes(eventDocument(), 'png'));
  expect(content.subarray(1, 4).toString()).toBe('PNG');
  expect([content.readUInt32BE(16), content.readUInt32BE(20)]).toEqual([1200, 630]);
});

test('a column of instants is wide enough for its day and hour', async () => {
  const sheet = strFromU8(unzipSync(await bytes(eventDocument(), 'xlsx'))['xl/worksheets/sheet1.xml']!);
  const widths = [...sheet.matchAll(/<col [^>]*width="([\d.]+)"/g)].map((m) => Number(m[1]));
  expect(widths[1]).toBeGreaterThanOrEqual('2026-11-21 15:00'.length + 2);
});

test('a card shows a selected type by its own probability, and the results’ colours only where they mean something', () => {
  const card = (own: readonly (readonly [string, 'flag', boolean])[]): string =>
    drawCard(eventDocument({ variant: 'quality', own }), english);
  const type = card([['types.total.isSelected', 'flag', true]]);
  expect(type).toContain('>58%<');
  expect(type).toContain('>Over 2.5<');
  expect(type).not.toContain('>50%<');
  expect(type).not.toContain('>X<');
  const result = card([['quality.isSelected', 'flag', true]]);
  expect(result).toContain('>50%<');
  expect(result).toContain('>X<');
});
