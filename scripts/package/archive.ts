import { readFileSync } from 'node:fs';

/** As much of the asar format as is needed to look into a package: its head, a JSON tree of what is in it. */

interface Entry {
  readonly files?: Readonly<Record<string, Entry>>;
  /** Lies beside the archive. */
  readonly unpacked?: boolean;
  readonly integrity?: { readonly algorithm: string; readonly hash: string };
}

export interface ArchivedFile {
  readonly path: string;
  readonly unpacked: boolean;
  readonly hash: string | undefined;
}

/** Every file of an archive, those beside it included. */
export function archivedFiles(archive: string): readonly ArchivedFile[] {
  const bytes = readFileSync(archive);
  const length = bytes.readUInt32LE(12);
  const root = JSON.parse(bytes.subarray(16, 16 + length).toString('utf8')) as Entry;
  const found: ArchivedFile[] = [];
  const walk = (entry: Entry, path: string): void => {
    if (entry.files === undefined) {
      found.push({ path, unpacked: entry.unpacked === true, hash: entry.integrity?.hash });
      return;
    }
    for (const [name, child] of Object.entries(entry.files))
      walk(child, path === '' ? name : `${path}/${name}`);
  };
  walk(root, '');
  return found;
}

/** An archive with nothing in it. */
export function emptyArchive(): Buffer {
  const tree = Buffer.from('{"files":{}}');
  const bytes = Buffer.alloc(16 + tree.length);
  bytes.writeUInt32LE(4, 0);
  bytes.writeUInt32LE(8 + tree.length, 4);
  bytes.writeUInt32LE(4 + tree.length, 8);
  bytes.writeUInt32LE(tree.length, 12);
  tree.copy(bytes, 16);
  return bytes;
}
