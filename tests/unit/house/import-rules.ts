import { importsOf } from './imports.ts';

/** What `docs/ARCHITECTURE.md` says: per folder, what it may import from which other folder. */
export interface ImportRules {
  readonly may: ReadonlyMap<string, ReadonlyMap<string, Permission>>;
  /** Library name to the folders that may import it. */
  readonly libraries: ReadonlyMap<string, readonly string[]>;
}

export type Permission = 'yes' | 'types' | 'by URL';

const permissions: readonly string[] = ['yes', 'types', 'by URL'] satisfies Permission[];

/**
 * Reads the two tables of `docs/ARCHITECTURE.md`.
 *
 * Rows and columns name folders in backquotes; `packs` stands for every folder of `packs`, and the cell `own` for
 * the row's own folder alone. An empty cell forbids.
 */
export function readImportRules(markdown: string, packs: readonly string[]): ImportRules {
  const expand = (name: string): readonly string[] =>
    name === 'packs' ? packs.map((pack) => `engine/${pack}`) : [name];
  const folders = (cell: string): readonly string[] =>
    [...cell.matchAll(/`([^`]+)`/g)].flatMap((match) => expand(match[1]!));

  const [header, ...rows] = table(markdown, '## Who may import whom');
  const columns = header!.slice(1).map(folders);
  const may = new Map<string, Map<string, Permission>>();
  for (const [name, ...cells] of rows) {
    for (const from of folders(name!)) {
      const allowed = new Map<string, Permission>();
      cells.forEach((cell, index) => {
        const targets = cell === 'own' ? columns[index]!.filter((to) => to === from) : columns[index]!;
        const permission = cell === 'own' ? 'yes' : cell;
        if (permission === '') return;
        if (!permissions.includes(permission)) throw new Error(`The table says "${cell}" for ${from}.`);
        for (const to of targets) allowed.set(to, permission as Permission);
      });
      may.set(from, allowed);
    }
  }
  const libraries = table(markdown, '## Libraries with one place')
    .slice(1)
    .map(([library, importers]): [string, readonly string[]] => [
      library!.replaceAll('`', ''),
      folders(importers!),
    ]);
  return { may, libraries: new Map(libraries) };
}

/** One sentence per broken rule: the file and line, what it imports, and what the table says about it. */
export function findViolations(files: ReadonlyMap<string, string>, rules: ImportRules): readonly string[] {
  const folders = [...rules.may.keys()].sort((a, b) => b.length - a.length);
  const folderOf = (path: string): string | undefined => folders.find((name) => path.startsWith(`${name}/`));
  const found: string[] = [];
  for (const [path, text] of files) {
    const from = folderOf(path);
    if (from === undefined) {
      found.push(`${path} lies in no folder of the table`);
      continue;
    }
    for (const { kind, target, isLibrary, line } of importsOf(path, text)) {
      const library = [...rules.libraries.keys()].find(
        (name) => target === name || target.startsWith(`${name}/`),
      );
      const importers = library === undefined ? undefined : rules.libraries.get(library)!;
      if (importers !== undefined && !importers.includes(from)) {
        found.push(`${path}:${line} imports ${target}: only ${importers.join(', ')} may import ${library}`);
      }
      if (isLibrary || target === 'package.json') continue;
      const to = folderOf(target);
      if (to === undefined) {
        found.push(`${path}:${line} imports ${target}, which lies in no folder of the table`);
        continue;
      }
      const permission = rules.may.get(from)!.get(to);
      const allowed = { value: ['yes'], type: ['yes', 'types'], url: ['yes', 'by URL'] }[kind];
      if (permission === undefined || !allowed.includes(permission)) {
        const rule = permission === undefined ? 'nothing' : `only "${permission}"`;
        found.push(`${path}:${line} imports ${target} (${kind}): ${from} may import ${rule} of ${to}`);
      }
    }
  }
  return found;
}

/**
 * Rings of files that load each other (types aside), each as `a -> b -> a`: what runs first is then chance. A file that is
 * fetched by `import()` begins when its asker has long been there.
 */
export function findRings(files: ReadonlyMap<string, string>): readonly string[] {
  const loads = (path: string): readonly string[] =>
    importsOf(path, files.get(path)!.replaceAll(/\bimport\(/g, 'later('))
      .filter(({ kind, target, isLater }) => kind === 'value' && !isLater && files.has(target))
      .map(({ target }) => target);
  const rings: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) rings.push([...trail.slice(start), path].join(' -> '));
    if (start >= 0 || done.has(path)) return;
    for (const target of loads(path)) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of files.keys()) visit(path, []);
  return rings;
}

/** The rows of the first table under a heading, cells trimmed, without the line of dashes. */
function table(markdown: string, heading: string): readonly (readonly string[])[] {
  const start = markdown.indexOf(`${heading}\n`);
  if (start < 0) throw new Error(`No heading "${heading}".`);
  const lines = markdown.slice(start).split('\n');
  const first = lines.findIndex((line) => line.startsWith('|'));
  const after = lines.findIndex((line, index) => index > first && !line.startsWith('|'));
  return lines
    .slice(first, after)
    .filter((_, index) => index !== 1)
    .map((line) =>
      line
        .replaceAll('\\|', '/')
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}
