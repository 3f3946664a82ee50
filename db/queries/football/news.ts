import type { Database } from '../../client.ts';

export interface NewsText {
  readonly id: number;
  readonly title: string;
  readonly text: string;
}

/** The items that a scorer has not scored yet, newest first. */
export function unscoredNews(
  { sqlite }: Database,
  options: { readonly scorer: string; readonly limit: number },
): NewsText[] {
  return sqlite
    .prepare<[string, number], NewsText>(
      `SELECT id, title, text FROM news_item n
       WHERE NOT EXISTS (SELECT 1 FROM news_score s WHERE s.news_item_id = n.id AND s.scorer = ?)
       ORDER BY known_at DESC, id DESC LIMIT ?`,
    )
    .all(options.scorer, options.limit);
}
