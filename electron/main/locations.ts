import { join, sep } from 'node:path';

/** Where the built program's parts lie, seen from the folder of the built main file (`out/main`). */
export interface Locations {
  /** The screens. */
  readonly renderer: string;
  readonly preload: string;
  /** The engine's process. */
  readonly engine: string;
  readonly icons: string;
}

/**
 * The engine lies beside the archive, not in it: worker threads and native libraries are started by their path, which
 * must be one of the file system. The shell, the preload script and the screens stay in the archive, whose hash the
 * program checks.
 */
export function locate(mainFolder: string): Locations {
  const unpacked = mainFolder.replace(`app.asar${sep}`, `app.asar.unpacked${sep}`);
  return {
    renderer: join(mainFolder, '..', 'renderer'),
    preload: join(mainFolder, '..', 'preload', 'index.cjs'),
    engine: join(unpacked, '..', 'app', 'electron', 'engine-process', 'index.js'),
    icons: join(mainFolder, '..', 'icons'),
  };
}
