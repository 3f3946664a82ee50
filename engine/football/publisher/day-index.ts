import type { Day, Language } from '../../contract/domain.ts';
import { languages } from '../../contract/domain.ts';
import { reportKinds } from '../../contract/stages.ts';
import type { DocumentRow } from '../../../db/queries/football/publisher.ts';
import { loadLocale } from '../../documents/locale.ts';
import type { Locale } from '../../documents/locale.ts';
import { escapeMarkup as e } from '../../documents/text.ts';
import { page } from '../../documents/writers/html.ts';
import { documentKinds, variants } from './day-data.ts';

/** Whether documents of the kind tell the matches of a day, all of them or the selected ones. */
const isOfDay = (kind: string): boolean => documentKinds.some((one) => one === kind);

const allLocales = (): Locale[] => languages.map((language) => loadLocale(language));

/** The page that lists the files of one day's folder, a column a language. */
export function dayIndex(kind: DocumentRow['kind'], day: Day, documents: readonly DocumentRow[]): string {
  const own = documents.filter((document) => document.kind === kind && document.day === day);
  const held = variants.filter((variant) => variant === 'regular' || isOfDay(kind));
  const rows = held.map((variant) => ({
    names: allLocales().map((locale) => locale.t(`documents.index.${variant}`)),
    links: allLocales().map(({ language }) =>
      own
        .filter((document) => document.variant === variant && document.language === language)
        .map((file) => link(file.path.split('/').at(-1) ?? '', file.format.toUpperCase())),
    ),
  }));
  return indexPage({
    titles: allLocales().map((locale) => locale.t(`documents.index.${kind}`)),
    subtitles: allLocales().map((locale) => locale.day(day)),
    captions: allLocales().map((locale) => locale.t('documents.index.caption')),
    up: link(
      '../../index.html',
      allLocales()
        .map((locale) => locale.t('documents.index.up'))
        .join(' · '),
    ),
    rows,
  });
}

/** The page that lists all days, newest first. */
export function documentsIndex(documents: readonly DocumentRow[]): string {
  const days = [...Map.groupBy(documents, (document) => document.day)].sort(([a], [b]) => (a < b ? 1 : -1));
  const rows = days.map(([day, own]) => ({
    names: allLocales().map((locale) => locale.day(day)),
    links: allLocales().map((locale) =>
      [...documentKinds, ...reportKinds]
        .filter((kind) => own.some((document) => document.kind === kind))
        .map((kind) =>
          link(`${kind}/${day}/${target(own, kind, locale.language)}`, locale.t(`documents.index.${kind}`)),
        ),
    ),
  }));
  return indexPage({
    titles: allLocales().map((locale) => locale.t('documents.index.title')),
    subtitles: [],
    captions: allLocales().map((locale) => locale.t('documents.index.caption-days')),
    up: '',
    rows,
  });
}

/** The page of all matches in the language, or the day's list of files where there is no such page. */
function target(own: readonly DocumentRow[], kind: DocumentRow['kind'], language: Language): string {
  const name = `regular.${language}.html`;
  return own.some((document) => document.kind === kind && document.path.endsWith(`/${name}`))
    ? name
    : 'index.html';
}

/** Texts come one a language, in the order of the languages; links are already markup. */
function indexPage(content: {
  readonly titles: readonly string[];
  readonly subtitles: readonly string[];
  readonly captions: readonly string[];
  readonly up: string;
  readonly rows: readonly {
    readonly names: readonly string[];
    readonly links: readonly (readonly string[])[];
  }[];
}): string {
  const { titles, subtitles, captions, up, rows } = content;
  const first = languages[0];
  const heads = languages.map(
    (language) => `<th scope="col" role="columnheader">${language.toUpperCase()}</th>`,
  );
  const body = rows.map(({ names, links }) => {
    const cells = links.map(
      (own, index) =>
        `<td role="cell" lang="${languages[index] ?? first}" data-heading="${(languages[index] ?? first).toUpperCase()}"><span>${own.join(' · ')}</span></td>`,
    );
    return `<tr role="row"><th scope="row" role="rowheader">${eachLanguage(names)}</th>${cells.join('')}</tr>`;
  });
  return page({
    language: first,
    title: ['Auspex', titles[0], subtitles[0]].filter((part) => part !== undefined).join(' · '),
    body: `<header><p class="kicker"><span>Auspex</span></p>
<h1>${eachLanguage(titles)}</h1>
${subtitles.length > 0 ? `<p class="subtitle">${eachLanguage(subtitles)}</p>` : ''}
${up === '' ? '' : `<nav>${up}</nav>`}</header>
<main><section><table role="table"><caption>${eachLanguage(captions)}</caption>
<thead><tr role="row"><td></td>${heads.join('')}</tr></thead>
<tbody>
${body.join('\n')}
</tbody></table></section></main>`,
  });
}

const eachLanguage = (texts: readonly string[]): string =>
  texts.map((text, index) => `<span lang="${languages[index] ?? 'en'}">${e(text)}</span>`).join(' · ');

const link = (address: string, text: string): string => `<a href="${e(address)}">${e(text)}</a>`;
