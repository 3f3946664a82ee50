import { join } from 'node:path';
import { z } from 'zod';
import { createBatchBuilder } from '../batch-builder.ts';
import { championships, dayZoneOf, seasonAt, seasonOf, seasonStart } from '../championships.ts';
import type { Championship } from '../championships.ts';
import { decodeText, parseJson } from '../decode.ts';
import { createNoteTaker } from '../notes.ts';
import { createDuplicateCheck, futureResult } from '../row-check.ts';
import { resultKnownAt } from '../rules.ts';
import type {
  Companion,
  FileContent,
  FileMeta,
  ListRequest,
  ParsedFile,
  Source,
  SourceItem,
} from '../source.ts';
import { dayAt, dayNumber } from '../../../contract/zones.ts';
import { AppError } from '../../../contract/errors.ts';
import { readBaltbetQuotes } from './baltbet-quotes.ts';
import type { Sport } from '../../../contract/domain.ts';
import type { Decision } from '../../../../db/storage/football/match-batch.ts';

/**
 * BaltBet's statistics service (`/seasons/{id}/matches`, `/coefs/{matchId}`), or a folder of its answers named
 * `seasons_{id}_matches.json`. Its format is known second-hand: every key may be missing, and what cannot be
 * understood is left out with a remark. Times are UTC; a match's day is that of the championship's zone.
 */
export const baltbet: Source = {
  name: 'baltbet',
  parserVersion: 2,
  baseAddress: 'https://stat-api.baltbet.ru/api',
  list,
  companions,
  parse,
};

/** The service's numbers of the sports that are read. */
const sportNumbers: Readonly<Record<Sport, number>> = { football: 1, 'ice-hockey': 4 };
const knownSports = new Set(Object.values(sportNumbers));
/** Prices are asked for matches that begin within so many days. */
const quotedDays = 14;

const byTournament = new Map(
  championships.flatMap((one) => (one.sources.baltbet ? [[one.sources.baltbet, one] as const] : [])),
);

/**
 * A folder's seasons are the files in it. The live service has no list of everything: its seasons are found through
 * each wanted tournament's own list, which is read as a companion of the first answer.
 */
function list(request: ListRequest): SourceItem[] {
  const { origin } = request;
  if (origin.kind === 'folder') {
    return origin.files
      .filter((file) => /(^|\/)seasons_\d+_matches\.json$/.test(file))
      .sort()
      .map((file) => ({ key: file, address: join(origin.path, file), hints: {} }));
  }
  const base = origin.address.replace(/\/+$/, '');
  return [...byTournament]
    .filter(([, { code }]) => request.championships?.has(code) ?? true)
    .map(([tournament, { code }]) => {
      const key = `tournaments/${tournament}/seasons`;
      return { key, address: `${base}/${key}`, hints: { championship: code } };
    });
}

const seasonSchema = z.object({ id: z.int(), tId: z.int().optional(), year: z.string().optional() });
const seasonsSchema = z.array(z.unknown());
const seasonAnswer = z.object({ season: seasonSchema.optional() });

function companions(content: FileContent, item: SourceItem, request: ListRequest): Companion[] {
  const answer = parseJson(decodeText(content.main).text);
  if (request.origin.kind === 'folder') return folderCompanions(answer, item);
  const base = request.origin.address.replace(/\/+$/, '');
  const seasons = readSeasons(answer)
    .sort((a, b) => b.id - a.id)
    .filter((_, index) => request.scope === 'all-time' || index === 0)
    .map(({ id }) => ({
      name: `seasons_${id}_matches`,
      address: `${base}/seasons/${id}/matches`,
      isNeeded: true,
    }));
  const begin = dayNumber(request.today) * 86_400;
  const quotes = Object.entries(content.companions)
    .filter(([name]) => name.endsWith('_matches'))
    .flatMap(([, bytes]) => looseMatches(parseJson(decodeText(bytes).text)))
    .filter(({ time = 0 }) => time >= begin && time < begin + quotedDays * 86_400)
    .flatMap(({ id }) => (id === undefined ? [] : [{ name: `coefs_${id}`, address: `${base}/coefs/${id}` }]));
  return [...seasons, ...quotes];
}

/** A folder names its files after the service's paths. */
function folderCompanions(answer: unknown, item: SourceItem): Companion[] {
  const folder = item.address.replace(/[^/\\]+$/, '');
  const season = /seasons_(\d+)_matches/.exec(item.key)![1]!;
  const names = [`seasons_${season}`];
  for (const match of looseMatches(answer)) {
    if (names.length === 1 && match.tId !== undefined) names.push(`tournaments_${match.tId}_seasons`);
    if (match.id !== undefined) names.push(`coefs_${match.id}`);
  }
  return names.map((name) => ({ name, address: `${folder}${name}.json` }));
}

