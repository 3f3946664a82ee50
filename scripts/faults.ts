/**
 * Tries the whole fault table with many faults of each kind: killed processes, torn logs, noise in the database, full
 * disks, sources and channels that misbehave, broken input for every parser. Ends with an account of what was tried and
 * what was lost.
 *
 *     npm run faults            50 of each kind, about twenty minutes
 *     npm run faults -- 200     more of them
 *
 * The daily checks try a few of each.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { faultReport, readFaultAccount } from './faults/account.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const count = process.argv[2] ?? '50';
const rooms = [
  'tests/survival',
  'tests/integration/channels',
  'tests/integration/db/client.test.ts',
  'tests/integration/db/project.test.ts',
  'tests/integration/getting/http.test.ts',
  'tests/integration/runtime/consumer.test.ts',
  'tests/integration/schedule/scheduler.test.ts',
  'tests/unit/getting/mutations.test.ts',
  'tests/unit/getting/workbook.test.ts',
  'tests/unit/fuzz',
  'tests/unit/renderer/fuzz.test.ts',
];
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'auspex-faults-'));
try {
  const account = join(folder, 'account.tsv');
  writeFileSync(account, '');
  const child = spawn(
    process.execPath,
    [vitest, 'run', ...rooms, '--reporter=verbose', '--testTimeout=1800000', '--hookTimeout=600000'],
    {
      cwd: root,
      env: { ...process.env, AUSPEX_FAULTS: count, AUSPEX_FAULT_ACCOUNT: account },
      stdio: 'inherit',
    },
  );
  const [code] = (await once(child, 'close')) as [number | null];
  const { text, isClean } = faultReport(readFaultAccount(readFileSync(account, 'utf8')));
  process.stdout.write(`\n${text}\n`);
  if (code !== 0) process.stdout.write('\nTests failed; see above.\n');
  process.exitCode = isClean ? (code ?? 1) : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
