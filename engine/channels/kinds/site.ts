import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { escapeMarkup as e, singleLine } from '../../documents/text.ts';
import { safeJoin, writeFileAtomic } from '../../runtime/files.ts';
import { DeliveryProblem } from '../channel.ts';
import type { Channel } from '../channel.ts';
import { fileBytes, keptFiles } from '../message.ts';
import type { Message } from '../message.ts';
import { dayOf, listPage, shownFirst, sitePageSchema, type SitePage } from './site-page.ts';

export const siteSettings = z.object({
  /** Absolute. */
  folder: z.string().min(1),
  title: z.string().min(1),
  /** Where the folder will be seen; a feed needs whole addresses. */
  address: z.url({ protocol: /^https?$/ }),
});
type SiteSettings = z.infer<typeof siteSettings>;

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
        content: listPage(settings.title, [pageOf(message)], { isArchive: false }),
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
      await writeFileAtomic(
        safeJoin(folder, 'archive.html'),
        listPage(settings.title, pages, { isArchive: true }),
      );
      await writeFileAtomic(
        safeJoin(folder, 'index.html'),
        listPage(settings.title, pages.slice(0, newest), { isArchive: false }),
      );
      await writeFileAtomic(safeJoin(folder, 'feed.xml'), feed(settings, pages.slice(0, newest)));
      // Last, so that a half-made site is made again.
      await writeFileAtomic(safeJoin(folder, 'site.json'), `${JSON.stringify(pages, null, 1)}\n`);
      return { remoteId: null };
    },
  };
}

async function readPages(path: string): Promise<SitePage[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '[]';
    throw error;
  });
  try {
    return z.array(sitePageSchema).parse(JSON.parse(text));
  } catch (cause) {
    throw new DeliveryProblem('refused', 'site.json in the folder of the site is damaged.', { cause });
  }
}

function pageOf(message: Message): SitePage {
  const { document, language, subject } = message;
  const place = document.split('/').slice(0, -1);
  const files = keptFiles(message).map(({ name }) => [...place, name].join('/'));
  return { document, language, subject, files };
}

const newestFirst = (a: SitePage, b: SitePage): number =>
  dayOf(a) === dayOf(b) ? (a.document < b.document ? -1 : 1) : dayOf(a) < dayOf(b) ? 1 : -1;

/** RSS 2.0. An item's date is its day, not the instant of writing, so that the same content is the same file. */
function feed({ title, address }: SiteSettings, pages: readonly SitePage[]): string {
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
