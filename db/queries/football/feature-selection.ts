import type { SelectionFold } from '../../../engine/contract/features.ts';
import type { Database } from '../../client.ts';

interface Row {
  readonly seasonCode: string;
  readonly trainUntil: string | null;
  readonly trainCount: number;
  readonly featureNames: string;
  readonly notes: string;
}

/**
 * What forward selection kept and dropped for each pooled logistic model, the newest first. Championships that have a model
 * of their own take over its choice, so that it may be read from theirs. Where several sports have one for the same day,
 * that of the most matches.
 */
export function readSelections({ sqlite }: Database): SelectionFold[] {
  const rows = sqlite
    .prepare<[], Row>(
      `SELECT iif(championship_id IS NULL, season_code, notes ->> '$.pooled') AS seasonCode, train_until AS trainUntil,
              train_count AS trainCount, feature_names AS featureNames, notes
       FROM model WHERE family = 'logistic'
       ORDER BY seasonCode DESC, championship_id IS NOT NULL, json_type(notes, '$.dropped') IS NULL, train_count DESC, id DESC`,
    )
    .all()
    .filter(({ seasonCode }) => seasonCode?.startsWith('until '));
  return rows
    .filter((row, at) => row.seasonCode !== rows[at - 1]?.seasonCode)
    .map(({ notes, featureNames, ...fold }) => {
      const { kept, dropped = [] } = JSON.parse(notes) as Partial<SelectionFold>;
      const names = JSON.parse(featureNames) as string[];
      return { ...fold, kept: kept ?? names.map((name) => ({ name, statistic: null })), dropped };
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
