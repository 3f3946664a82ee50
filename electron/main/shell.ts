import { app, dialog, nativeTheme, safeStorage, session, shell as system, utilityProcess } from 'electron';
import type { MessagePortMain } from 'electron';
import { existsSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import type { MenuCommand } from '../../engine/contract/desktop.ts';
import { engineEnvironment } from '../../engine/contract/engine-environment.ts';
import type { ShellSettings } from '../../engine/contract/engine-process.ts';
import { isQuiet, noticeWishesOf } from '../../engine/contract/notices.ts';
import { serveApp } from './app-protocol.ts';
import { chooseFiles } from './dialogs.ts';
import { saveDownloads } from './downloads.ts';
import { hearEngine } from './engine-messages.ts';
import { handOverPorts } from './engine-ports.ts';
import { EngineSupervisor } from './engine-supervisor.ts';
import { handleCalls } from './ipc.ts';
import { locate } from './locations.ts';
import { showMenu } from './menu.ts';
import { noticeOf, noticeOfAlert, showNotice, type Notice } from './notices.ts';
import { openOutside } from './outside.ts';
import { guardPermissions } from './permission-guard.ts';
import { watchPower } from './power.ts';
import { Memory } from './remembered.ts';
import { openVault, secretProtection } from './secret-vault.ts';
import { fill, textsIn } from './texts.ts';
import { TraySign } from './tray.ts';
import { Updates } from './updates.ts';
import { Windows } from './windows.ts';

export interface Shell {
  /** Brings the program to the front. */
  focus(): void;
  /** Shows files that were opened with the program to the page. */
  openFiles(files: readonly string[]): void;
}

/** Puts the shell together: window, engine, menu, tray, updates. Nothing is decided here that has a file of its own. */
export async function runShell({ home }: { readonly home: string | undefined }): Promise<Shell> {
  const places = locate(import.meta.dirname);
  const state = app.getPath('userData');
  const memory = await Memory.open(join(state, 'shell.json'));
  const vault = openVault(join(state, 'secrets.json'), safeStorage);
  let settings: ShellSettings = {
    language: languageOf(app.getLocale()),
    closeToTray: false,
    offline: false,
    // Until the engine has said what is wished, nothing is said.
    notices: noticeWishesOf(() => undefined),
  };
  let commands: readonly MenuCommand[] = [];
  let folders: readonly string[] = [];
  const opened: string[] = [];
  let working = false;
  let quitting = false;
  const texts = () => textsIn(settings.language);
  const log = (message: string): void => {
    process.stderr.write(`${message}\n`);
  };
  const now = () => Date.now();
  const after = (waitMs: number, act: () => void): (() => void) => {
    const timer = setTimeout(act, waitMs);
    return () => {
      clearTimeout(timer);
    };
  };

  const windows = new Windows({
    preload: places.preload,
    icon: join(places.icons, 'icon.png'),
    memory,
    now,
    after,
    log,
    staysInTray: () => settings.closeToTray && !quitting,
    async askWhetherAgain(window, { times, reason }) {
      const { pageGone } = texts();
      const { response } = await dialog.showMessageBox(window, {
        type: 'warning',
        message: pageGone.title,
        detail: fill(pageGone.text, { times, reason }),
        buttons: [pageGone.again, pageGone.quit],
        defaultId: 0,
        cancelId: 0,
      });
      if (response === 1) app.quit();
      return response === 0;
    },
  });
  const supervisor = new EngineSupervisor<MessagePortMain>({
    home,
    now,
    after,
    log,
    fork: () =>
      utilityProcess.fork(places.engine, [], {
        ...{ serviceName: 'auspex-engine', stdio: 'inherit' },
        env: engineEnvironment(process.env),
      }),
    onState(engine) {
      windows.tell('engine', engine);
      if (engine.state !== 'ready') showWork(false, null);
      refreshMenu();
    },
    onMessage(message, answer) {
      hearEngine(message, answer, {
        vault,
        onSettings(changed) {
          settings = changed;
          refreshMenu();
          refreshTray();
        },
        onFolders(written) {
          folders = written;
        },
        onWork({ running, queued, fraction }) {
          showWork(running + queued > 0, fraction);
        },
        onRunEnded(run) {
          const notice = noticeOf(run, { texts: texts(), wishes: settings.notices });
          if (notice) tell(notice);
        },
        onAlert(alert) {
          if (settings.notices.alerts) tell(noticeOfAlert(alert, texts()));
        },
      });
    },
  });
  const updates = new Updates({
    off: updatesOff(),
    load: async () => (await import('electron-updater')).default.autoUpdater,
    isOffline: () => settings.offline,
    isBusy: () => working,
    onState(update) {
      windows.tell('update', update);
    },
  });
  const tray = new TraySign();

  function follow(address: string): void {
    windows.focus(address);
  }

  /** Only while nobody looks, and never in quiet hours. */
  function tell(notice: Notice): void {
    if (!windows.isWatched && !isQuiet(now(), settings.notices)) showNotice(notice, follow);
  }

  function showWork(isWorking: boolean, fraction: number | null): void {
    working = isWorking;
    // 2 is what the system shows as "busy, no telling how long".
    windows.showProgress(isWorking ? (fraction ?? 2) : null);
    refreshTray();
  }

  function refreshMenu(): void {
    showMenu({
      texts: texts(),
      platform: process.platform,
      commands,
      safeMode: supervisor.state.state === 'ready' && supervisor.state.safeMode,
      development: !app.isPackaged,
      run: (command) => {
        windows.tell('command', command);
      },
      newWindow: () => {
        windows.open();
      },
      leaveSafeMode: () => {
        supervisor.leaveSafeMode();
      },
    });
  }

  function refreshTray(): void {
    if (!settings.closeToTray) {
      tray[Symbol.dispose]();
      return;
    }
    tray.show({
      icons: places.icons,
      platform: process.platform,
      texts: texts(),
      working,
      open: () => {
        windows.focus();
      },
      quit: () => {
        app.quit();
      },
    });
  }

  guardPermissions(session.defaultSession);
  saveDownloads(session.defaultSession, memory);
  serveApp(session.defaultSession, places.renderer);
  handOverPorts((port) => {
    supervisor.connect(port);
  });
  handleCalls({
    chooseFiles: (input, sender) => chooseFiles(input, { sender, memory, texts: texts() }),
    takeFiles: () => opened.splice(0),
    openExternal: ({ address }) => openOutside(address),
    showInFolder({ path }) {
      if (!isWithin(path, folders)) return false;
      system.showItemInFolder(path);
      return true;
    },
    setMenu(input) {
      ({ commands } = input);
      refreshMenu();
      return null;
    },
    setAppearance({ theme, language }) {
      nativeTheme.themeSource = theme;
      memory.change({ theme });
      settings = { ...settings, language };
      refreshMenu();
      refreshTray();
      return null;
    },
    setProgress({ fraction }) {
      windows.showProgress(fraction);
      return null;
    },
    notify(notice) {
      tell(notice);
      return null;
    },
    engineState: () => supervisor.state,
    leaveSafeMode() {
      supervisor.leaveSafeMode();
      return null;
    },
    checkForUpdate: () => updates.check(),
    installUpdate: () => updates.install(),
    secretProtection: () => secretProtection(safeStorage),
  });
  watchPower((message) => {
    supervisor.tell(message);
  });

  app.on('window-all-closed', () => {
    // On macOS programs go on without a window.
    if (process.platform !== 'darwin' && !settings.closeToTray) app.quit();
  });
  app.on('activate', () => {
    windows.focus();
  });
  app.on('before-quit', (event) => {
    if (quitting) return;
    event.preventDefault();
    void mayQuit().then(async (may) => {
      if (!may) return;
      quitting = true;
      await updates.beforeQuit();
      await Promise.all([supervisor.stop(), memory.settled()]);
      tray[Symbol.dispose]();
      app.quit();
    });
  });

  async function mayQuit(): Promise<boolean> {
    const { front } = windows;
    if (!working || front === undefined) return true;
    const { busyQuit } = texts();
    const { response } = await dialog.showMessageBox(front, {
      type: 'question',
      message: busyQuit.title,
      detail: busyQuit.text,
      buttons: [busyQuit.quit, busyQuit.stay],
      defaultId: 1,
      cancelId: 1,
    });
    return response === 0;
  }

  nativeTheme.themeSource = memory.now.theme;
  refreshMenu();
  supervisor.start();
  windows.open();
  void warnOfWeakSecrets();

  async function warnOfWeakSecrets(): Promise<void> {
    if (memory.now.weakSecretsTold || (await secretProtection(safeStorage)) !== 'weak') return;
    const { weakSecrets } = texts();
    memory.change({ weakSecretsTold: true });
    await dialog.showMessageBox({ type: 'warning', message: weakSecrets.title, detail: weakSecrets.text });
  }

  return {
    focus: () => {
      windows.focus();
    },
    openFiles(files) {
      opened.push(...files);
      windows.focus();
      windows.tell('files', opened.length);
    },
  };
}

function languageOf(locale: string): 'en' | 'ru' {
  return locale.startsWith('ru') ? 'ru' : 'en';
}

/** Where the system's package manager looks after the program, or nobody does, it leaves itself alone. */
function updatesOff(): 'development' | 'package' | undefined {
  if (!app.isPackaged) return 'development';
  return existsSync(join(process.resourcesPath, 'app-update.yml')) ? undefined : 'package';
}

function isWithin(path: string, folders: readonly string[]): boolean {
  const file = resolve(path);
  return folders.some((folder) => file === folder || file.startsWith(folder + sep));
}
