import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { join } from 'node:path';

/**
 * What the packaged program can do beside being itself, switched off for good in its binary: it is no Node to run other
 * scripts with, it listens to no debugger and to no variable that would load other code, and it takes its own code from
 * the archive alone, whose hash it checks (on Windows and macOS, which know how).
 *
 * @satisfies {Record<keyof typeof FuseV1Options, boolean>}
 */
export const fuses = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
  // WebAssembly's own check of bounds by the processor: the network core's speed rests on it.
  WasmTrapHandlers: true,
};

/**
 * Where the binary lies that holds the fuses.
 * @param {{ appOutDir: string, electronPlatformName: string, packager: { appInfo: { productFilename: string }, executableName?: string } }} packed
 */
function binaryOf({ appOutDir, electronPlatformName, packager }) {
  const name = packager.appInfo.productFilename;
  if (electronPlatformName === 'darwin') return join(appOutDir, `${name}.app`);
  if (electronPlatformName === 'win32') return join(appOutDir, `${name}.exe`);
  return join(appOutDir, packager.executableName ?? name.toLowerCase());
}

/**
 * Called by the packager when everything lies in place and nothing is signed yet.
 * @param {Parameters<typeof binaryOf>[0]} packed
 */
export async function afterPack(packed) {
  const wires = Object.entries(fuses).map(([name, on]) => [
    FuseV1Options[/** @type {keyof typeof FuseV1Options} */ (name)],
    on,
  ]);
  await flipFuses(binaryOf(packed), {
    version: FuseVersion.V1,
    // A fuse that a later Electron adds must be decided upon here.
    strictlyRequireAllFuses: true,
    resetAdHocDarwinSignature: packed.electronPlatformName === 'darwin',
    ...Object.fromEntries(wires),
  });
}
