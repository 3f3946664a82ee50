import { FuseV1Options } from '@electron/fuses';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { archivedFiles, emptyArchive } from '../../scripts/package/archive.ts';
import { packagingProblems } from '../../scripts/package/configuration.ts';
import { afterPack, fuses } from '../../scripts/package/fuses.mjs';
import { icnsOf, icoOf } from '../../scripts/package/icon-files.ts';
import { fuseProblems } from '../../scripts/package/inspection.ts';
import { writeStandIn } from '../../scripts/package/stand-in.ts';
import { temporaryFolder } from '../fixtures/temporary.ts';

test('the packaged program runs no other script, hears no debugger, and takes its code from its archive', () => {
  expect(fuses).toEqual({
    RunAsNode: false,
    EnableCookieEncryption: true,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: false,
    EnableEmbeddedAsarIntegrityValidation: true,
    OnlyLoadAppFromAsar: true,
    LoadBrowserProcessSpecificV8Snapshot: false,
    GrantFileProtocolExtraPrivileges: false,
    WasmTrapHandlers: true,
  });
});

test('every fuse that this Electron has is decided upon', () => {
  const known = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)));
  expect(Object.keys(fuses).sort()).toEqual(known.sort());
});

test('the packager’s hook sets the fuses in the binary, as reading them back shows', async () => {
  using folder = temporaryFolder();
  writeStandIn(folder.path);
  const binary = folder.join('electron');
  expect(await fuseProblems(binary)).toContain('The fuse RunAsNode is not off.');
  await afterPack({
    appOutDir: folder.path,
    electronPlatformName: 'linux',
    packager: { appInfo: { productFilename: 'Auspex' }, executableName: 'electron' },
  });
  expect(await fuseProblems(binary)).toEqual([]);
});

test('the packaging is configured as its rules say', () => {
  expect(packagingProblems({ built: false })).toEqual([]);
});

test('a hook runs before the program is signed, so that the signature is over the fuses', () => {
  const text = readFileSync(new URL('../../electron-builder.yml', import.meta.url), 'utf8');
  expect(text).toContain('afterPack: ./scripts/package/fuses.mjs');
  expect(text).not.toContain('afterSign');
});

test('an archive without anything in it is read as such', () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'empty.asar');
  writeFileSync(path, emptyArchive());
  expect(archivedFiles(path)).toEqual([]);
});

test('an .ico lists its pictures with sizes and places', () => {
  const ico = icoOf([
    { size: 16, png: Buffer.from('small') },
    { size: 256, png: Buffer.from('large one') },
  ]);
  expect([ico.readUInt16LE(2), ico.readUInt16LE(4)]).toEqual([1, 2]);
  expect([ico.readUInt8(6), ico.readUInt8(22)]).toEqual([16, 0]);
  const at = (entry: number): string => {
    const [length, offset] = [ico.readUInt32LE(entry + 8), ico.readUInt32LE(entry + 12)];
    return ico.subarray(offset, offset + length).toString();
  };
  expect([at(6), at(22)]).toEqual(['small', 'large one']);
});

test('an .icns holds a block for each size, and says how long it is', () => {
  const icns = icnsOf((size) => Buffer.from(String(size)));
  expect([icns.toString('latin1', 0, 4), icns.readUInt32BE(4)]).toEqual(['icns', icns.length]);
  expect([icns.toString('latin1', 8, 12), icns.toString('latin1', 16, 19)]).toEqual(['ic07', '128']);
});
