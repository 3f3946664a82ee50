import { basename, join } from 'node:path';
import { z } from 'zod';
import type { MatchStatus } from '../../../contract/domain.ts';
import { AppError } from '../../../contract/errors.ts';
import { createBatchBuilder } from '../batch-builder.ts';
import {
  championshipOf,
  championships,
  dayZoneOf,
  seasonAt,
  seasonOf,
  seasonStart,
} from '../championships.ts';
import type { Championship } from '../championships.ts';
import { decodeText, parseJson } from '../decode.ts';
import { createNoteTaker } from '../notes.ts';
import { createDuplicateCheck, futureResult } from '../row-check.ts';
import { kickOffOf, resultKnownAt } from '../rules.ts';
import type { FileContent, FileMeta, ListRequest, ParsedFile, Source, SourceItem } from '../source.ts';
import { parseDay, parseTime } from '../values.ts';
import type { Decision } from '../../../../db/storage/football/match-batch.ts';

/**
 * openfootball's football.json: one file a season and league, `2023-24/en.1.json`. Times are local to the league.
 * Goals `ft` are those of the ninety minutes, `et` those after extra time, `p` the shoot-out's.
 */
export const openfootball: Source = {
  name: 'openfootball',
  parserVersion: 1,
  baseAddress: 'https://raw.githubusercontent.com/openfootball/football.json/master',
  list,
  parse,
};

const byLeague = new Map(
  championships.flatMap((one) =>
    one.sources.openfootball ? [[one.sources.openfootball, one] as const] : [],
  ),
);

function list(request: ListRequest): SourceItem[] {
  const { origin, today, scope } = request;
  const isCurrent = (championship: Championship, year: number) =>
    scope === 'all-time' || seasonAt(championship, today).firstYear === year;
  if (origin.kind === 'folder') {
    return origin.files
      .flatMap((file): SourceItem[] => {
        const match = /(?:^|\/)(\d{4}(?:-\d\d)?)\/([a-z]+(?:\.[a-z0-9]+)+)\.json$/.exec(
          `${basename(origin.path)}/${file}`,
        );
        if (!match) return [];
        const championship = byLeague.get(match[2]!);
        const firstYear = championship && seasonStart(match[1]!, championship.seasonRule);
        // A league that is not known is listed all the same, so that its file is refused by name and not overlooked.
        if (!championship || firstYear === undefined) {
          return [{ key: file, address: join(origin.path, file), hints: {} }];
        }
        if (request.championships && !request.championships.has(championship.code)) return [];
        if (!isCurrent(championship, firstYear)) return [];
        const hints = { championship: championship.code, firstYear };
        return [{ key: file, address: join(origin.path, file), hints }];
      })
      .sort((a, b) => (a.key < b.key ? -1 : 1));
  }
  const items: SourceItem[] = [];
  for (const championship of byLeague.values()) {
    if (request.championships && !request.championships.has(championship.code)) continue;
    const current = seasonAt(championship, today).firstYear;
    const first = Math.max(2010, championship.firstSeason);
    for (let year = scope === 'today' ? current : first; year <= current; year++) {
      const season = seasonOf(championship, year).code.replace('/', '-');
      const key = `${season}/${championship.sources.openfootball!}.json`;
      const hints = { championship: championship.code, firstYear: year };
      const address = `${origin.address.replace(/\/+$/, '')}/${key}`;
      // The collection has gaps: a season that nobody asked for by name may be missing.
      items.push({ key, address, hints, isOptional: request.championships === undefined });
    }
  }
  return items;
}

const pair = z.tuple([z.int().min(0).max(30), z.int().min(0).max(30)]);
const matchSchema = z.object({
  round: z.string().optional(),
  date: z.string(),
  time: z.string().optional(),
  team1: z.string().min(1),
  team2: z.string().min(1),
  score: z
    .object({ ht: pair.optional(), ft: pair.optional(), et: pair.optional(), p: pair.optional() })
    .nullish(),
  status: z.string().optional(),
});
type OpenfootballMatch = z.infer<typeof matchSchema>;

const fileSchema = z.object({ matches: z.array(z.unknown()) });

function parse(file: FileContent, meta: FileMeta): ParsedFile {
  const { championship: code, firstYear } = meta.hints;
  if (code === undefined || firstYear === undefined) {
    throw new AppError('FILE_FORMAT', `The league or season of '${meta.key}' is unknown: nothing was read.`);
  }
  const championship = championshipOf(code);
  const document = fileSchema.safeParse(parseJson(decodeText(file.main).text));
  if (!document.success) throw new AppError('FILE_COLUMNS', "The file lacks the list 'matches'.");
  const notes = createNoteTaker();
  const builder = createBatchBuilder(championship, seasonOf(championship, firstYear), {
    seasonIsGuessed: false,
  });
  const isDuplicate = createDuplicateCheck();
  const dayZone = dayZoneOf(championship);

  document.data.matches.forEach((entry, index) => {
    const line = index + 1;
    const parsed = matchSchema.safeParse(entry);
    if (!parsed.success) {
      const issue = parsed.error.issues[0]!;
      notes.refuse(
        line,
        `The match's ${issue.path.join('.') || 'entry'} is not as expected: ${issue.message}.`,
      );
      return;
    }
    const match = parsed.data;
    const day = parseDay(match.date);
    const home = match.team1.trim();
    const away = match.team2.trim();
    const reason = Number.isNaN(day)
      ? `'${match.date}' is no date.`
      : home === away
        ? `${home} cannot play itself.`
        : isDuplicate(`${day}|${home}|${away}`, line);
    if (reason) {
      notes.refuse(line, reason);
      return;
    }
    const kickOff = kickOffOf(day, parseTime(match.time?.slice(0, 5) ?? ''), {
      clock: championship.zone,
      day: dayZone,
    });
    const { status, decidedBy, goals } = outcomeOf(match);
    const hasResult = status === 'finished' || status === 'awarded';
    const future = hasResult ? futureResult(kickOff, day, meta.futureFrom) : undefined;
    if (future) {
      notes.refuseForNow(line, future);
      return;
    }
    const [fullHome, fullAway, halfHome, halfAway] = goals as [number, number, number, number];
    if (halfHome > fullHome || halfAway > fullAway) {
      notes.refuse(
        line,
        `The half-time score ${halfHome}-${halfAway} is above the full-time score ${fullHome}-${fullAway}.`,
      );
      return;
    }
    builder.add({
      line,
      home,
      away,
      day,
      kickOff,
      status,
      decidedBy,
      goals,
      resultKnownAt: hasResult ? resultKnownAt(day, kickOff, dayZone) : NaN,
      round: match.round ?? null,
    });
  });
  return notes.finish(document.data.matches.length, [builder]);
}

function outcomeOf({ status, score }: OpenfootballMatch): {
  status: MatchStatus;
  decidedBy: Decision;
  goals: readonly number[];
} {
  const none = [-1, -1, -1, -1, -1, -1, -1, -1];
  const isCalledOff = status === 'cancelled' || status === 'postponed' || status === 'abandoned';
  if (isCalledOff) return { status, decidedBy: null, goals: none };
  if (!score?.ft) return { status: 'scheduled', decidedBy: null, goals: none };
  const absent = [-1, -1] as const;
  const goals = [...score.ft, ...(score.ht ?? absent), ...(score.et ?? absent), ...(score.p ?? absent)];
  if (status === 'awarded') return { status: 'awarded', decidedBy: 'award', goals };
  return {
    status: 'finished',
    decidedBy: score.p ? 'penalties' : score.et ? 'extra-time' : 'regular',
    goals,
  };
}
