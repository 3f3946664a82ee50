import { parseArgs } from 'node:util';
import type { Bench } from './bench/bench.ts';
import { benches as calculation } from './bench/calculation.ts';
import { benches as day } from './bench/day.ts';
import { benches as goals } from './bench/goals.ts';
import { benches as modeling } from './bench/modeling.ts';
import { benches as networks } from './bench/networks.ts';
import { benches as pipeline } from './bench/pipeline.ts';
import { benches as statistics } from './bench/statistics.ts';
import { benches as tuning } from './bench/tuning.ts';

/**
 * `npm run bench [-- --only TEXT]`: measures the hot paths and prints them as one JSON table. Where the peers' Python
 * libraries are installed, they do the same work in the same run; `ratio` is ours over theirs.
 */
const { values } = parseArgs({ options: { only: { type: 'string' } } });

interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly peer?: { readonly name: string; readonly value: number };
  readonly ratio?: number;
}

async function measure(bench: Bench): Promise<Row> {
  const value = await bench.run();
  const peer = await bench.peer?.run();
  const row = { name: bench.name, value: rounded(value), unit: bench.unit };
  if (!bench.peer || peer === undefined) return row;
  return { ...row, peer: { name: bench.peer.name, value: rounded(peer) }, ratio: rounded(value / peer) };
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

const rows: Row[] = [];
for (const bench of [
  ...pipeline,
  ...calculation,
  ...day,
  ...modeling,
  ...networks,
  ...statistics,
  ...tuning,
  ...goals,
]) {
  if (values.only && !bench.name.toLowerCase().includes(values.only.toLowerCase())) continue;
  const row = await measure(bench);
  rows.push(row);
  const beside = row.peer ? `  (${row.peer.name} ${row.peer.value}, ratio ${row.ratio})` : '';
  process.stderr.write(`${row.name}: ${row.value} ${row.unit}${beside}\n`);
}
process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
