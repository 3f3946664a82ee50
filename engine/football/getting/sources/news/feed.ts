import { XMLParser } from 'fast-xml-parser';
import { AppError } from '../../../../contract/errors.ts';
import { shorten, singleLine } from '../../../../documents/text.ts';
import type { Instant } from '../../../../contract/domain.ts';

/** One item of a news feed, as plain text. */
export interface FeedItem {
  /** Tells the feed's items apart. */
  readonly guid: string;
  readonly address: string | null;
  /** The day it bears; NaN where it bears none that can be read. */
  readonly publishedAt: Instant;
  readonly title: string;
  readonly text: string;
}

const largestFeedBytes = 4 * 1024 * 1024;
const mostItems = 300;
const longest = { title: 300, text: 3000, guid: 400, markup: 60_000 } as const;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  // Entities stay as they are written; the few that matter are read below, and none can grow.
  processEntities: false,
  parseTagValue: false,
  parseAttributeValue: false,
  textNodeName: '#text',
});

/**
 * Reads RSS 0.9 to 2.0 and Atom. Nothing outside of the file is looked up and no entity is expanded; markup inside of
 * items becomes plain text.
 *
 * @throws AppError `FILE_FORMAT` for what is no feed or declares entities, `SOURCE_TOO_LARGE`
 */
export function readFeed(bytes: Uint8Array): FeedItem[] {
  if (bytes.length > largestFeedBytes) {
    throw new AppError(
      'SOURCE_TOO_LARGE',
      `The feed has ${bytes.length} bytes; at most ${largestFeedBytes} are read.`,
    );
  }
  const xml = decode(bytes);
  if (/<!ENTITY/i.test(xml)) throw new AppError('FILE_FORMAT', 'The feed declares entities: it is not read.');
  const root = parse(xml);
  const rss = child(root, 'rss');
  const rdf = child(root, 'RDF');
  const atom = child(root, 'feed');
  const entries = atom
    ? listOf(atom['entry'])
    : [...listOf(child(rss ?? rdf ?? {}, 'channel')?.['item']), ...listOf(rdf?.['item'])];
  if (!rss && !rdf && !atom) throw new AppError('FILE_FORMAT', 'The file is no RSS or Atom feed.');
  return entries
    .slice(0, mostItems)
    .map(readItem)
    .filter((item) => item !== undefined);
}

type Node = Readonly<Record<string, unknown>>;

function decode(bytes: Uint8Array): string {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const label = /^[^<]*<\?xml[^>]*encoding=["']([A-Za-z0-9._-]+)["']/.exec(head)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(label).decode(bytes);
  } catch (cause) {
    throw new AppError('FILE_FORMAT', `The feed's encoding '${label}' is not known.`, { cause });
  }
}

function parse(xml: string): Node {
  try {
    return parser.parse(xml, true) as Node;
  } catch (cause) {
    throw new AppError('FILE_FORMAT', 'The feed is not well-formed XML.', { cause });
  }
}

function readItem(node: Node): FeedItem | undefined {
  const title = shorten(plainText(textOf(node['title'])), longest.title);
  const body = ['encoded', 'content', 'description', 'summary'].map((name) => textOf(node[name]));
  const text = shorten(plainText(body.find((part) => part.trim() !== '') ?? ''), longest.text);
  if (title === '' && text === '') return undefined;
  const address = linkOf(node);
  const day = ['pubDate', 'published', 'updated', 'date'].map((name) => textOf(node[name])).find(Boolean);
  const guid = textOf(node['guid']) || textOf(node['id']) || (address ?? title);
  return {
    guid: singleLine(guid).slice(0, longest.guid),
    address,
    publishedAt: day === undefined ? NaN : Date.parse(day),
    title,
    text,
  };
}

/** The item's own address, if it is one of the web. */
function linkOf(node: Node): string | null {
  const links = Array.isArray(node['link']) ? (node['link'] as unknown[]) : [node['link']];
  for (const link of links) {
    const href = isNode(link) ? link['@href'] : undefined;
    const text = decodeEntities(typeof href === 'string' ? href : textOf(link)).trim();
    if (/^https?:\/\//i.test(text) && URL.canParse(text)) return text.slice(0, 2000);
  }
  return null;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

function child(node: Node, name: string): Node | undefined {
  const value = node[name];
  return isNode(value) ? value : value === '' ? {} : undefined;
}

function listOf(value: unknown): Node[] {
  return (Array.isArray(value) ? (value as unknown[]) : [value]).filter(isNode);
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return textOf(value[0]);
  return isNode(value) ? textOf(value['#text'] ?? '') : '';
}

/** Text without tags: feeds write their texts as escaped HTML. */
function plainText(markup: string): string {
  return singleLine(decodeEntities(withoutTags(decodeEntities(markup.slice(0, longest.markup)))));
}

/** Drops tags, scripts and styles in one walk, so that no text takes longer than its length. */
function withoutTags(html: string): string {
  const folded = html.toLowerCase();
  const parts: string[] = [];
  let at = 0;
  for (let open = html.indexOf('<'); open >= 0; open = html.indexOf('<', at)) {
    parts.push(html.slice(at, open));
    const hidden = ['script', 'style'].find((name) => folded.startsWith(name, open + 1));
    const end = hidden === undefined ? open : folded.indexOf(`</${hidden}`, open);
    const close = end < 0 ? -1 : html.indexOf('>', end);
    // What never ends is no text.
    if (close < 0) return parts.join(' ');
    at = close + 1;
  }
  return [...parts, html.slice(at)].join(' ');
}

const named: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' },
  ...{
    laquo: '«',
    raquo: '»',
    ndash: '–',
    mdash: '—',
    hellip: '…',
    rsquo: '’',
    lsquo: '‘',
    ldquo: '“',
    rdquo: '”',
  },
};

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return named[String(name).toLowerCase()] ?? whole;
    const point = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : ' ';
  });
}
