import type { Day, Language } from '../../contract/domain.ts';
import { languages } from '../../contract/domain.ts';
import type { DocumentRow } from '../../../db/queries/football/publisher.ts';
import { loadLocale } from '../../documents/locale.ts';
import type { Locale } from '../../documents/locale.ts';
import { escapeMarkup as e } from '../../documents/text.ts';
import { page } from '../../documents/writers/html.ts';
import { variants } from './day-data.ts';
import type { DocumentKind } from './day-data.ts';

/** The page that lists the files of one day's folder, in every language. */
export function dayIndex(kind: DocumentKind, day: Day, documents: readonly DocumentRow[]): string {
  const own = documents.filter((document) => document.kind === kind && document.day === day);
  const parts = languages.map((language) => {
    const locale = loadLocale(language);
    const title = `${locale.t(`documents.index.${kind}`)} · ${locale.day(day)}`;
    const rows = variants.map((variant) => {
      const name = e(locale.t(`documents.index.${variant}`));
      const files = own.filter((document) => document.variant === variant && document.language === language);
      const links = files.map((file) => link(file.path.split('/').at(-1) ?? '', file.format.toUpperCase()));
      return `<tr role="row"><th scope="row" role="rowheader">${name}</th><td role="cell">${links.join(' · ')}</td></tr>`;
    });
    return part(locale, { title, up: true, table: table(locale.t('documents.index.caption'), rows) });
  });
  return page({
    language: 'en',
    title: `Auspex · ${kind} · ${day}`,
    body: `<main>${parts.join('\n')}</main>`,
  });
}

/** The page that lists all days, newest first. */
export function documentsIndex(documents: readonly DocumentRow[]): string {
  const days = [...Map.groupBy(documents, (document) => document.day)].sort(([a], [b]) => (a < b ? 1 : -1));
  const parts = languages.map((language) => {
    const locale = loadLocale(language);
    const rows = days.map(([day, own]) => {
      const links = (['forecast', 'outcome'] as const)
        .filter((kind) => own.some((document) => document.kind === kind))
        .map((kind) =>
          link(`${kind}/${day}/${target(own, kind, language)}`, locale.t(`documents.index.${kind}`)),
        );
      return `<tr role="row"><th scope="row" role="rowheader">${e(locale.day(day))}</th><td role="cell">${links.join(' · ')}</td></tr>`;
    });
    const title = locale.t('documents.index.title');
    return part(locale, { title, up: false, table: table(locale.t('documents.index.caption-days'), rows) });
  });
  return page({ language: 'en', title: 'Auspex', body: `<main>${parts.join('\n')}</main>` });
}

/** The page of all matches in the language, or the day's list of files where there is no such page. */
function target(own: readonly DocumentRow[], kind: DocumentKind, language: Language): string {
  const name = `regular.${language}.html`;
  return own.some((document) => document.kind === kind && document.path.endsWith(`/${name}`))
    ? name
    : 'index.html';
}

function part(
  locale: Locale,
  content: { readonly title: string; readonly up: boolean; readonly table: string },
): string {
  const id = `index-${locale.language}`;
  const up = content.up ? `<nav>${link('../../index.html', locale.t('documents.index.up'))}</nav>` : '';
  return `<section lang="${locale.language}" aria-labelledby="${id}"><h2 id="${id}">${e(content.title)}</h2>${up}${content.table}</section>`;
}

const table = (caption: string, rows: readonly string[]): string =>
  `<table role="table"><caption>${e(caption)}</caption><tbody>${rows.join('\n')}</tbody></table>`;

const link = (address: string, text: string): string => `<a href="${e(address)}">${e(text)}</a>`;
