import type { Database } from '../../../db/client.ts';
import { areTwoTeams, readTeamsPlayed } from '../../../db/queries/football/similar-teams.ts';
import type { TeamPlayed } from '../../../db/queries/football/similar-teams.ts';
import type { SimilarTeams } from '../../contract/data.ts';
import { nameSimilarity } from './names.ts';

/** From this likeness on, two names may be two spellings of one team. */
const alike = 0.9;
const most = 50;

/** Teams of one country that are alike by name and never played on the same day: perhaps one team under two names. */
export function findSimilarTeams(database: Database): SimilarTeams[] {
  const byCountry = Map.groupBy(
    readTeamsPlayed(database),
    ({ sportId, countryId }) => `${sportId}|${countryId}`,
  );
  const pairs: SimilarTeams[] = [];
  for (const teams of byCountry.values()) {
    for (let one = 0; one < teams.length; one++) {
      for (let other = one + 1; other < teams.length; other++) {
        const [a, b] = [teams[one]!, teams[other]!];
        const score = nameSimilarity(a.name, b.name);
        if (score < alike) continue;
        const [keep, left] = a.matches >= b.matches ? [a, b] : [b, a];
        pairs.push({ country: a.country, score, keep: summary(keep), other: summary(left) });
      }
    }
  }
  return pairs
    .sort((a, b) => b.score - a.score)
    .filter(({ keep, other }) => !areTwoTeams(database, keep.id, other.id))
    .slice(0, most);
}

function summary({ id, name, matches }: TeamPlayed): SimilarTeams['keep'] {
  return { id, name, matches };
}
