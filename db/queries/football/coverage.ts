import type { Coverage, CoverageKind } from '../../../engine/contract/data.ts';
import type { Database } from '../../client.ts';

interface Row {
  readonly code: string;
  readonly name: string;
  readonly month: string;
  readonly counts: Readonly<Record<CoverageKind, number>>;
}

/** What is held of the matches of each championship, month by month. */
export function readCoverage({ sqlite }: Database): Coverage {
  const rows = sqlite
    .prepare<[], Omit<Row, 'counts'> & Row['counts']>(
      `SELECT c.code, c.name, substr(m.match_day, 1, 7) AS month, count(*) AS fixtures,
              sum(m.home_goals IS NOT NULL) AS results,
              sum(EXISTS (SELECT 1 FROM odds_quote q WHERE q.match_id = m.id AND q.market_id = 1)) AS odds,
              sum(EXISTS (SELECT 1 FROM odds_quote q WHERE q.match_id = m.id AND q.market_id = 1 AND q.phase = 3)) AS closing,
              sum(EXISTS (SELECT 1 FROM match_statistics x WHERE x.match_id = m.id AND x.home_shots IS NOT NULL)) AS statistics,
              sum(EXISTS (SELECT 1 FROM outcome o WHERE o.match_id = m.id)) AS forecasts
       FROM match m JOIN season s ON s.id = m.season_id JOIN championship c ON c.id = s.championship_id
       GROUP BY c.id, month ORDER BY c.name, c.code, month`,
    )
    .all();
  const championships = [...new Map(rows.map(({ code, name }) => [code, { code, name }])).values()];
  const months = monthsBetween(rows.map(({ month }) => month));
  const column = new Map(months.map((month, at) => [month, at]));
  const line = new Map(championships.map(({ code }, at) => [code, at]));
  const empty = () => championships.map(() => months.map(() => 0));
  const counts: Coverage['counts'] = {
    fixtures: empty(),
    results: empty(),
    odds: empty(),
    closing: empty(),
    statistics: empty(),
    forecasts: empty(),
  };
  for (const row of rows) {
    for (const kind of Object.keys(counts) as CoverageKind[]) {
      counts[kind][line.get(row.code)!]![column.get(row.month)!] = row[kind];
    }
  }
  return { championships, months, counts };
}

/** Every month from the first to the last, those without a match too. */
function monthsBetween(months: readonly string[]): string[] {
  const sorted = [...months].sort();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return [];
  const all: string[] = [];
  for (let [year, month] = first.split('-').map(Number) as [number, number]; ;) {
    const text = `${year}-${String(month).padStart(2, '0')}`;
    all.push(text);
    if (text >= last) return all;
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
  }
}
