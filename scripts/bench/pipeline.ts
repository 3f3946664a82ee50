import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSample } from '../../engine/football/getting/sample/make-sample.ts';
import { createEngineHost } from '../../engine/host/engine-host.ts';
import { resolvePaths } from '../../engine/host/paths.ts';
import type { RunKind } from '../../engine/contract/stages.ts';
import { footballFolder, type Bench } from './bench.ts';

const topFive = ['E0', 'SP1', 'D1', 'I1', 'F1'];

/** Runs stages in a home of their own and answers the seconds of the last one. */
export async function measureStages(
  stages: readonly { stage: RunKind; parameters: Record<string, unknown> }[],
): Promise<{ seconds: number; result: Record<string, never> }> {
  const home = mkdtempSync(join(tmpdir(), 'auspex-bench-'));
  try {
    await using host = createEngineHost({ paths: resolvePaths({ home }) });
    let seconds = 0;
    let result: unknown;
    for (const request of stages) {
      const started = performance.now();
      const { runId } = await host.client.runs.start(request);
      for await (const event of await host.client.runs.watch({ runId })) void event;
      seconds = (performance.now() - started) / 1000;
      const { run } = await host.client.runs.show({ runId });
      if (run.state !== 'done')
        throw new Error(`${request.stage} ended as ${run.state}: ${run.errorMessage ?? ''}`);
      result = run.result;
    }
    return { seconds, result: result as Record<string, never> };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** The real seasons where they stand beside the project, else the sample. */
export async function place(): Promise<{ from: string; championships?: string[]; name: string }> {
  if (existsSync(footballFolder))
    return { from: footballFolder, championships: topFive, name: 'five leagues' };
  const from = join(tmpdir(), 'auspex-bench-sample');
  await makeSample({ today: '2026-11-18', folder: from });
  return { from, championships: ['X1', 'X2', 'X3'], name: 'sample' };
}

async function reading(again: boolean): Promise<number> {
  const { from, championships } = await place();
  const first = { stage: 'getting' as const, parameters: { source: 'football-data', from, championships } };
  const second = { ...first, parameters: { ...first.parameters, force: true } };
  const { seconds, result } = await measureStages(again ? [first, second] : [first]);
  return (result as unknown as { totals: { rowsRead: number } }).totals.rowsRead / seconds;
}

async function pipeline(): Promise<number> {
  const { from, championships } = await place();
  const parameters = { source: 'football-data', from, championships };
  return (await measureStages([{ stage: 'pipeline', parameters }])).seconds;
}

async function evaluation(): Promise<number> {
  const { from, championships } = await place();
  return (
    await measureStages([
      { stage: 'getting', parameters: { source: 'football-data', from, championships } },
      { stage: 'calculation', parameters: {} },
      { stage: 'processing', parameters: {} },
      { stage: 'evaluate', parameters: {} },
    ])
  ).seconds;
}

export const benches: readonly Bench[] = [
  { name: 'parse and insert, all new', unit: 'rows/s', run: () => reading(false) },
  { name: 'parse and compare, nothing new', unit: 'rows/s', run: () => reading(true) },
  { name: 'pipeline from an empty home to documents', unit: 's', run: pipeline },
  { name: 'evaluation after processing', unit: 's', run: evaluation },
];
