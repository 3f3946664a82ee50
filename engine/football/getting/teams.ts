import { readFileSync } from 'node:fs';
import { z } from 'zod';
import {
  hasOtherFounder,
  readAliases,
  readCountryId,
  readSeasonMatches,
  readSportId,
  readTeams,
  readUnresolved,
} from '../../../db/queries/football/getting.ts';
import type { TeamName, TeamScope, UnresolvedTeam } from '../../../db/queries/football/getting.ts';
import { createTeam, storeAlias } from '../../../db/storage/football/getting.ts';
import type { StoredChampionship } from '../../../db/storage/football/getting.ts';
import type { MatchBatch } from '../../../db/storage/football/match-batch.ts';
import type { Database } from '../../../db/client.ts';
import type { Sport } from '../../contract/domain.ts';
import { AppError } from '../../contract/errors.ts';
import { dayText } from '../../contract/zones.ts';
import { foldName, nameSimilarity } from './names.ts';

/**
 * Which team a source means by a name. A name is known when it equals a team's but for case, accents and punctuation,
 * or by an alias (the analyst's own in the database, or ours in `resources/aliases.json`). Only the source that founded
 * the championship may make new teams; every other unknown name waits for an answer, with suggestions.
 */
export interface Resolution {
  /** Team of each name of the batch, in its order; -1 where `unresolved` has the name. */
  readonly teamIds: readonly number[];
  readonly created: readonly string[];
  readonly unresolved: readonly { name: string; suggestions: Suggestion[] }[];
}

export interface Suggestion {
  readonly team: string;
  /** 0 to 1: likeness of the names, raised where the team played the same fixtures. */
  readonly score: number;
}

const aliasesSchema = z.record(z.string(), z.record(z.string(), z.record(z.string(), z.string())));

/** source -> country -> name -> team's name */
const shippedAliases = aliasesSchema.parse(
  JSON.parse(readFileSync(new URL('../../../resources/aliases.json', import.meta.url), 'utf8')) as unknown,
);

/** From this likeness on, a new name may be another spelling of a known team, and a person should say. */
const doubtful = 0.88;
const suggestionsKept = 3;

/** Finds or makes the teams of a batch. Writes only when every name is known. */
export function resolveTeams(
  database: Database,
  batch: MatchBatch,
  options: { source: string; country: string; championship: StoredChampionship },
): Resolution {
  const { source, country, championship } = options;
  const teams = readTeams(database, championship);
  const aliases = readAliases(database, source, championship);
  const shipped = shippedAliases[source]?.[country] ?? {};
  const isFounder = championship.foundingSource === source;
  // Where another source has named the country's teams already, a founder's new name may be one of those.
  const mayClash = isFounder && hasOtherFounder(database, championship, source);
  const index = createIndex(teams);
  let evidence: Map<string, Map<number, number>> | undefined;

  const missing: string[] = [];
  const unresolved: { name: string; suggestions: Suggestion[] }[] = [];
  for (const name of batch.teams) {
    const meant = shipped[name] ?? name;
    if (aliases.has(name) || index.find(meant) !== undefined) continue;
    evidence ??= mayClash || !isFounder ? findEvidence(database, batch, championship.id) : new Map();
    const suggestions = suggest(meant, teams, evidence.get(name));
    const isDoubtful = !isFounder || (mayClash && (suggestions[0]?.score ?? 0) >= doubtful);
    if (isDoubtful) unresolved.push({ name, suggestions });
    else if (!missing.includes(meant)) missing.push(meant);
  }
  const created: string[] = [];
  for (const name of unresolved.length === 0 ? missing : []) {
    // Two spellings of one file fold to one team.
    if (index.find(name) !== undefined) continue;
    index.add({ id: createTeam(database, championship, name), name });
    created.push(name);
  }
  return {
    teamIds: batch.teams.map((name) => aliases.get(name) ?? index.find(shipped[name] ?? name) ?? -1),
    created,
    unresolved,
  };
}

/**
 * Finds teams by name alone, without matches to go by: nothing is made, and a name that is not known waits for an alias.
 */
