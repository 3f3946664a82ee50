import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { languages } from '../../contract/domain.ts';
import { escapeMarkup as e, singleLine } from '../../documents/text.ts';
import { safeJoin, writeFileAtomic } from '../../runtime/files.ts';
import { DeliveryProblem } from '../channel.ts';
import type { Channel } from '../channel.ts';
import { fileBytes, keptFiles } from '../message.ts';
import type { Message } from '../message.ts';

export const siteSettings = z.object({
  /** Absolute. */
  folder: z.string().min(1),
  title: z.string().min(1),
  /** Where the folder will be seen; a feed needs whole addresses. */
  address: z.url({ protocol: /^https?$/ }),
});
type SiteSettings = z.infer<typeof siteSettings>;

const pageSchema = z.object({
  document: z.string(),
  language: z.enum(languages),
  subject: z.string(),
  files: z.array(z.string()),
});
type Page = z.infer<typeof pageSchema>;

/** How many documents the first page and the feed show; the archive shows all. */
const newest = 40;

/**
 * A folder that any host can serve: the documents, `index.html` with the newest, `archive.html` with all, `feed.xml`,
 * and `site.json`, which knows what is there. No script, nothing from elsewhere.
 */
export function siteChannel(settings: SiteSettings): Channel {
  const { folder } = settings;
  return {
    kind: 'site',
    canRepeat: true,
    canEdit: true,
    parts: () => ['pages'],
    preview: async (message) => [
      {
        name: 'index.html',
        mediaType: 'text/html; charset=utf-8',
        content: listPage(settings, [pageOf(message)]),
      },
      { name: 'feed.xml', mediaType: 'application/rss+xml', content: feed(settings, [pageOf(message)]) },
    ],
    async send(message) {
      const place = message.document.split('/').slice(0, -1);
      for (const file of keptFiles(message)) {
        await writeFileAtomic(safeJoin(folder, ...place, file.name), fileBytes(file));
      }
      const held = await readPages(safeJoin(folder, 'site.json'));
      const page = pageOf(message);
      const pages = [...held.filter(({ document }) => document !== page.document), page].sort(newestFirst);
      await writeFileAtomic(safeJoin(folder, 'archive.html'), listPage(settings, pages));
      await writeFileAtomic(safeJoin(folder, 'index.html'), listPage(settings, pages.slice(0, newest)));
      await writeFileAtomic(safeJoin(folder, 'feed.xml'), feed(settings, pages.slice(0, newest)));
      // Last, so that a half-made site is made again.
      await writeFileAtomic(safeJoin(folder, 'site.json'), `${JSON.stringify(pages, null, 1)}\n`);
      return { remoteId: null };
    },
  };
}

async function readPages(path: string): Promise<Page[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '[]';
    throw error;
  });
  try {
    return z.array(pageSchema).parse(JSON.parse(text));
  } catch (cause) {
    throw new DeliveryProblem('refused', 'site.json in the folder of the site is damaged.', { cause });
  }
}

function pageOf(message: Message): Page {
  const { document, language, subject } = message;
  const place = document.split('/').slice(0, -1);
  const files = keptFiles(message).map(({ name }) => [...place, name].join('/'));
  return { document, language, subject, files };
}

/** What a reader opens: the page, or else whatever there is. */
const shownFirst = ({ files }: Page): string | undefined =>
  files.find((file) => file.endsWith('.html')) ?? files[0];

const dayOf = (page: Page): string => page.document.split('/')[1] ?? '';
const newestFirst = (a: Page, b: Page): number =>
  dayOf(a) === dayOf(b) ? (a.document < b.document ? -1 : 1) : dayOf(a) < dayOf(b) ? 1 : -1;

function listPage({ title }: SiteSettings, pages: readonly Page[]): string {
  const items = pages.map((page) => {
    const first = shownFirst(page);
    const links = page.files.map(
      (file) => `<a href="${e(file)}">${e(file.split('.').slice(2).join('.'))}</a>`,
    );
    const name = `<span lang="${page.language}">${e(page.subject)}</span>`;
    const head = first === undefined ? name : `<a href="${e(first)}">${name}</a>`;
    return `<li>${head} <small>${links.join(' ')}</small></li>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${e(title)}</title>
<link rel="alternate" type="application/rss+xml" title="${e(title)}" href="feed.xml">
<style>body{margin:2rem auto;max-width:46rem;padding:0 1rem;font:16px/1.5 system-ui,sans-serif}li{margin:.4rem 0}small{margin-left:.6rem}</style>
</head>
<body>
<main>
<h1>${e(title)}</h1>
<ul>
${items.join('\n')}
</ul>
<p><a href="index.html">New</a> · <a href="archive.html">Archive</a> · <a href="feed.xml">RSS</a></p>
</main>
</body>
</html>
`;
}

/** RSS 2.0. An item's date is its day, not the instant of writing, so that the same content is the same file. */
function feed({ title, address }: SiteSettings, pages: readonly Page[]): string {
  const root = address.endsWith('/') ? address : `${address}/`;
  const items = pages.map((page) => {
    const link = new URL(shownFirst(page) ?? 'index.html', root).href;
    const instant = Date.parse(`${dayOf(page)}T00:00:00Z`);
    const date = Number.isNaN(instant) ? '' : `<pubDate>${new Date(instant).toUTCString()}</pubDate>`;
    return `<item><title>${e(page.subject)}</title><link>${e(link)}</link><guid isPermaLink="false">${e(page.document)}</guid>${date}</item>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>${e(title)}</title><link>${e(root)}</link><description>${e(singleLine(title))}</description>
<atom:link href="${e(new URL('feed.xml', root).href)}" rel="self" type="application/rss+xml"/>
${items.join('\n')}
</channel></rss>
`;
}
