import type { Instant } from '../../../engine/contract/domain.ts';
import type { Database } from '../../client.ts';

/** Something known of a club beside its matches, from `knownAt` on. `club` is its place in the history's clubs. */
export type TeamFact = { readonly club: number; readonly knownAt: Instant } & (
  | {
      readonly kind: 'absence';
      readonly player: string;
      readonly reason: 'injury' | 'suspension' | 'other';
      readonly isKey: boolean;
    }
  | { readonly kind: 'return'; readonly player: string }
  | { readonly kind: 'squad-value'; readonly millionEuros: number }
  | { readonly kind: 'stadium'; readonly latitude: number; readonly longitude: number }
  | { readonly kind: 'manager'; readonly name: string }
  | {
      readonly kind: 'news';
      /** Tells items apart: a later score of the same item takes the place of the earlier. */
      readonly item: number;
      /** When the item was first seen; the score may be known later. */
      readonly seenAt: Instant;
      /** NaN where the item says nothing of it. */
      readonly sentiment: number;
      readonly injurySeverity: number;
      readonly managerConfidence: number;
    }
);

/** In order of time; facts of one instant in an order that does not depend on how they were stored. */
export function inOrderOfTime(facts: readonly TeamFact[]): TeamFact[] {
  const keyed = facts.map((fact) => ({ fact, key: JSON.stringify(fact) }));
  keyed.sort(
    (a, b) => a.fact.knownAt - b.fact.knownAt || a.fact.club - b.fact.club || (a.key < b.key ? -1 : 1),
  );
  return keyed.map(({ fact }) => fact);
}

/**
 * All that is known of the clubs (team ids) of a history, in order of time. An absence that ended is two facts: its
 * beginning, and the return at the instant of the return. A news item that was scored twice is two facts as well.
 */
export function readTeamFacts({ sqlite }: Database, clubs: Int32Array): TeamFact[] {
  const clubOf = new Map(Array.from(clubs, (team, club) => [team, club]));
  const facts: TeamFact[] = [];
  const ids = JSON.stringify([...clubs]);
  const each = <Row extends { team: number; knownAt: number }>(
    sql: string,
    add: (row: Row, at: { club: number; knownAt: number }) => void,
  ): void => {
    for (const row of sqlite.prepare<[string], Row>(sql).iterate(ids)) {
      const club = clubOf.get(row.team);
      if (club !== undefined) add(row, { club, knownAt: row.knownAt });
    }
  };
  const wanted = 'IN (SELECT value FROM json_each(?))';
  each<{ team: number; knownAt: number; latitude: number; longitude: number }>(
    `SELECT team_id AS team, known_at AS knownAt, latitude, longitude FROM stadium WHERE team_id ${wanted}`,
    ({ latitude, longitude }, at) => facts.push({ kind: 'stadium', ...at, latitude, longitude }),
  );
  each<{ team: number; knownAt: number; name: string }>(
    `SELECT team_id AS team, known_at AS knownAt, name FROM manager WHERE team_id ${wanted}`,
    ({ name }, at) => facts.push({ kind: 'manager', ...at, name }),
  );
  each<{ team: number; knownAt: number; millionEuros: number }>(
    `SELECT team_id AS team, known_at AS knownAt, million_euros AS millionEuros FROM squad_value
     WHERE team_id ${wanted}`,
    ({ millionEuros }, at) => facts.push({ kind: 'squad-value', ...at, millionEuros }),
  );
  each<{
    team: number;
    knownAt: number;
    player: string;
    reason: 'injury' | 'suspension' | 'other';
    isKey: number;
    backAt: number | null;
  }>(
    `SELECT team_id AS team, known_at AS knownAt, player, reason, is_key AS isKey, back_at AS backAt FROM absence
     WHERE team_id ${wanted}`,
    ({ player, reason, isKey, backAt }, at) => {
      facts.push({ kind: 'absence', ...at, player, reason, isKey: isKey === 1 });
      if (backAt !== null) facts.push({ kind: 'return', club: at.club, knownAt: backAt, player });
    },
  );
  each<{
    team: number;
    knownAt: number;
    item: number;
    seenAt: number;
    sentiment: number | null;
    injurySeverity: number | null;
    managerConfidence: number | null;
  }>(
    `SELECT n.team_id AS team, max(s.known_at, n.known_at) AS knownAt, n.id AS item, n.known_at AS seenAt, s.sentiment,
            s.injury_severity AS injurySeverity, s.manager_confidence AS managerConfidence
     FROM news_item n JOIN news_score s ON s.news_item_id = n.id WHERE n.team_id ${wanted}`,
    ({ item, seenAt, sentiment, injurySeverity, managerConfidence }, at) =>
      facts.push({
        ...{ kind: 'news', ...at, item, seenAt },
        sentiment: sentiment ?? NaN,
        injurySeverity: injurySeverity ?? NaN,
        managerConfidence: managerConfidence ?? NaN,
      }),
  );
  return inOrderOfTime(facts);
}
