import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyArchive } from './archive.ts';
import { electronVersion } from './electron-binary.ts';

/** What the fuses' reader and writer look for in Electron's binary, and how the fuses stand as it is delivered. */
const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const deliveredFuses = '101100011';

/**
 * Writes a folder that the packager takes for an unpacked Electron: where the real one cannot be had, everything but
 * Electron itself is packaged and looked at all the same. It starts nothing.
 */
export function writeStandIn(folder: string): void {
  const resources = join(folder, 'resources');
  for (const one of [resources, join(folder, 'locales')]) mkdirSync(one, { recursive: true });
  writeFileSync(
    join(folder, 'electron'),
    Buffer.concat([
      Buffer.from(`#!/bin/sh\nexit 1\n${fuseSentinel}`, 'latin1'),
      // The first version of the wire, and how many fuses it has.
      Buffer.from([1, deliveredFuses.length]),
      Buffer.from(deliveredFuses, 'latin1'),
    ]),
    { mode: 0o755 },
  );
  writeFileSync(join(folder, 'version'), electronVersion());
  writeFileSync(join(folder, 'LICENSE'), '');
  writeFileSync(join(folder, 'chrome_100_percent.pak'), '');
  writeFileSync(join(folder, 'locales', 'en-US.pak'), '');
  writeFileSync(join(resources, 'default_app.asar'), emptyArchive());
}