export function findTeams(
  database: Database,
  names: readonly string[],
  options: { source: string; country: string; scope: TeamScope },
): Resolution {
  const { source, country, scope } = options;
  const teams = readTeams(database, scope);
  const aliases = readAliases(database, source, scope);
  const shipped = shippedAliases[source]?.[country] ?? {};
  const index = createIndex(teams);
  const teamIds = names.map((name) => aliases.get(name) ?? index.find(shipped[name] ?? name) ?? -1);
  const unresolved = names
    .filter((_, i) => teamIds[i] === -1)
    .map((name) => ({ name, suggestions: suggest(shipped[name] ?? name, teams, undefined) }));
  return { teamIds, created: [], unresolved };
}

interface TeamIndex {
  find(name: string): number | undefined;
  add(team: TeamName): void;
}

function createIndex(teams: readonly TeamName[]): TeamIndex {
  const exact = new Map<string, number>();
  /** -1 where two teams fold to one name: then only the exact name tells them apart. */
  const folded = new Map<string, number>();
  const add = ({ id, name }: TeamName) => {
    exact.set(name, id);
    const key = foldName(name);
    folded.set(key, folded.has(key) ? -1 : id);
  };
  teams.forEach(add);
  return {
    add,
    find(name) {
      const found = exact.get(name) ?? folded.get(foldName(name));
      return found === -1 ? undefined : found;
    },
  };
}

/** How often each stored team played on the same day, at the same ground and with the same score as each name. */
function findEvidence(
  database: Database,
  batch: MatchBatch,
  championshipId: number,
): Map<string, Map<number, number>> {
  const keyOf = (day: string, home: number | null, away: number | null) => `${day}|${home}|${away}`;
  const played = new Map<string, { home: number; away: number }[]>();
  for (const match of readSeasonMatches(database, championshipId, batch.firstYear)) {
    if (match.homeGoals === null) continue;
    const key = keyOf(match.day, match.homeGoals, match.awayGoals);
    played.set(key, [...(played.get(key) ?? []), match]);
  }
  const evidence = new Map<string, Map<number, number>>();
  const count = (name: string, team: number, weight: number) => {
    const counts = evidence.get(name) ?? new Map<number, number>();
    counts.set(team, (counts.get(team) ?? 0) + weight);
    evidence.set(name, counts);
  };
  for (let row = 0; row < batch.count; row++) {
    const home = batch.teams[batch.home[row]!]!;
    const away = batch.teams[batch.away[row]!]!;
    const goals = batch.goals.subarray(row * 8, row * 8 + 2);
    const found = played.get(keyOf(dayText(batch.day[row]!), goals[0]!, goals[1]!)) ?? [];
    for (const match of found) {
      count(home, match.home, 1 / found.length);
      count(away, match.away, 1 / found.length);
    }
  }
  return evidence;
}

function suggest(
  name: string,
  teams: readonly TeamName[],
  evidence: ReadonlyMap<number, number> | undefined,
): Suggestion[] {
  const most = Math.max(1, ...(evidence?.values() ?? []));
  return teams
    .map(({ id, name: team }) => {
      const likeness = nameSimilarity(name, team);
      const share = (evidence?.get(id) ?? 0) / most;
      const score = evidence ? Math.max(likeness * 0.5 + share * 0.5, likeness * 0.9) : likeness;
      return { team, score: Math.round(score * 1000) / 1000 };
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, suggestionsKept);
}

/**
 * Says which team a source means by a name. A team that does not exist yet is made, so that a name that is rightly new
 * can be answered too.
 *
 * @throws AppError `NOT_FOUND` where nothing of the country has been read yet
 */
export function addAlias(
  database: Database,
  alias: { source: string; sport: Sport; country: string; name: string; team: string },
): { teamId: number } {
  const scope = scopeOf(database, alias.sport, alias.country);
  const index = createIndex(readTeams(database, scope));
  const teamId = index.find(alias.team) ?? createTeam(database, scope, alias.team);
  storeAlias(database, { teamId, source: alias.source, ...scope, name: alias.name });
  return { teamId };
}

/** Sport and country as the database knows them. @throws AppError `NOT_FOUND` where nothing of them has been read yet */
export function scopeOf(database: Database, sport: Sport, country: string): TeamScope {
  const sportId = readSportId(database, sport);
  const countryId = readCountryId(database, country);
  if (sportId !== undefined && countryId !== undefined) return { sportId, countryId };
  throw new AppError('NOT_FOUND', `No match of the country '${country}' has been read yet.`, {
    detail: { sport, country },
  });
}

/** The names that stopped a file and wait for an alias, each with the teams that it may mean. */
export function unresolvedNames(database: Database): UnresolvedTeam[] {
  return readUnresolved(database);
}