const teamSchema = z.object({ id: z.int(), name: z.string().min(1) });
const periodSchema = z.object({ period: z.string(), home: z.int(), away: z.int() });
const matchSchema = z.object({
  id: z.int().optional(),
  sId: z.int().optional(),
  tId: z.int().optional(),
  snId: z.int().optional(),
  round: z.object({ id: z.int().optional(), isCanceled: z.boolean().optional() }).nullish(),
  time: z.number(),
  homeId: z.int(),
  awayId: z.int(),
  isCanceled: z.boolean().optional(),
  result: z
    .object({ period: z.string().optional(), home: z.int().optional(), away: z.int().optional() })
    .nullish(),
  periods: z.array(z.unknown()).nullish(),
});
type BaltbetMatch = z.infer<typeof matchSchema>;

const listed = z.object({ matches: z.array(z.unknown()).nullish(), teams: z.array(z.unknown()).nullish() });

const looseSchema = z.object({
  id: z.int().optional(),
  tId: z.int().optional(),
  time: z.number().optional(),
});

function looseMatches(answer: unknown): z.infer<typeof looseSchema>[] {
  const matches = listed.safeParse(answer).data?.matches ?? [];
  return matches.flatMap((match) => looseSchema.safeParse(match).data ?? []);
}

function readSeasons(answer: unknown): z.infer<typeof seasonSchema>[] {
  const entries = seasonsSchema.safeParse(answer).data ?? [];
  return entries.flatMap((entry) => seasonSchema.safeParse(entry).data ?? []);
}

function parse(file: FileContent, meta: FileMeta): ParsedFile {
  const read = (bytes: Uint8Array | undefined) => (bytes ? parseJson(decodeText(bytes).text) : undefined);
  const answer = read(file.main);
  const seasons = new Map<number, z.infer<typeof seasonSchema>>();
  const keep = (season: z.infer<typeof seasonSchema> | undefined) => {
    if (season?.year !== undefined) seasons.set(season.id, season);
  };
  const documents: unknown[] = Array.isArray(answer) ? [] : [answer];
  readSeasons(answer).forEach(keep);
  for (const [name, bytes] of Object.entries(file.companions)) {
    if (name.endsWith('_matches')) documents.push(read(bytes));
    else if (/^seasons_\d+$/.test(name)) keep(seasonAnswer.safeParse(read(bytes)).data?.season);
    else if (name.startsWith('tournaments_')) readSeasons(read(bytes)).forEach(keep);
  }
  const quotesOf = (id: number | undefined) =>
    id === undefined ? undefined : read(file.companions[`coefs_${id}`]);
  return readDocuments(documents, { meta, seasons, quotesOf });
}

function readDocuments(
  documents: readonly unknown[],
  known: {
    meta: FileMeta;
    seasons: ReadonlyMap<number, z.infer<typeof seasonSchema>>;
    quotesOf(id: number | undefined): unknown;
  },
): ParsedFile {
  const { meta, seasons } = known;
  const notes = createNoteTaker();
  const builders = new Map<string, ReturnType<typeof createBatchBuilder>>();
  const isDuplicate = createDuplicateCheck();
  let rowsRead = 0;
  let otherSports = 0;

  for (const document of documents) {
    const content = listed.safeParse(document);
    if (!content.success || !content.data.matches) {
      throw new AppError('FILE_COLUMNS', "The answer lacks the list 'matches'.");
    }
    const teams = new Map<number, string>();
    for (const entry of content.data.teams ?? []) {
      const team = teamSchema.safeParse(entry).data;
      if (team) teams.set(team.id, team.name.trim());
    }
    for (const entry of content.data.matches) {
      rowsRead++;
      const line = rowsRead;
      const parsed = matchSchema.safeParse(entry);
      if (!parsed.success) {
        const issue = parsed.error.issues[0]!;
        notes.refuse(
          line,
          `The match's ${issue.path.join('.') || 'entry'} is not as expected: ${issue.message}.`,
        );
        continue;
      }
      const match = parsed.data;
      if (match.sId !== undefined && !knownSports.has(match.sId)) {
        otherSports++;
        continue;
      }
      const championship = byTournament.get(match.tId ?? NaN);
      if (!championship) {
        notes.refuse(line, `The tournament ${match.tId ?? 'without a number'} is unknown.`);
        continue;
      }
      if (match.sId !== undefined && match.sId !== sportNumbers[championship.sport]) {
        notes.refuse(
          line,
          `The tournament ${match.tId} is one of ${championship.sport}, but the match is not.`,
        );
        continue;
      }
      if (meta.wanted && !meta.wanted.has(championship.code)) continue;
      const row = readMatch(match, { championship, teams, year: seasons.get(match.snId ?? NaN)?.year });
      const reason = typeof row === 'string' ? row : isDuplicate(`${row.day}|${row.home}|${row.away}`, line);
      if (typeof row === 'string' || reason) {
        notes.refuse(line, String(reason));
        continue;
      }
      const future = row.decidedBy === null ? undefined : futureResult(row.kickOff, row.day, meta.futureFrom);
      if (future) {
        notes.refuseForNow(line, future);
        continue;
      }
      const key = `${championship.code}|${row.season.code}`;
      let builder = builders.get(key);
      if (!builder) {
        builder = createBatchBuilder(championship, row.season, { seasonIsGuessed: row.seasonIsGuessed });
        builders.set(key, builder);
      }
      builder.add({ ...row, line });
      const begins = row.kickOff.instant;
      if (
        row.status === 'scheduled' &&
        meta.seenAt < begins &&
        begins < meta.seenAt + quotedDays * 86_400_000
      ) {
        readBaltbetQuotes(known.quotesOf(match.id), { builder, notes, line, instant: meta.seenAt });
      }
    }
  }
  if (otherSports > 0) notes.warn(0, `${otherSports} matches of other sports were set aside.`);
  return notes.finish(rowsRead, builders.values());
}

