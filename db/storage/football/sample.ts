import type { Database } from '../../client.ts';

const ofSample = `championship_id IN (SELECT id FROM championship WHERE is_sample = 1)`;
const seasons = `SELECT id FROM season WHERE ${ofSample}`;

/** Removes the next matches of invented championships with all that hangs on them; answers how many. */
export function removeSampleMatches({ sqlite }: Database, count: number): number {
  const remove = sqlite.transaction(() =>
    sqlite
      .prepare(`DELETE FROM match WHERE id IN (SELECT id FROM match WHERE season_id IN (${seasons}) LIMIT ?)`)
      .run(count),
  );
  return remove.immediate().changes;
}

/**
 * Removes the invented championships, once their matches are gone: seasons, teams, models and their versions, selection
 * rules, and the files they were read from. Where nothing else is held, models of all championships together go too.
 */
export function removeSampleChampionships({ sqlite }: Database): void {
  const remove = sqlite.transaction(() => {
    sqlite.pragma('defer_foreign_keys = ON');
    const isAlone = sqlite.prepare('SELECT 1 FROM championship WHERE is_sample = 0').get() === undefined;
    const goes = isAlone ? `(championship_id IS NULL OR ${ofSample})` : ofSample;
    const countries = sqlite
      .prepare<[], number>('SELECT DISTINCT country_id FROM championship WHERE is_sample = 1')
      .pluck()
      .all();
    for (const table of ['model_alias', 'promotion']) sqlite.exec(`DELETE FROM ${table} WHERE ${goes}`);
    sqlite.exec(`
      DELETE FROM model_version WHERE ${goes};
      DELETE FROM model WHERE ${goes};
      DELETE FROM study WHERE ${goes};
      DELETE FROM experiment_run WHERE ${goes};
      DELETE FROM selection_rule WHERE ${goes};
      DELETE FROM season WHERE ${ofSample};
      DELETE FROM championship WHERE is_sample = 1;`);
    // Teams without a single match that live where invented championships were played.
    const removeTeams = sqlite.prepare(
      `DELETE FROM team WHERE country_id = ? AND NOT EXISTS (SELECT 1 FROM match WHERE home_team_id = team.id)
         AND NOT EXISTS (SELECT 1 FROM match WHERE away_team_id = team.id)`,
    );
    for (const country of countries) removeTeams.run(country);
  });
  remove.immediate();
}

/** Forgets that files of a folder were read, so that they are read again. */
export function forgetSourceFiles({ sqlite }: Database, prefix: string): void {
  sqlite.prepare('DELETE FROM source_file WHERE substr(address, 1, ?) = ?').run(prefix.length, prefix);
}
