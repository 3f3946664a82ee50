import type { WebPreferences } from 'electron';

/** What every window's page may do: as little as Electron knows how to give. Said in full, whatever the defaults are. */
export function webPreferences(preload: string): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    // Its dictionaries would be fetched from a server.
    spellcheck: false,
    plugins: false,
  };
}
