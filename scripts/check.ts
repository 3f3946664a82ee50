/**
 * One command checks everything: types, lint, boundaries, dead code, format, tests.
 *
 *     npm run check                 everything
 *     npm run check -- types lint   only these groups
 *
 * A line per step, the output of what failed, and as the last line `N passed, N failed`.
 */
import { add } from './check/reports.ts';
import type { Tally } from './check/reports.ts';
import { alone, sideBySide } from './check/steps.ts';
import type { Step } from './check/steps.ts';

const sideBySideLimit = 2;

const wanted = process.argv.slice(2);
const groups = new Set<string>([...sideBySide, ...alone].map((step) => step.group));
const unknown = wanted.filter((name) => !groups.has(name));

let total: Tally = { passed: 0, failed: 0, skipped: 0 };

async function perform(step: Step): Promise<void> {
  const started = performance.now();
  const findings = await step.run();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  for (const { name, tally, output } of findings) {
    total = add(total, tally);
    const skipped = tally.skipped > 0 ? `, ${tally.skipped} skipped for want of what they need` : '';
    const counts =
      step.group === 'tests' || step.group === 'screens'
        ? ` (${tally.passed} passed, ${tally.failed} failed${skipped})`
        : '';
    const verdict = tally.failed === 0 ? 'ok    ' : 'FAILED';
    process.stdout.write(`${verdict} ${name.padEnd(40)} ${seconds.padStart(6)} s${counts}\n`);
    if (tally.failed > 0) process.stdout.write(`${output}\n\n`);
  }
}

/** Works through the steps in order, `limit` at a time. */
async function performAll(steps: readonly Step[], limit: number): Promise<void> {
  const queue = steps.filter((step) => wanted.length === 0 || wanted.includes(step.group));
  const lane = async (): Promise<void> => {
    for (let step = queue.shift(); step !== undefined; step = queue.shift()) await perform(step);
  };
  await Promise.all(Array.from({ length: limit }, lane));
}

if (unknown.length > 0) {
  process.stderr.write(`Unknown: ${unknown.join(', ')}. The groups are ${[...groups].join(', ')}.\n`);
  process.exitCode = 2;
} else {
  await performAll(sideBySide, sideBySideLimit);
  await performAll(alone, 1);
  process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}
