import {
  championshipNames,
  namesVersion,
  teamNames,
  type ChampionshipName,
  type TeamName,
} from '../../../db/queries/football/names.ts';
import type { Database } from '../../../db/client.ts';
import { searchable, type SearchableText } from '../../contract/text-match.ts';

export interface NamedTeam extends TeamName {
  readonly text: SearchableText;
}
export interface NamedChampionship extends ChampionshipName {
  readonly text: SearchableText;
}

export interface Names {
  readonly teams: readonly NamedTeam[];
  readonly championships: readonly NamedChampionship[];
}

const held = new Map<string, { readonly version: string; readonly names: Names }>();

/** All names of a database, made ready to be searched; read again only when some were added or removed. */
export function namesOf(database: Database): Names {
  const version = namesVersion(database);
  const before = held.get(database.path);
  if (before?.version === version) return before.names;
  const names = {
    teams: teamNames(database).map((team) => ({
      ...team,
      text: searchable(team.name, ...team.aliases.split('\n')),
    })),
    championships: championshipNames(database).map((one) => ({
      ...one,
      text: searchable(one.name, one.code, one.country),
    })),
  };
  held.set(database.path, { version, names });
  return names;
}
