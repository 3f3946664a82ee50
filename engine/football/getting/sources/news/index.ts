import { join } from 'node:path';
import type { FactEntry } from '../../../../../db/storage/football/team-facts.ts';
import { AppError } from '../../../../contract/errors.ts';
import { createNoteTaker } from '../../notes.ts';
import type { FileContent, FileMeta, ListRequest, ParsedFile, Source, SourceItem } from '../../source.ts';
import { readFeed } from './feed.ts';
import { languageOf, lexiconScorer, scoreText } from './lexicon.ts';
import { keyOf, readNewsMapping } from './mapping.ts';
import { scoreByModel } from './model-stage.ts';

/**
 * News feeds (RSS and Atom) of teams. Whatever day an item bears, it is known from the instant it was first read here: a
 * feed can be rewritten and an archive chosen afterwards. Items are scored by the lexicon at once, and by a model where
 * one is set.
 */
export const news: Source = {
  name: 'news',
  parserVersion: 1,
  hasMappedAddresses: true,
  storedName: (mapping) => readNewsMapping(mapping).source,
  list,
  parse,
  afterwards: scoreByModel,
};

function list({ origin, mapping, championships }: ListRequest): SourceItem[] {
  return readNewsMapping(mapping)
    .feeds.filter(({ championship }) => championships?.has(championship) ?? true)
    .flatMap((feed) => {
      const key = keyOf(feed);
      const hints = { championship: feed.championship };
      if (origin.kind === 'address') return [{ key, address: feed.address, hints }];
      const file = feed.file ?? `${feed.team}.xml`;
      return origin.files.includes(file) ? [{ key, address: join(origin.path, file), hints }] : [];
    });
}

function parse(file: FileContent, meta: FileMeta): ParsedFile {
  const feed = readNewsMapping(meta.mapping).feeds.find((one) => keyOf(one) === meta.key);
  if (!feed) throw new AppError('INTERNAL', `The mapping has no feed ${meta.key}.`);
  const items = readFeed(file.main);
  const facts = items.flatMap((item, i): FactEntry[] => {
    const whole = `${item.title}. ${item.text}`;
    const folded = whole.toLowerCase();
    if (feed.mentions && !feed.mentions.some((word) => folded.includes(word.toLowerCase()))) return [];
    const language = languageOf(whole);
    const { publishedAt } = item;
    return [
      {
        ...{ kind: 'news', line: i + 1, team: feed.team, knownAt: meta.seenAt, guid: item.guid },
        address: item.address,
        publishedAt: Number.isNaN(publishedAt) ? null : publishedAt,
        ...{ language, title: item.title, text: item.text },
        ...{ scorer: lexiconScorer, score: scoreText(whole, language) },
      },
    ];
  });
  return {
    ...createNoteTaker().finish(items.length, []),
    facts: facts.length > 0 ? [{ championship: feed.championship, facts }] : [],
  };
}
