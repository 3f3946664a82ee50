import type { KnownFile } from '../../../db/queries/football/getting.ts';
import { AppError } from '../../contract/errors.ts';
import type { Fetcher } from '../../ports/index.ts';
import { readBytes } from './reading.ts';
import type { FileContent, ListRequest, Source, SourceItem } from './source.ts';

/** The content of an item, or where a worker finds it. */
export interface Gathered {
  /** Undefined where the address answered that nothing has changed. */
  readonly content: FileContent | { readonly path: string } | undefined;
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

/** Companions of companions of companions end here. */
const mostRounds = 4;

/**
 * Gets an item's bytes: from its address (only if they changed, where something is known of it), or left to the worker
 * for a file without companions.
 *
 * @throws AppError `SOURCE_*`
 */
export async function gather(
  item: SourceItem,
  tools: { source: Source; request: ListRequest; fetcher: Fetcher; known: KnownFile | undefined },
): Promise<Gathered> {
  const { source, request, fetcher, known } = tools;
  const isFolder = request.origin.kind === 'folder';
  if (isFolder && !source.companions) return { content: { path: item.address } };
  const fetchOne = async (address: string, conditions: Partial<KnownFile> = {}) => {
    if (isFolder) return { kind: 'content' as const, body: await readBytes(address) };
    return await fetcher.fetch({
      address,
      etag: conditions.etag ?? undefined,
      lastModified: conditions.lastModified ?? undefined,
      signal: request.signal,
    });
  };
  // An unchanged list says nothing about the files that it leads to.
  const answer = await fetchOne(item.address, source.companions ? {} : known);
  if (answer.kind === 'unchanged') return { content: undefined };
  const content = { main: answer.body, companions: {} as Record<string, Uint8Array> };
  const asked = new Set<string>();
  for (let round = 0; round < mostRounds && source.companions; round++) {
    const open = source.companions(content, item, request).filter(({ name }) => !asked.has(name));
    if (open.length === 0) break;
    for (const { name, address, isNeeded } of open) {
      asked.add(name);
      try {
        const companion = await fetchOne(address);
        if (companion.kind === 'content') content.companions[name] = companion.body;
      } catch (error) {
        const isMissing = error instanceof AppError && error.code === 'SOURCE_NOT_FOUND';
        if (isNeeded || !isMissing) throw error;
      }
    }
  }
  const { etag, lastModified } = answer as { etag?: string; lastModified?: string };
  return { content, etag, lastModified };
}
