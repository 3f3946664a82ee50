import { openReader } from '../db/client.ts';
import { readModelTable, readPrices } from '../db/queries/football/processing.ts';
import { compareExpectedGoals, expectedGoalsColumns } from '../engine/football/evaluation/expected-goals.ts';
import { extendedFeatures, footballFeatures } from '../engine/football/calculation/registry.ts';
import { withColumns } from '../engine/football/processing/columns.ts';
import { AppError } from '../engine/contract/errors.ts';
import { resolvePaths } from '../engine/host/paths.ts';
import { removeMarginRows } from '../engine/kernel/evaluation/margin.ts';

/**
 * Says what expected goals change: the gap closed with and without them, on the matches of the database
 * (`AUSPEX_HOME`) whose clubs have some. Run `calculation` first.
 */
using database = openReader(resolvePaths().database);
const core = readModelTable(database, { hash: footballFeatures.hash, sport: 'football' });
const extended = readModelTable(database, { hash: extendedFeatures.hash, sport: 'football' });
if (!core || !extended)
  throw new AppError('FEATURES_MISSING', 'There are no features yet: run `calculation`.');
const table = withColumns({ ...core, market: new Float64Array(0) }, extended, expectedGoalsColumns);
const closing = removeMarginRows(readPrices(database, core, { phase: 'closing' }).prices);
const { matches, seasons, logLoss, gapClosed, change } = await compareExpectedGoals(table, closing, {
  seed: 1,
});
const percent = ({ value, low, high }: { value: number; low: number; high: number }) =>
  `${(100 * value).toFixed(2)} % (${(100 * low).toFixed(2)} to ${(100 * high).toFixed(2)})`;
console.log(`${String(matches)} matches, seasons from ${seasons.join(', ')}`);
console.log(
  `log loss: base rate ${logLoss.baseRate.toFixed(4)}, without ${logLoss.without.toFixed(4)}, with ${logLoss.with.toFixed(4)}, closing market ${logLoss.market.toFixed(4)}`,
);
console.log(`gap closed without ${percent(gapClosed.without)}`);
console.log(`gap closed with    ${percent(gapClosed.with)}`);
console.log(`change             ${percent(change)}`);
