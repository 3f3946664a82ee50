/**
 * Writes the software bill of materials of what the program ships, as CycloneDX JSON, from the lock file alone.
 *
 *     npm run sbom                    to dist/auspex.cdx.json
 *     npm run sbom -- FILE            elsewhere
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeFileAtomic } from '../engine/runtime/files.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const file = resolve(process.argv[2] ?? `${root}dist/auspex.cdx.json`);
const options = ['sbom', '--package-lock-only', '--sbom-format=cyclonedx', '--omit=dev', '--loglevel=error'];
const made = spawnSync('npm', options, {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
  shell: process.platform === 'win32',
});
if (made.status === 0) {
  const bill = JSON.parse(made.stdout) as { components: unknown[] };
  await writeFileAtomic(file, made.stdout);
  process.stdout.write(`${bill.components.length} packages in ${file}\n`);
} else {
  process.stderr.write(`npm could not make the bill of materials.\n${made.stderr}`);
  process.exitCode = 1;
}
