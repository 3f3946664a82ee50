/**
 * The layers of the house, named once. ESLint enforces them while a file is written, and
 * `tests/unit/house/import-graph.test.ts` compares both the real imports and this list with the table in
 * `docs/ARCHITECTURE.md`.
 *
 * Every layer says what it may import: `yes` (values and types) or `types` (type-only imports). What is not named
 * may not be imported. A worker file is started by its URL (`by URL`), which is no import.
 *
 * @typedef {'yes' | 'types' | 'by URL'} Permission
 * @typedef {{ name: string, folder: string, may: Readonly<Record<string, Permission>> }} Layer
 */

/** The domain packs: one folder under `engine/` each, with the same five rooms. No pack imports another. */
export const packs = ['football'];

const all = /** @type {const} */ ('yes');
const types = /** @type {const} */ ('types');
const byUrl = /** @type {const} */ ('by URL');

const pure = { contract: all, kernel: all, ports: all };
const storage = { db: types, 'db/storage': all, 'db/queries': all };
const writing = { documents: all, channels: all, monitoring: all };

/** @type {readonly Layer[]} */
export const layers = [
  { name: 'contract', folder: 'engine/contract', may: { contract: all } },
  { name: 'kernel', folder: 'engine/kernel', may: { contract: all, kernel: all } },
  { name: 'ports', folder: 'engine/ports', may: { contract: types, kernel: types, ports: all } },
  ...packs.map((pack) => ({
    name: pack,
    folder: `engine/${pack}`,
    may: { ...pure, [pack]: all, ...writing, runtime: all, workers: byUrl, ...storage },
  })),
  ...Object.keys(writing).map((name) => ({
    name,
    folder: `engine/${name}`,
    may: { ...pure, ...writing, runtime: all, workers: byUrl, ...storage },
  })),
  {
    name: 'runtime',
    folder: 'engine/runtime',
    may: { contract: all, ports: all, runtime: all, workers: byUrl, ...storage },
  },
  {
    name: 'workers',
    folder: 'engine/workers',
    may: {
      contract: all,
      kernel: all,
      ports: types,
      ...Object.fromEntries(packs.map((pack) => [pack, all])),
      ...writing,
      runtime: types,
      workers: all,
      db: all,
      'db/queries': all,
    },
  },
  {
    name: 'host',
    folder: 'engine/host',
    may: {
      ...pure,
      ...Object.fromEntries(packs.map((pack) => [pack, all])),
      ...writing,
      runtime: all,
      workers: byUrl,
      host: all,
      db: all,
      'db/storage': all,
      'db/queries': all,
    },
  },
  { name: 'db/storage', folder: 'db/storage', may: database() },
  { name: 'db/queries', folder: 'db/queries', may: database() },
  { name: 'db', folder: 'db', may: database() },
  {
    name: 'electron/main',
    folder: 'electron/main',
    may: { contract: all, ports: types, 'electron/main': all },
  },
  { name: 'electron/preload', folder: 'electron/preload', may: { contract: all, 'electron/preload': all } },
  {
    name: 'electron/engine-process',
    folder: 'electron/engine-process',
    may: { contract: all, ports: all, host: all, 'electron/engine-process': all },
  },
  {
    name: 'renderer',
    folder: 'renderer',
    may: { contract: all, kernel: types, renderer: all, resources: all },
  },
  { name: 'resources', folder: 'resources', may: {} },
  { name: 'config', folder: 'config', may: {} },
  {
    name: 'scripts',
    folder: 'scripts',
    may: everything([
      'config',
      'tests',
      'electron/main',
      'electron/preload',
      'electron/engine-process',
      'renderer',
      'resources',
    ]),
  },
  { name: 'tests', folder: 'tests', may: everything([]) },
];

/** Libraries with one importing folder each, so that what they stand for happens in one place. Tests are free. */
export const restrictedLibraries = [
  { library: 'better-sqlite3', layers: ['db', 'db/storage', 'db/queries', 'tests'] },
  { library: 'drizzle-orm', layers: ['db', 'db/storage', 'db/queries', 'tests'] },
  { library: 'electron', layers: ['electron/main', 'electron/preload', 'electron/engine-process', 'tests'] },
  { library: 'piscina', layers: ['runtime', 'tests'] },
];

/** @returns {Record<string, Permission>} */
function database() {
  return { contract: all, kernel: types, ports: types, db: all, 'db/storage': all, 'db/queries': all };
}

/** @param {readonly string[]} except @returns {Record<string, Permission>} */
function everything(except) {
  const names = ['contract', 'kernel', 'ports', ...packs, 'documents', 'channels', 'monitoring', 'runtime'];
  names.push('workers', 'host', 'db', 'db/storage', 'db/queries', 'config', 'scripts', 'tests');
  names.push('electron/main', 'electron/preload', 'electron/engine-process', 'renderer', 'resources');
  return Object.fromEntries(names.filter((name) => !except.includes(name)).map((name) => [name, all]));
}
