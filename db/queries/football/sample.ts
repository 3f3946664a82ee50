import type { Database } from '../../client.ts';

/** What is invented and what is not. */
export function sampleHoldings({ sqlite }: Database): {
  championships: { code: string; name: string }[];
  matches: number;
  realMatches: number;
} {
  const championships = sqlite
    .prepare<[], { code: string; name: string }>(
      'SELECT code, name FROM championship WHERE is_sample = 1 ORDER BY code',
    )
    .all();
  const all = sqlite.prepare<[], number>('SELECT count(*) FROM match').pluck().get() ?? 0;
  const matches =
    championships.length === 0
      ? 0
      : (sqlite
          .prepare<[], number>(
            `SELECT count(*) FROM match m JOIN season s ON s.id = m.season_id
             JOIN championship c ON c.id = s.championship_id WHERE c.is_sample = 1`,
          )
          .pluck()
          .get() ?? 0);
  return { championships, matches, realMatches: all - matches };
}
