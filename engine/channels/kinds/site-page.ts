import { z } from 'zod';
import { languages } from '../../contract/domain.ts';
import { loadLocale, type Locale } from '../../documents/locale.ts';
import { escapeMarkup as e } from '../../documents/text.ts';
import { styleSheet } from '../../documents/writers/html-style.ts';

/** A document on a site. */
export const sitePageSchema = z.object({
  /** `forecast/2026-11-21/regular.en`. */
  document: z.string(),
  language: z.enum(languages),
  subject: z.string(),
  /** Paths from the root of the site. */
  files: z.array(z.string()),
});
export type SitePage = z.infer<typeof sitePageSchema>;

/** What a reader opens: the page, or else whatever there is. */
export const shownFirst = ({ files }: SitePage): string | undefined =>
  files.find((file) => file.endsWith('.html')) ?? files[0];

export const dayOf = (page: SitePage): string => page.document.split('/')[1] ?? '';

const ownStyle = `body{max-width:60rem}
h2{margin-top:2rem;border-bottom:2px solid var(--strong-rule);padding-bottom:.3rem}
ul{list-style:none;margin:0;padding:0;display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));column-gap:2.4rem}
li{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem;padding:.45rem 0;border-bottom:1px solid var(--rule)}
li>a{font-weight:600}
a{text-decoration-color:var(--rule);text-underline-offset:.2em}a:hover{text-decoration-color:currentColor}
small{color:var(--muted);text-transform:uppercase;letter-spacing:.02em}
nav{display:flex;gap:1.4rem;margin:.6rem 0 0}
nav [aria-current]{color:var(--muted);text-decoration:none}
img{display:block;width:100%;max-width:38rem;height:auto;margin:1.4rem 0 0;border:1px solid var(--rule)}`;

/**
 * The first page or the archive: documents by day, newest first, in the languages that the site has, with the newest
 * picture on top of the first page. No script, nothing from elsewhere.
 */
export function listPage(
  title: string,
  pages: readonly SitePage[],
  { isArchive }: { readonly isArchive: boolean },
): string {
  const held = languages.filter((language) => pages.some((page) => page.language === language));
  const locales = (held.length === 0 ? (['en'] as const) : held).map((language) => loadLocale(language));
  const inAll = (word: (locale: Locale) => string): string =>
    [...new Set(locales.map(word))].map((text) => e(text)).join(' · ');
  const link = (path: string, isHere: boolean, text: string): string =>
    isHere ? `<a aria-current="page">${text}</a>` : `<a href="${path}">${text}</a>`;
  const days = [...Map.groupBy(pages, dayOf)].map(
    ([day, ofDay]) => `<section><h2>${inAll((locale) => dayText(day, locale))}</h2>
<ul>
${ofDay.map(item).join('\n')}
</ul></section>`,
  );
  return `<!doctype html>
<html lang="${locales[0]?.language ?? 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${e(title)}</title>
<link rel="alternate" type="application/rss+xml" title="${e(title)}" href="feed.xml">
<style>${styleSheet}${ownStyle}</style>
</head>
<body>
<header>
<h1>${e(title)}</h1>
<nav>${link(
    'index.html',
    !isArchive,
    inAll((locale) => locale.t('channels.site.newest')),
  )}${link(
    'archive.html',
    isArchive,
    inAll((locale) => locale.t('channels.site.archive')),
  )}<a href="feed.xml">RSS</a></nav>
</header>
<main>
${isArchive ? '' : picture(pages)}
${days.join('\n')}
</main>
</body>
</html>
`;
}

function dayText(day: string, locale: Locale): string {
  return /^\d{4}-\d\d-\d\d$/.test(day) ? locale.day(day) : day;
}

/** The day stands above, so that the name alone is the link. */
function item(page: SitePage): string {
  const [name = page.subject] = page.subject.split(' · ');
  const first = shownFirst(page);
  const head = `<bdi lang="${page.language}">${e(name)}</bdi>`;
  const others = page.files
    .filter((file) => file !== first)
    .map((file) => `<a href="${e(file)}">${e(formatOf(file))}</a>`);
  return `<li>${first === undefined ? head : `<a href="${e(first)}">${head}</a>`} <small>${others.join(' ')}</small></li>`;
}

const formatOf = (file: string): string => (file.split('/').at(-1) ?? file).split('.').slice(2).join('.');

function picture(pages: readonly SitePage[]): string {
  for (const page of pages) {
    const path = page.files.find((file) => file.endsWith('.png'));
    if (path !== undefined)
      return `<img src="${e(path)}" alt="${e(page.subject)}" width="1200" height="630">`;
  }
  return '';
}
