import type { Database } from '../../../db/client.ts';
import { readSeasonMatches, readTeams } from '../../../db/queries/football/getting.ts';
import { ensureChampionship, ensureSeason } from '../../../db/storage/football/getting.ts';
import type { StoredChampionship, UnresolvedRow } from '../../../db/storage/football/getting.ts';
import type { MatchBatch } from '../../../db/storage/football/match-batch.ts';
import { writeBatch } from '../../../db/storage/football/matches.ts';
import type { BatchResult } from '../../../db/storage/football/matches.ts';
import { writeFacts } from '../../../db/storage/football/team-facts.ts';
import { AppError } from '../../contract/errors.ts';
import { dayNumber } from '../../contract/zones.ts';
import { championshipOf, countryName, dayZoneOf, seasonOf } from './championships.ts';
import type { Championship } from './championships.ts';
import { foldName } from './names.ts';
import { reportOf } from './report.ts';
import type { FileReport } from './report.ts';
import { collectionInstant } from './rules.ts';
import type { ParsedFile } from './source.ts';
import { sportNames } from '../settlement/result.ts';
import { findTeams, resolveTeams, scopeOf } from './teams.ts';

/** Names that no team bears stop a file; this carries them out of the transaction that they undo. */
export class UnresolvedTeamsError extends AppError {
  readonly rows: readonly UnresolvedRow[];

  constructor(rows: readonly UnresolvedRow[]) {
    const list = rows.map(({ name, suggestions }) => {
      const best = suggestions.map(({ team, score }) => `${team} ${Math.round(score * 100)} %`).join(', ');
      return `${name} (${best || 'no suggestion'})`;
    });
    super(
      'TEAM_UNRESOLVED',
      `The file was not read, because ${rows.length} team names are unknown: ${list.join('; ')}. Give each an alias.`,
      { detail: { names: rows.map(({ name }) => name), suggestions: list } },
    );
    this.rows = rows;
  }
}

/**
 * Writes what a file holds. Call it inside the transaction that also notes the file as read.
 *
 * @throws UnresolvedTeamsError where a name is unknown; nothing must then be kept
 */
export function writeFile(database: Database, file: ParsedFile, source: string): FileReport {
  const prepared = file.batches.map((batch) => {
    const championship = championshipOf(batch.championship);
    const stored = ensureChampionship(
      database,
      {
        code: championship.code,
        name: championship.name.en,
        sport: { code: championship.sport, name: sportNames[championship.sport] },
        country: { code: championship.country, name: countryName(championship.country) },
        tier: championship.tier,
        zone: dayZoneOf(championship),
        seasonRule: championship.seasonRule,
        isSample: championship.isSample,
      },
      source,
    );
    const teams = resolveTeams(database, batch, {
      source,
      country: championship.country,
      championship: stored,
    });
    return { batch, championship, stored, teams };
  });
  const unresolved = new Map<string, UnresolvedRow>();
  for (const { teams, stored } of prepared) {
    for (const row of teams.unresolved) {
      const { sportId, countryId } = stored;
      unresolved.set(`${sportId}|${countryId}|${row.name}`, { source, sportId, countryId, ...row });
    }
  }
  const factBatches = prepareFacts(database, file, { source, unresolved });
  if (unresolved.size > 0) throw new UnresolvedTeamsError([...unresolved.values()]);

  const results: BatchResult[] = prepared.map(({ batch, championship, stored, teams }) =>
    writeBatch(database, batch, {
      seasonId: ensureSeason(database, stored.id, seasonFor(database, batch, { championship, stored })),
      teamIds: teams.teamIds,
      source,
      foundingSource: stored.foundingSource,
      preMatchInstant: (day, kickOff, isKnown) =>
        collectionInstant(day, { instant: kickOff, isKnown }, dayZoneOf(championship)),
    }),
  );
  for (const { facts, teamIds } of factBatches) {
    const matches = writeFacts(database, facts, { teamIds, source });
    results.push({ matches, quotes: { new: 0, changed: 0, unchanged: 0 }, notes: [] });
  }
  return reportOf(file, results, [...new Set(prepared.flatMap(({ teams }) => teams.created))]);
}

/** The facts of a file with the teams they speak of; names that no team bears are added to `unresolved`. */
function prepareFacts(
  database: Database,
  file: ParsedFile,
  target: { source: string; unresolved: Map<string, UnresolvedRow> },
) {
  const { source, unresolved } = target;
  return (file.facts ?? []).map(({ championship, facts }) => {
    const { country, sport } = championshipOf(championship);
    const scope = scopeOf(database, sport, country);
    const names = [...new Set(facts.map(({ team }) => team))];
    const found = findTeams(database, names, { source, country, scope });
    for (const row of found.unresolved) {
      unresolved.set(`${scope.sportId}|${scope.countryId}|${row.name}`, { source, ...scope, ...row });
    }
    return { facts, teamIds: new Map(names.map((name, i) => [name, found.teamIds[i]!])) };
  });
}

/** Summer breaks are longer than this; a season that was moved plays on without one. */
const longestPauseDays = 40;

/**
 * The season of a batch. Where the source does not say it and the calendar says a new one, the batch still belongs to the
 * last season if that is under way: its last match is near, all the teams are in it, and none of the pairs has played.
 */
function seasonFor(
  database: Database,
  batch: MatchBatch,
  { championship, stored }: { championship: Championship; stored: StoredChampionship },
): { code: string; firstYear: number } {
  const given = seasonOf(championship, batch.firstYear);
  if (!batch.seasonIsGuessed || batch.count === 0) return given;
  const last = readSeasonMatches(database, stored.id, batch.firstYear - 1);
  if (last.length === 0) return given;
  const names = new Map(readTeams(database, stored).map(({ id, name }) => [id, foldName(name)]));
  const nameOf = (id: number) => names.get(id) ?? '';
  const teams = new Set(last.flatMap(({ home, away }) => [nameOf(home), nameOf(away)]));
  const played = new Set(
    last
      .filter(({ homeGoals }) => homeGoals !== null)
      .map(({ home, away }) => `${nameOf(home)}|${nameOf(away)}`),
  );
  const lastDay = Math.max(...last.map(({ day }) => dayNumber(day)));
  for (let row = 0; row < batch.count; row++) {
    const home = foldName(batch.teams[batch.home[row]!]!);
    const away = foldName(batch.teams[batch.away[row]!]!);
    const isNear = batch.day[row]! - lastDay <= longestPauseDays;
    if (!isNear || !teams.has(home) || !teams.has(away) || played.has(`${home}|${away}`)) return given;
  }
  return seasonOf(championship, batch.firstYear - 1);
}
