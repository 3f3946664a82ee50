import { openReader } from '../db/client.ts';
import { readRawPredictions } from '../db/queries/football/forecast.ts';
import { readModelTable, readPrices } from '../db/queries/football/processing.ts';
import { footballFeatures } from '../engine/football/calculation/registry.ts';
import { setCost } from '../engine/football/evaluation/set-cost.ts';
import { forecastRules } from '../engine/football/forecast/stream.ts';
import { AppError } from '../engine/contract/errors.ts';
import { resolvePaths } from '../engine/host/paths.ts';
import { removeMarginRows } from '../engine/kernel/evaluation/margin.ts';

/**
 * Says how large the prediction sets at 80 % are, family by family, beside those that the closing market's own
 * probabilities would have had, on the matches of the database (`AUSPEX_HOME`) that have both. Run `processing` first.
 *
 * node scripts/set-size.ts [first season's year] [last season's year]
 */
const [fromYear = 2009, toYear = 2015] = process.argv.slice(2).map(Number);
using database = openReader(resolvePaths().database);
const core = readModelTable(database, { hash: footballFeatures.hash, sport: 'football' });
if (!core) throw new AppError('FEATURES_MISSING', 'There are no features yet: run `calculation`.');
const closing = removeMarginRows(readPrices(database, core, { phase: 'closing' }).prices);
const preMatch = removeMarginRows(readPrices(database, core, { phase: 'preMatch' }).prices);
const market = closing.map((value, at) => (Number.isNaN(value) ? preMatch[at]! : value));
const pool = readRawPredictions(database, core, 'pool').probabilities;
const forecasters = new Map([
  ...['ordered-logit', 'logistic', 'boosting', 'network', 'pool'].map(
    (family) => [family, readRawPredictions(database, core, family).probabilities] as const,
  ),
  ['market', market],
]);
const rows: number[] = [];
for (let row = 0; row < core.rows; row++) {
  const year = core.firstYear[row]!;
  if (core.target[row]! < 0 || year < fromYear || year > toYear) continue;
  if (!Number.isNaN(pool[row * 3]) && !Number.isNaN(market[row * 3])) rows.push(row);
}
const played = core.target.map((target, row) => (Number.isNaN(pool[row * 3]) ? -1 : target));

function report(name: string, probabilities: Float64Array, window: number): void {
  const { minimumPerClass } = forecastRules;
  const settled = { ...core!, target: played, probabilities };
  const { n, size, coverage, sizeAtLevel } = setCost(settled, rows, { level: 0.8, window, minimumPerClass });
  const shares = coverage.map((share) => (100 * share).toFixed(1)).join(' / ');
  console.log(
    `${name.padEnd(22)} n ${String(n)}  size ${size.toFixed(3)}  home / draw / away covered ${shares} %  size at 80 % of each ${sizeAtLevel.toFixed(3)}`,
  );
}

for (const [name, probabilities] of forecasters) report(name, probabilities, forecastRules.window);
for (const window of [300, 600, 2000]) report(`pool, window ${String(window)}`, pool, window);
