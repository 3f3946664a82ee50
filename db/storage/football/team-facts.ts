import type { Instant } from '../../../engine/contract/domain.ts';
import type { Database } from '../../client.ts';

/** Something known of a team beside its matches, as a source says it. The team stands by its name. */
export type FactEntry = { readonly line: number; readonly team: string; readonly knownAt: Instant } & (
  | {
      readonly kind: 'stadium';
      readonly name: string | null;
      readonly latitude: number;
      readonly longitude: number;
    }
  | { readonly kind: 'manager'; readonly name: string }
  | { readonly kind: 'squad-value'; readonly millionEuros: number }
  | {
      readonly kind: 'absence';
      readonly player: string;
      readonly reason: 'injury' | 'suspension' | 'other';
      readonly isKey: boolean;
      readonly backAt: Instant | null;
    }
  | {
      readonly kind: 'news';
      readonly guid: string;
      readonly address: string | null;
      readonly publishedAt: Instant | null;
      readonly language: 'en' | 'ru';
      readonly title: string;
      readonly text: string;
      readonly scorer: string;
      readonly score: NewsScore;
    }
);

/** NaN where the item says nothing of it. */
export interface NewsScore {
  /** -1 to 1. */
  readonly sentiment: number;
  /** 0 to 1. */
  readonly injurySeverity: number;
  /** -1 to 1. */
  readonly managerConfidence: number;
}

/** All facts that a file has of the teams of one championship's country. */
export interface FactBatch {
  readonly championship: string;
  readonly facts: readonly FactEntry[];
}

export interface FactCounts {
  new: number;
  changed: number;
  unchanged: number;
}

type Value = string | number | null;

const nullable = (value: number): number | null => (Number.isNaN(value) ? null : value);

/**
 * Writes facts; a known one is only changed where the source now says otherwise. A news item stays as it was first seen.
 * The caller holds the transaction.
 */
export function writeFacts(
  { sqlite }: Database,
  facts: readonly FactEntry[],
  target: { readonly teamIds: ReadonlyMap<string, number>; readonly source: string },
): FactCounts {
  const counts = { new: 0, changed: 0, unchanged: 0 };
  const statements = new Map<string, ReturnType<typeof sqlite.prepare<Value[]>>>();
  const run = (sql: string, ...values: Value[]): number => {
    let statement = statements.get(sql);
    if (!statement) statements.set(sql, (statement = sqlite.prepare<Value[]>(sql)));
    return statement.run(...values).changes;
  };
  const put = (
    table: string,
    key: Readonly<Record<string, Value>>,
    rest: Readonly<Record<string, Value>>,
  ) => {
    const where = Object.keys(key)
      .map((column) => `${column} = ?`)
      .join(' AND ');
    const columns = [...Object.keys(key), ...Object.keys(rest)];
    const marks = columns.map(() => '?').join(', ');
    const insert = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks}) ON CONFLICT DO NOTHING`;
    if (run(insert, ...Object.values(key), ...Object.values(rest)) > 0) {
      counts.new++;
      return;
    }
    const names = Object.keys(rest);
    const update = `UPDATE ${table} SET ${names.map((column) => `${column} = ?`).join(', ')}
      WHERE ${where} AND (${names.map((column) => `${column} IS NOT ?`).join(' OR ')})`;
    const values = Object.values(rest);
    if (run(update, ...values, ...Object.values(key), ...values) > 0) counts.changed++;
    else counts.unchanged++;
  };

  for (const fact of facts) {
    const team = target.teamIds.get(fact.team)!;
    const key = { team_id: team, known_at: fact.knownAt };
    const { source } = target;
    if (fact.kind === 'stadium') {
      const { name, latitude, longitude } = fact;
      put('stadium', key, { name, latitude, longitude, source });
    } else if (fact.kind === 'manager') {
      put('manager', key, { name: fact.name, source });
    } else if (fact.kind === 'squad-value') {
      put('squad_value', key, { million_euros: fact.millionEuros, source });
    } else if (fact.kind === 'absence') {
      const { player, reason, isKey, backAt } = fact;
      put('absence', { ...key, player }, { reason, is_key: Number(isKey), back_at: backAt, source });
    } else {
      const added = run(
        `INSERT INTO news_item (team_id, source, guid, address, published_at, known_at, language, title, text)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
        ...[team, source, fact.guid, fact.address, fact.publishedAt, fact.knownAt],
        ...[fact.language, fact.title, fact.text],
      );
      if (added === 0) {
        counts.unchanged++;
        continue;
      }
      counts.new++;
      const id = sqlite
        .prepare<[number, string, string], number>(
          'SELECT id FROM news_item WHERE team_id = ? AND source = ? AND guid = ?',
        )
        .pluck()
        .get(team, source, fact.guid)!;
      storeNewsScore({ sqlite }, id, { scorer: fact.scorer, knownAt: fact.knownAt, score: fact.score });
    }
  }
  return counts;
}

/** Stores what a scorer made of an item; its first word stays. */
export function storeNewsScore(
  { sqlite }: Pick<Database, 'sqlite'>,
  newsItemId: number,
  given: { readonly scorer: string; readonly knownAt: Instant; readonly score: NewsScore },
): void {
  sqlite
    .prepare(
      `INSERT INTO news_score (news_item_id, scorer, known_at, sentiment, injury_severity, manager_confidence)
       VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    )
    .run(
      ...[newsItemId, given.scorer, given.knownAt, nullable(given.score.sentiment)],
      ...[nullable(given.score.injurySeverity), nullable(given.score.managerConfidence)],
    );
}
