import type { SelectionFold } from '../../../engine/contract/features.ts';
import type { Database } from '../../client.ts';

/**
 * What forward selection kept and dropped for each pooled logistic model, the newest first. Where several sports have one
 * for the same day, that of the most matches.
 */
export function readSelections({ sqlite }: Database): SelectionFold[] {
  return sqlite
    .prepare<[], { seasonCode: string; trainUntil: string | null; trainCount: number; notes: string }>(
      `SELECT season_code AS seasonCode, train_until AS trainUntil, train_count AS trainCount, notes
       FROM model WHERE family = 'logistic' AND championship_id IS NULL AND season_code LIKE 'until %'
       ORDER BY season_code DESC, train_count DESC, id DESC`,
    )
    .all()
    .filter((fold, at, all) => fold.seasonCode !== all[at - 1]?.seasonCode)
    .map(({ notes, ...fold }) => {
      const { kept = [], dropped = [] } = JSON.parse(notes) as Partial<SelectionFold>;
      return { ...fold, kept, dropped };
    });
}

/** The seasons with features, all championships' together by their first year, oldest first. */
export function featureSeasons({
  sqlite,
}: Database): { code: string; from: string; until: string; n: number }[] {
  return sqlite
    .prepare<[], { code: string; from: string; until: string; n: number }>(
      `SELECT max(s.code) AS code, min(m.match_day) AS "from", max(m.match_day) AS until, count(*) AS n
       FROM season s JOIN match m ON m.season_id = s.id
       WHERE EXISTS (SELECT 1 FROM feature f WHERE f.match_id = m.id)
       GROUP BY s.first_year ORDER BY s.first_year`,
    )
    .all();
}
