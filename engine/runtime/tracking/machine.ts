import { readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, platform, totalmem } from 'node:os';
import manifest from '../../../package.json' with { type: 'json' };
import type { JsonValue } from '../../contract/domain.ts';

/** What a run's speed and bits may depend on. Never the machine's or its user's name. */
export function describeMachine(): Readonly<Record<string, JsonValue>> {
  return {
    platform: platform(),
    architecture: arch(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    threads: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
  };
}

/** The program's version, with the commit where it runs from a checkout: `0.1.0+1ac734f`. */
export function codeVersion(root: URL = new URL('../../../', import.meta.url)): string {
  const commit = headCommit(new URL('.git/', root));
  return commit ? `${manifest.version}+${commit.slice(0, 7)}` : manifest.version;
}

function headCommit(git: URL): string | undefined {
  const read = (name: string): string | undefined => {
    try {
      return readFileSync(new URL(name, git), 'utf8');
    } catch {
      return undefined;
    }
  };
  const head = read('HEAD')?.trim();
  const branch = /^ref: (refs\/[\w./-]+)$/.exec(head ?? '')?.[1];
  const commit = branch
    ? (read(branch)?.trim() ??
      read('packed-refs')
        ?.split('\n')
        .find((line) => line.endsWith(` ${branch}`)))
    : head;
  return /^[0-9a-f]{40}/.exec(commit ?? '')?.[0];
}
