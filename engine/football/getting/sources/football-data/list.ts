import { basename, join } from 'node:path';
import type { Day } from '../../../../contract/domain.ts';
import { championships, findChampionship, seasonAt, seasonStart } from '../../championships.ts';
import type { Championship } from '../../championships.ts';
import type { FileHints, ListRequest, SourceItem } from '../../source.ts';

const fixtureFiles = ['fixtures.csv', 'new_league_fixtures.csv'];

/** The files of a folder or of the site that a request wants; fixtures come last, when their teams are known. */
export function listFootballData(request: ListRequest): SourceItem[] {
  const items = request.origin.kind === 'folder' ? listFolder(request) : listSite(request);
  return items
    .filter(({ hints }) => hints.championship === undefined || isWanted(request, hints.championship))
    .filter(({ hints }) => request.scope === 'all-time' || isOfToday(hints, request.today))
    .sort(byOrderOfReading);
}

function isWanted({ championships: wanted }: ListRequest, code: string): boolean {
  return wanted?.has(code) ?? true;
}

/** Files without a season (extra leagues, a lone `E0.csv`) hold the current one too. */
function isOfToday({ championship, firstYear, isFixtures }: FileHints, today: Day): boolean {
  if (isFixtures || championship === undefined || firstYear === undefined) return true;
  const known = findChampionship(championship);
  return known === undefined || currentSeason(known, today) === firstYear;
}

/** A season that will begin in August is not there in July; the one that was moved into July is the last one's. */
function currentSeason(championship: Championship, today: Day): number {
  return seasonAt(championship, today).firstYear;
}

function byOrderOfReading(a: SourceItem, b: SourceItem): number {
  const rank = (item: SourceItem) => (item.hints.isFixtures ? 1 : 0);
  return (
    rank(a) - rank(b) ||
    compare(a.hints.championship ?? '~', b.hints.championship ?? '~') ||
    (a.hints.firstYear ?? 9999) - (b.hints.firstYear ?? 9999) ||
    compare(a.key, b.key)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function listFolder({ origin }: ListRequest): SourceItem[] {
  if (origin.kind !== 'folder') return [];
  return origin.files
    .filter((file) => /\.(csv|txt)$/i.test(file))
    .map((file) => ({
      key: file,
      address: join(origin.path, file),
      hints: hintsOfPath(`${basename(origin.path)}/${file}`),
    }));
}

/**
 * What a path says: `E0/0506.csv`, `0506/E0.csv`, `mmz4281/0506/E0.csv`, `E0_0506.csv`, `0506-E0.csv`, `E0.csv`,
 * `new/RUS.csv`, `fixtures.csv`. The innermost names count; what is not recognised is left to the file's own columns.
 */
export function hintsOfPath(path: string): FileHints {
  const names = path.replace(/\.\w+$/, '').split('/');
  if (/fixtures$/i.test(names.at(-1)!)) return { isFixtures: true };
  // A folder counts only where its whole name is a code: "backup 2021" is none.
  const words = [
    ...names
      .at(-1)!
      .split(/[_\- ]/)
      .reverse(),
    names.at(-2) ?? '',
  ];
  const championship = words.map((word) => findChampionship(word.toUpperCase())).find(Boolean);
  const isExtra = championship?.sources['football-data'] === 'extra';
  const season = words.map((word) => seasonOfWord(word, championship)).find(Boolean);
  return {
    ...(championship ? { championship: championship.code } : {}),
    // An extra league's file holds many seasons and names each in its rows.
    ...(season === undefined || isExtra ? {} : { firstYear: season }),
  };
}

/** `0506`, or a year where seasons are years; "2024" in the name of an autumn-spring file may mean either half. */
function seasonOfWord(word: string, championship: Championship | undefined): number | undefined {
  if (!/^\d{4}$/.test(word)) return undefined;
  const rule = championship?.seasonRule ?? 'autumn-spring';
  const isPair = (Number(word.slice(0, 2)) + 1) % 100 === Number(word.slice(2));
  return rule === 'calendar' || isPair ? seasonStart(word, rule) : undefined;
}

function listSite({ origin, today, championships: wanted, scope }: ListRequest): SourceItem[] {
  if (origin.kind !== 'address') return [];
  const base = origin.address.replace(/\/+$/, '');
  const items: SourceItem[] = [];
  const push = (key: string, hints: FileHints, isOptional = false) => {
    items.push({ key, address: `${base}/${key}`, hints, isOptional });
  };
  const known = championships.filter(
    ({ code, isSample, sources }) =>
      sources['football-data'] !== undefined && (wanted ? wanted.has(code) : !isSample),
  );
  for (const championship of known) {
    if (championship.sources['football-data'] === 'extra') {
      push(`new/${championship.code}.csv`, { championship: championship.code });
      continue;
    }
    const current = currentSeason(championship, today);
    const first = scope === 'today' ? current : championship.firstSeason;
    for (let year = first; year <= current; year++) {
      const code = `${String(year % 100).padStart(2, '0')}${String((year + 1) % 100).padStart(2, '0')}`;
      // Until September the season's first file may not have been published.
      const isOptional = year === current && ['07', '08'].includes(today.slice(5, 7));
      push(
        `mmz4281/${code}/${championship.code}.csv`,
        { championship: championship.code, firstYear: year },
        isOptional,
      );
    }
  }
  const kinds = new Set(known.map(({ sources }) => sources['football-data']));
  if (kinds.has('season')) push(fixtureFiles[0]!, { isFixtures: true });
  if (kinds.has('extra')) push(fixtureFiles[1]!, { isFixtures: true });
  return items;
}
