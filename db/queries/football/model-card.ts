import type { CardFold } from '../../../engine/contract/model-card.ts';
import type { CheckResultRecord } from '../../../engine/contract/training.ts';
import type { Database } from '../../client.ts';

/** Code of a match's championship by the match's id. */
export function championshipsOf({ sqlite }: Database): (matchId: number) => string {
  const statement = sqlite
    .prepare<[number], string>(
      `SELECT c.code FROM match m JOIN season s ON s.id = m.season_id JOIN championship c ON c.id = s.championship_id
       WHERE m.id = ?`,
    )
    .pluck();
  return (matchId) => statement.get(matchId) ?? '';
}

/** The newest base rate of each match. */
export function baseRatesOf({ sqlite }: Database): ReadonlyMap<number, readonly [number, number, number]> {
  const rows = sqlite
    .prepare<[], { match_id: number; home: number; draw: number; away: number }>(
      `SELECT p.match_id, p.home, p.draw, p.away FROM prediction p JOIN model d ON d.id = p.model_id
       WHERE d.family = 'base-rate' ORDER BY p.id`,
    )
    .all();
  return new Map(rows.map(({ match_id: id, home, draw, away }) => [id, [home, draw, away] as const]));
}

interface Notes {
  readonly measures?: CardFold['measures'];
  readonly checks?: readonly (Partial<CheckResultRecord> & Pick<CheckResultRecord, 'name' | 'status'>)[];
}

/** The fitted models of a version with what was noted of their training, the one trained last at the end. */
export function cardFolds(
  { sqlite }: Database,
  versionId: number,
): (CardFold & { featureNames: string[] })[] {
  return sqlite
    .prepare<
      [number],
      Omit<CardFold, 'features' | 'libraries' | 'measures' | 'checks'> & {
        libraries: string;
        notes: string;
        featureNames: string;
      }
    >(
      `SELECT m.id, c.code AS championship, m.family, m.season_code AS seasonCode, m.train_from AS trainFrom,
              m.train_until AS trainUntil, m.train_count AS trainCount, m.checksum, m.libraries, m.notes,
              m.feature_names AS featureNames
       FROM model_version_model vm JOIN model m ON m.id = vm.model_id
       LEFT JOIN championship c ON c.id = m.championship_id
       WHERE vm.model_version_id = ? ORDER BY m.train_until, m.id`,
    )
    .all(versionId)
    .map((row) => {
      const { measures = {}, checks = [] } = JSON.parse(row.notes) as Notes;
      const featureNames = JSON.parse(row.featureNames) as string[];
      return {
        ...row,
        featureNames,
        features: featureNames.length,
        libraries: JSON.parse(row.libraries) as CardFold['libraries'],
        measures,
        // Models trained by earlier versions kept fewer words of their checks.
        checks: checks.map((check) => ({
          figure: null,
          figureKind: 'number' as const,
          sentence: '',
          ...check,
          overriddenBecause: check.overriddenBecause ?? null,
        })),
      };
    })
    .map(({ notes: _, ...fold }) => fold);
}
