import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { layers, packs, restrictedLibraries } from '../../../config/layers.js';
import { findRings, findViolations, readImportRules } from './import-rules.ts';

const root = resolve(import.meta.dirname, '../../..');
const rules = readImportRules(readFileSync(resolve(root, 'docs/ARCHITECTURE.md'), 'utf8'), packs);

function projectFiles(): ReadonlyMap<string, string> {
  const paths = globSync('{electron,renderer,engine,db,scripts,config,tests}/**/*.{ts,tsx,js,mjs}', {
    cwd: root,
  });
  return new Map(
    paths.map((path) => [path.replaceAll('\\', '/'), readFileSync(resolve(root, path), 'utf8')]),
  );
}

describe('the import graph', () => {
  test('every import in the project keeps to the table of docs/ARCHITECTURE.md', () => {
    const files = projectFiles();
    expect(files.size).toBeGreaterThan(50);
    expect(findViolations(files, rules)).toEqual([]);
  });

  test('no files load each other in a ring', () => {
    expect(findRings(projectFiles())).toEqual([]);
  });

  test('the lint rule enforces the same table', () => {
    const folderOf = new Map(layers.map(({ name, folder }) => [name, folder]));
    const enforced = layers.map(({ folder, may }): [string, Record<string, string>] => [
      folder,
      Object.fromEntries(Object.entries(may).map(([name, permission]) => [folderOf.get(name)!, permission])),
    ]);
    const written = [...rules.may].map(([from, allowed]): [string, Record<string, string>] => [
      from,
      Object.fromEntries(allowed),
    ]);
    expect(Object.fromEntries(written)).toEqual(Object.fromEntries(enforced));
    expect(Object.fromEntries(rules.libraries)).toEqual(
      Object.fromEntries(
        restrictedLibraries.map(({ library, layers: importers }) => [
          library,
          importers.map((name) => folderOf.get(name)),
        ]),
      ),
    );
  });
});

describe('the comparison itself', () => {
  const violations = (path: string, text: string): readonly string[] =>
    findViolations(new Map([[path, text]]), rules);

  test('names the file, the import and the broken rule', () => {
    expect(violations('engine/kernel/a.ts', "import { x } from '../runtime/b.ts';")).toEqual([
      'engine/kernel/a.ts:1 imports engine/runtime/b.ts (value): engine/kernel may import nothing of engine/runtime',
    ]);
  });

  test('tells a type from a value', () => {
    const types = [
      "import type { Run } from '../runtime/b.ts';",
      "export type { Run } from '../runtime/b.ts';",
      "type Run = import('../runtime/b.ts').Run;",
    ].join('\n');
    expect(violations('engine/workers/a.ts', types)).toEqual([]);
    const values = [
      "import { type Run } from '../runtime/b.ts';",
      "export * from '../runtime/b.ts';",
      "await import('../runtime/b.ts');",
      "import '../runtime/b.ts';",
    ].join('\n');
    expect(violations('engine/workers/a.ts', values).map((text) => text.split(' ')[0])).toEqual([
      'engine/workers/a.ts:1',
      'engine/workers/a.ts:2',
      'engine/workers/a.ts:3',
      'engine/workers/a.ts:4',
    ]);
  });

  test('lets a pack start a worker file by its address but not import it', () => {
    const path = 'engine/football/getting/a.ts';
    expect(violations(path, "new URL('../../workers/b.ts', import.meta.url);")).toEqual([]);
    expect(violations('tests/fixtures/a.ts', "new URL('workers/b.ts', import.meta.url);")).toEqual([]);
    expect(violations(path, "import { b } from '../../workers/b.ts';")).toHaveLength(1);
    expect(violations('engine/kernel/a.ts', "new URL('../workers/b.ts', import.meta.url);")).toHaveLength(1);
  });

  test('keeps the packs apart', () => {
    const two = readImportRules(readFileSync(resolve(root, 'docs/ARCHITECTURE.md'), 'utf8'), [
      'football',
      'markets',
    ]);
    const text = "import { x } from '../../markets/getting/b.ts';";
    expect(findViolations(new Map([['engine/football/getting/a.ts', text]]), two)).toHaveLength(1);
    expect(findViolations(new Map([['engine/markets/calculation/a.ts', text]]), two)).toEqual([]);
  });

  test('keeps a library in its one place', () => {
    const text = "import { drizzle } from 'drizzle-orm/better-sqlite3';";
    expect(violations('db/client.ts', text)).toEqual([]);
    expect(violations('engine/host/a.ts', text)).toHaveLength(1);
  });

  test('finds a ring of files, but lets types and what is loaded later go round', () => {
    const files = (second: string): ReadonlyMap<string, string> =>
      new Map([
        ['db/a.ts', "import { b } from './b.ts';"],
        ['db/b.ts', "export * from './c.ts';"],
        ['db/c.ts', second],
      ]);
    expect(findRings(files("import { a } from './a.ts';"))).toEqual([
      'db/a.ts -> db/b.ts -> db/c.ts -> db/a.ts',
    ]);
    expect(findRings(files("import type { a } from './a.ts';"))).toEqual([]);
    expect(findRings(files("const a = () => import('./a.ts');"))).toEqual([]);
  });

  test('refuses a folder that the table does not know', () => {
    expect(violations('engine/attic/a.ts', '')).toEqual(['engine/attic/a.ts lies in no folder of the table']);
    expect(violations('engine/kernel/a.ts', "import { x } from '../attic/b.ts';")).toHaveLength(1);
  });
});
