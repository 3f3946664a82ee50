/**
 * Tries the whole fault table with many faults of each kind: killed processes, torn logs, noise in the database, full
 * disks, sources and channels that misbehave, broken input for every parser.
 *
 *     npm run faults            50 of each kind, some minutes
 *     npm run faults -- 200     more of them
 *
 * The daily checks try a few of each.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const count = process.argv[2] ?? '50';
const rooms = [
  'tests/survival',
  'tests/integration/channels',
  'tests/integration/getting/http.test.ts',
  'tests/unit/getting/mutations.test.ts',
  'tests/unit/fuzz',
];
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const child = spawn(
  process.execPath,
  [vitest, 'run', ...rooms, '--reporter=verbose', '--testTimeout=900000'],
  {
    cwd: root,
    env: { ...process.env, AUSPEX_FAULTS: count },
    stdio: 'inherit',
  },
);
child.on('close', (code) => {
  process.exitCode = code ?? 1;
});
