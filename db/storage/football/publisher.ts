import type { Instant } from '../../../engine/contract/domain.ts';
import type { Database } from '../../client.ts';
import type { DocumentRow } from '../../queries/football/publisher.ts';

/** Records a published file: a new row, or the new content of the file that stood at the same path. */
export function saveDocument(database: Database, row: DocumentRow, madeAt: Instant): void {
  database.sqlite
    .prepare(
      `INSERT INTO document (kind, day, variant, language, format, path, sha256, made_at)
       VALUES (@kind, @day, @variant, @language, @format, @path, @sha256, @madeAt)
       ON CONFLICT (path) DO UPDATE SET sha256 = excluded.sha256, made_at = excluded.made_at
       WHERE sha256 <> excluded.sha256`,
    )
    .run({ ...row, madeAt });
}