/** Periods in which a match ended: `nt` or nothing is normal time. */
const decidedIn: Readonly<Record<string, Decision>> = {
  nt: 'regular',
  ot: 'extra-time',
  et: 'extra-time',
  ap: 'penalties',
  so: 'penalties',
};

/** The score of regular time and of what came after it; undefined before it is played. */
function readScore(
  match: BaltbetMatch,
  sport: Sport,
): { goals: number[]; decidedBy: Decision } | 'impossible' | undefined {
  const periods = (match.periods ?? []).flatMap((entry) => periodSchema.safeParse(entry).data ?? []);
  const periodOf = (name: string) => periods.find(({ period }) => period === name);
  const { home, away, period } = match.result ?? {};
  const final = home === undefined || away === undefined ? undefined : { home, away };
  const decidedBy = decidedIn[period ?? 'nt'] ?? 'regular';
  const isHockey = sport === 'ice-hockey';
  // One goal ends overtime and a shoot-out counts as one, so the loser's goals are those of the drawn regular time.
  const drawn = final && Math.min(final.home, final.away);
  const before =
    isHockey && decidedBy !== 'regular' && drawn !== undefined ? { home: drawn, away: drawn } : final;
  const regular = periodOf('ft') ?? before;
  if (!regular) return undefined;
  if ([regular.home, regular.away].some((count) => count < 0 || count > 30)) return 'impossible';
  const goals = [regular.home, regular.away, -1, -1, -1, -1, -1, -1];
  if (!isHockey) {
    const half = periodOf('p1');
    if (half && half.home <= regular.home && half.away <= regular.away)
      goals.splice(2, 2, half.home, half.away);
  } else if (final && decidedBy === 'extra-time') {
    goals.splice(4, 2, final.home, final.away);
  } else if (final && decidedBy === 'penalties') {
    goals.splice(4, 4, regular.home, regular.away, final.home - regular.home, final.away - regular.away);
  }
  return { goals, decidedBy };
}

function readMatch(
  match: BaltbetMatch,
  known: {
    championship: Championship;
    teams: ReadonlyMap<number, string>;
    year: string | undefined;
  },
) {
  const { championship, teams, year } = known;
  const home = teams.get(match.homeId);
  const away = teams.get(match.awayId);
  if (home === undefined || away === undefined) return 'The name of a team is missing.';
  if (home === away) return `${home} cannot play itself.`;
  const dayZone = dayZoneOf(championship);
  const instant = match.time * 1000;
  if (!Number.isInteger(instant) || Math.abs(instant) > 8e15) return `'${match.time}' is no time.`;
  const text = dayAt(instant, dayZone);
  const day = dayNumber(text);
  const kickOff = { instant, isKnown: true };
  const firstYear =
    year === undefined
      ? undefined
      : seasonStart(year.replace(/^(\d\d)\/(\d\d)$/, '$1$2'), championship.seasonRule);
  const season = firstYear === undefined ? seasonAt(championship, text) : seasonOf(championship, firstYear);
  const isCancelled = match.isCanceled ?? match.round?.isCanceled ?? false;
  const score = isCancelled ? undefined : readScore(match, championship.sport);
  if (score === 'impossible') return 'The score is impossible.';
  return {
    home,
    away,
    day,
    kickOff,
    season,
    seasonIsGuessed: firstYear === undefined,
    goals: score?.goals ?? [],
    decidedBy: score?.decidedBy ?? null,
    status: isCancelled ? ('cancelled' as const) : score ? ('finished' as const) : ('scheduled' as const),
    resultKnownAt: score ? resultKnownAt(day, kickOff, dayZone) : NaN,
    round: match.round?.id === undefined ? null : String(match.round.id),
  };
}
