import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sources } from '../../../engine/football/getting/sources/index.ts';
import { settingDefinitions } from '../../../engine/runtime/settings.ts';
import { createProgram } from '../../../scripts/cli/program.ts';

const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
const codeCells = (heading: string) => {
  const section = readme.split(/^##+ /m).find((part) => part.startsWith(heading))!;
  return section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
};

describe('the README', () => {
  it('names every setting with its default', () => {
    const written = codeCells('Configuration').map(([, key, value]) => [key!.replaceAll('`', ''), value]);
    const real = Object.entries(settingDefinitions).map(([key, { default: fallback }]) => [
      key,
      fallback === '' ? 'empty' : `\`${String(fallback)}\``,
    ]);
    expect(Object.fromEntries(written)).toEqual(Object.fromEntries(real));
  });

  it('names every command', () => {
    const written = codeCells('Command line').flatMap(([, cell]) =>
      [...cell!.matchAll(/`(\w+)/g)].map(([, word]) => word!),
    );
    const commands = createProgram(() => undefined).commands.map((command) => command.name());
    expect(commands.filter((name) => !written.includes(name))).toEqual([]);
  });

  it('names every source', () => {
    const [, ...rows] = codeCells('Sources');
    const written = rows.map(([, cell]) => cell!.replaceAll('`', ''));
    expect(written.sort()).toEqual(sources.map((source) => source.name).sort());
  });
});
