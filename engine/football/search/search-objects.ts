import { matchesAround, matchesBetween, type MatchName } from '../../../db/queries/football/names.ts';
import { listModelVersions } from '../../../db/queries/model-registry.ts';
import { findRun } from '../../../db/queries/runs.ts';
import type { Database } from '../../../db/client.ts';
import type { Day } from '../../contract/domain.ts';
import type { FoundObject } from '../../contract/search.ts';
import { foldText, matchScore, searchable, wanted, type Wanted } from '../../contract/text-match.ts';
import { namesOf, type NamedTeam } from './names.ts';

interface Scored<Value> {
  readonly value: Value;
  readonly score: number;
}

/**
 * Finds championships, teams, matches, models and runs by what was typed. Two teams give their matches with each other,
 * one that fits well its matches around today.
 *
 * @param query `day` is today
 */
export function searchObjects(
  database: Database,
  query: { readonly text: string; readonly limit: number; readonly day: Day },
): FoundObject[] {
  if (foldText(query.text) === '') return [];
  const names = namesOf(database);
  const want = wanted(query.text);
  const championships = best(names.championships, want).map(({ value, score }) =>
    found('championship', value.code, { title: value.name, detail: value.country, score }),
  );
  const scoredTeams = best(names.teams, want);
  const teams = scoredTeams.map(({ value, score }) =>
    found('team', String(value.id), { title: value.name, detail: value.country, score: score * 0.99 }),
  );
  const matches = matchesFor(database, { ...query, teams: names.teams, top: scoredTeams[0] });
  return [...championships, ...teams, ...matches, ...models(database, want), ...runs(database, query.text)]
    .sort((a, b) => b.score - a.score)
    .slice(0, query.limit);
}

/** The best few; of equals the one that played last. */
function best<Value extends { text: NamedTeam['text']; newestDay?: Day | null }>(
  all: readonly Value[],
  want: Wanted,
): Scored<Value>[] {
  return all
    .map((value) => ({ value, score: matchScore(value.text, want) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || ((a.value.newestDay ?? '') < (b.value.newestDay ?? '') ? 1 : -1))
    .slice(0, 20);
}

function matchesFor(
  database: Database,
  query: {
    readonly text: string;
    readonly day: Day;
    readonly teams: readonly NamedTeam[];
    readonly top: Scored<NamedTeam> | undefined;
  },
): FoundObject[] {
  const { top } = query;
  if (top && top.score >= 0.85) {
    const around = matchesAround(database, { teamId: top.value.id, day: query.day, limit: 2 });
    return around.map((match) => foundMatch(match, top.score * 0.8));
  }
  // `arsenal chelsea`, `arsenal - chelsea`: some first words name one team, the rest another.
  const words = query.text.split(/[\s–—:-]+/u).filter((word) => word !== '');
  let foundBest: { some: NamedTeam[]; others: NamedTeam[]; score: number } | undefined;
  for (let cut = 1; cut < words.length && cut < 5; cut++) {
    const some = best(query.teams, wanted(words.slice(0, cut).join(' ')));
    const others = best(query.teams, wanted(words.slice(cut).join(' ')));
    const score = Math.min(some[0]?.score ?? 0, others[0]?.score ?? 0);
    if (score > (foundBest?.score ?? 0)) {
      const teams = (scored: readonly Scored<NamedTeam>[]) => scored.slice(0, 8).map(({ value }) => value);
      foundBest = { some: teams(some), others: teams(others), score };
    }
  }
  if (!foundBest) return [];
  const { some, others, score } = foundBest;
  const ids = (teams: readonly NamedTeam[]) => JSON.stringify(teams.map(({ id }) => id));
  const between = matchesBetween(database, { some: ids(some), others: ids(others), limit: 6 });
  return between.map((match, at) => foundMatch(match, score - at / 1000));
}

function models(database: Database, want: Wanted): FoundObject[] {
  return listModelVersions(database, {})
    .map((version) => ({
      version,
      score: matchScore(
        searchable(`${version.family} ${version.version}`, version.championship ?? '', `model ${version.id}`),
        want,
      ),
    }))
    .filter(({ score }) => score > 0)
    .slice(0, 6)
    .map(({ version, score }) =>
      found('model', String(version.id), {
        title: `${version.family} ${version.version}`,
        detail: version.championship ?? '',
        score: score * 0.9,
      }),
    );
}

/** A number alone may be a run's. */
function runs(database: Database, text: string): FoundObject[] {
  const number = /^#?(\d{1,9})$/.exec(text.trim())?.[1];
  const run = number === undefined ? undefined : findRun(database, Number(number));
  return run ? [found('run', String(run.id), { title: `#${run.id}`, detail: run.stage, score: 0.95 })] : [];
}

function foundMatch(match: MatchName, score: number): FoundObject {
  const goals = match.homeGoals === null ? '–' : `${match.homeGoals}:${match.awayGoals}`;
  const title = `${match.home} ${goals} ${match.away}`;
  return found('match', String(match.id), { title, detail: `${match.day}, ${match.championship}`, score });
}

function found(
  kind: FoundObject['kind'],
  id: string,
  words: Pick<FoundObject, 'title' | 'detail' | 'score'>,
): FoundObject {
  return { kind, id, ...words };
}
