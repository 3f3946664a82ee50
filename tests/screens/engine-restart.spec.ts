import type { ContractRouterClient } from '@orpc/contract';
import type { contract } from '../../engine/contract/router.ts';
import { expect, test } from '../fixtures/screens/workstation.ts';

// The engine is cut off on purpose, and the browser says so.
test.use({ home: 'empty', expectsTrouble: true });

test('an engine that is killed in the middle of a run comes back, goes on, and ends with the same numbers', async ({
  page,
  sample,
  workstation,
}) => {
  test.setTimeout(240_000);
  const { client } = workstation;
  const { runId } = await client.samples.create();
  await workstation.open(`/runs/${runId}`);
  const phase = async () => {
    const { children } = await client.runs.show({ runId });
    return children.find(({ state }) => state === 'running')?.stage;
  };
  await expect.poll(phase, { timeout: 120_000, intervals: [50] }).toBe('processing');
  workstation.killEngine();

  await expect(page.getByText('The engine is away')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('The engine was started again.')).toBeVisible({ timeout: 60_000 });
  await expect
    .poll(async () => (await client.runs.show({ runId })).run.state, { timeout: 180_000 })
    .toBe('done');

  // The sample of all tests was made in one go; it holds another sport besides.
  const resumed = await numbers(client);
  const codes = new Set(resumed.map(({ championship }) => championship));
  expect(resumed.length).toBeGreaterThan(20);
  expect(resumed).toEqual(
    (await numbers(sample.client)).filter(({ championship }) => codes.has(championship)),
  );
});

async function numbers(client: ContractRouterClient<typeof contract>) {
  const matches = await client.matches.next({ limit: 200 });
  return matches.map(({ championship, home, away, probabilities, set80, confidence }) => ({
    championship,
    match: `${home} – ${away}`,
    probabilities,
    set80,
    confidence,
  }));
}
