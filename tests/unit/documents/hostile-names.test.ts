import { marked } from 'marked';
import papaparse from 'papaparse';
import { describe, expect, test } from 'vitest';
import { loadLocale } from '../../../engine/documents/locale.ts';
import { writerOf } from '../../../engine/documents/registry.ts';
import { singleLine } from '../../../engine/documents/text.ts';
import { sampleDocument } from '../../fixtures/document-model.ts';
import { hostileNames } from '../../fixtures/hostile-names.ts';
import { markupProblems, visibleText } from '../../fixtures/well-formed.ts';

const locale = loadLocale('en');
const written = (format: string, name: string): string =>
  writerOf(format).write(sampleDocument(name), locale);
const harmless = 'Harmless';

/** The elements of a page, in order: a name that stays text cannot add one. */
const elements = (markup: string): string[] =>
  [...markup.matchAll(/<([a-z][a-z0-9]*)/gi)].map((m) => m[1] ?? '');

describe.each(hostileNames)('a name that is %s', (_, name) => {
  const shown = singleLine(name).replace(/\s+/g, ' ');

  test('stays text in HTML, whose markup is that of a harmless name', () => {
    const page = written('html', name);
    expect(markupProblems(page)).toEqual([]);
    expect(elements(page)).toEqual(elements(written('html', harmless)));
    expect(visibleText(page)).toContain(shown);
  });

  test('stays text in Markdown, whose rendering is that of a harmless name', () => {
    const rendered = marked.parse(written('md', name), { async: false });
    expect(elements(rendered)).toEqual(elements(marked.parse(written('md', harmless), { async: false })));
    expect(visibleText(rendered)).toContain(shown);
  });

  test('stays one field in CSV that no spreadsheet takes for a formula', () => {
    const { data, errors } = papaparse.parse<string[]>(written('csv', name).replace(/^\ufeff/, ''), {
      skipEmptyLines: true,
    });
    expect(errors).toEqual([]);
    expect(data.map((row) => row.length)).toEqual([4, 4, 4]);
    const field = data[1]?.[0] ?? '';
    expect(field.replace(/^'/, '')).toBe(singleLine(name));
    expect(field).not.toMatch(/^\s*[=+\-@＝＋－＠\t\r]/);
  });

  test('comes back from JSON as it was', () => {
    const { rows } = JSON.parse(written('json', name)) as { rows: { home: string }[] };
    expect(rows[0]?.home).toBe(name);
  });
});
