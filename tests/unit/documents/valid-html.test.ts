import { describe, expect, test } from 'vitest';
import { languages } from '../../../engine/contract/domain.ts';
import { loadLocale } from '../../../engine/documents/locale.ts';
import { writerOf } from '../../../engine/documents/registry.ts';
import { sampleDocument } from '../../fixtures/document-model.ts';
import { eventDocument } from '../../fixtures/event-document.ts';
import { hostileNames } from '../../fixtures/hostile-names.ts';
import { htmlProblems } from '../../fixtures/valid-html.ts';

describe('a page and a mail are valid HTML', () => {
  test.each(languages)('with every kind of cell, chart and part, in %s', (language) => {
    const document = sampleDocument('Club', language);
    expect(htmlProblems(writerOf('html').write(document, loadLocale(language)))).toEqual([]);
    expect(htmlProblems(writerOf('mail.html').write(document, loadLocale(language)), 'mail')).toEqual([]);
  });

  test.each(hostileNames)('with a name that is %s', (_, name) => {
    for (const document of [sampleDocument(name), eventDocument({ home: name })]) {
      expect(htmlProblems(writerOf('html').write(document, loadLocale('en')))).toEqual([]);
      expect(htmlProblems(writerOf('mail.html').write(document, loadLocale('en')), 'mail')).toEqual([]);
    }
  });
});

test.each([
  ['a list that holds a paragraph', '<ul><p>no</p></ul>'],
  ['an element that is not closed', '<div><span>no</div>'],
  ['an id that stands twice', '<p id="a">no</p><p id="a">no</p>'],
  ['a picture without words', '<img src="a.png">'],
])('%s is found', (_, body) => {
  const markup = `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>T</title></head><body>${body}</body></html>\n`;
  expect(htmlProblems(markup)).not.toEqual([]);
  expect(htmlProblems(markup, 'mail')).not.toEqual([]);
});
