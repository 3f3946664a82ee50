import { describe, expect, test } from 'vitest';
import { loadLocale } from '../../../engine/documents/locale.ts';
import { formats, writerOf } from '../../../engine/documents/registry.ts';
import { sampleDocument } from '../../fixtures/document-model.ts';
import { markupProblems } from '../../fixtures/well-formed.ts';

const english = loadLocale('en');
const russian = loadLocale('ru');

describe('the registry of formats', () => {
  test('an unknown format is refused with the known ones', () => {
    expect(() => writerOf('docx')).toThrow(/html, md, csv, json/);
  });

  test.each(formats)('%s is written the same way every time', (format) => {
    const write = (): string => writerOf(format).write(sampleDocument('Club'), english);
    expect(write()).toBe(write());
  });
});

describe('HTML', () => {
  const page = writerOf('html').write(sampleDocument('Клуб', 'ru'), russian);

  test('is well-formed and names its language', () => {
    expect(markupProblems(page)).toEqual([]);
    expect(page).toContain('<html lang="ru">');
  });

  test('loads nothing from anywhere and runs nothing', () => {
    expect(page).not.toMatch(/<(script|link|img|iframe|object)\b|@import|url\(|https?:/i);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  test('has one first heading, a caption for each table and a name and description for each chart', () => {
    expect(page.match(/<h1>/g)).toHaveLength(1);
    expect(page.match(/<caption>/g)).toHaveLength(page.match(/<table /g)?.length ?? 0);
    expect(page.match(/<svg [^>]*role="img" aria-labelledby="[^"]+"/g)).toHaveLength(2);
    expect(page.match(/<desc id=/g)).toHaveLength(2);
  });

  test('sets numbers and instants as the language has them, with the zone', () => {
    expect(page).toContain('54,1\u00a0%');
    expect(page).toContain('18:00 GMT+3');
    expect(writerOf('html').write(sampleDocument('Club'), english)).toContain('21 Nov 2026, 18:00 GMT+3');
  });

  test('the test of well-formedness can fail', () => {
    expect(markupProblems('<p><b>x</p></b>')).not.toEqual([]);
    expect(markupProblems('<p>a < b</p>')).not.toEqual([]);
    expect(markupProblems('<p title=x>a & b</p>')).not.toEqual([]);
    expect(markupProblems(page.replace('</caption>', ''))).not.toEqual([]);
  });
});

describe('CSV', () => {
  const text = writerOf('csv').write(sampleDocument('Club'), english);

  test('has a byte order mark and ends every line with CR LF', () => {
    expect(text.startsWith('\ufeff')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text.endsWith('\r\n')).toBe(true);
  });

  test('keeps all digits, negative numbers as numbers, instants in UTC and missing values empty', () => {
    expect(text.split('\r\n')[1]).toBe('Club,0.30000000000000004,2026-11-21T15:00:00.000Z,false');
    expect(text.split('\r\n')[2]).toBe('plain,-0.5,,true');
  });
});

describe('JSON', () => {
  const content = JSON.parse(writerOf('json').write(sampleDocument('Club'), english)) as Record<
    string,
    unknown
  >;

  test('names its schema and nests dotted keys at full precision', () => {
    expect(content.schema).toBe('auspex.document/1');
    expect(content.rows).toEqual([
      {
        home: 'Club',
        probability: { home: 0.1 + 0.2 },
        kickOff: '2026-11-21T15:00:00.000Z',
        isSample: false,
      },
      { home: 'plain', probability: { home: -0.5 }, kickOff: null, isSample: true },
    ]);
  });

  test('says when its forecasts were made, and what is missing', () => {
    expect(content.provenance).toMatchObject({ madeAt: '1970-01-01T00:00:00.000Z', asOf: null });
    expect(content.failures).toMatchObject([{ code: 'FEATURES_MISSING' }]);
  });
});

test('Markdown leaves a section of charts out with its heading', () => {
  const document = sampleDocument('Club');
  const chart = document.sections.flatMap(({ blocks }) => blocks).find(({ kind }) => kind !== 'table');
  const section = { id: 'glance', heading: 'At a glance', marks: [], paragraphs: [], blocks: [chart!] };
  const written = writerOf('md').write({ ...document, sections: [section, ...document.sections] }, english);
  expect(written).not.toContain('At a glance');
  expect(written).toBe(writerOf('md').write(document, english));
});

test('a table that is wider than a letter is told row by row in a mail, without what is missing', () => {
  const column = (heading: string) => ({ heading, align: 'start' as const });
  const texts = ['Ash – Birch', '15:00', null, 'a', 'b', 'c', 'd', 'e'];
  const table = {
    kind: 'table' as const,
    caption: 'Wide',
    columns: texts.map((_, at) => ({ ...column(`Column ${at}`), isRowHeading: at === 0 })),
    rows: [{ cells: texts.map((value) => ({ kind: 'text' as const, value })) }],
    notes: ['A note'],
  };
  const section = { id: 'wide', heading: 'Wide', marks: [], paragraphs: [], blocks: [table] };
  const mail = writerOf('mail.html').write({ ...sampleDocument('Club'), sections: [section] }, english);
  expect(mail).toContain('<p><b>Ash – Birch</b><br><i>Column 1:</i> 15:00<br><i>Column 3:</i> a');
  expect(mail).not.toContain('Column 2');
  expect(mail).toContain('A note');
});
