import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { DesktopEventName, DesktopEvents } from '../../engine/contract/desktop.ts';
import { appOrigin } from './app-protocol.ts';
import { tellPage } from './ipc.ts';
import { PageRecoveryPolicy } from './page-recovery.ts';
import type { Memory } from './remembered.ts';
import { webPreferences } from './web-preferences.ts';
import { placeWindow, smallestSize } from './window-state.ts';

export interface WindowsOptions {
  readonly preload: string;
  readonly icon: string;
  readonly memory: Memory;
  now(): number;
  after(waitMs: number, act: () => void): () => void;
  /** A page has ended too often: whether to try once more. */
  askWhetherAgain(window: BrowserWindow, facts: { times: number; reason: string }): Promise<boolean>;
  /** Whether closing the last window only hides it. */
  staysInTray(): boolean;
  log(message: string): void;
}

/** The ends of a page that nobody has to be told of. */
const orderly = new Set(['clean-exit']);

/** The program's windows: where they stand, what they show, and what becomes of them when their page ends by itself. */
export class Windows {
  readonly #options: WindowsOptions;
  readonly #windows = new Set<BrowserWindow>();

  constructor(options: WindowsOptions) {
    this.#options = options;
  }

  /** Opens a window; the first one where the last one stood, and at the address where it was. */
  open(address?: string): BrowserWindow {
    const { memory } = this.#options;
    const before = this.#windows.size === 0 ? memory.now.window : undefined;
    const window = new BrowserWindow({
      ...placeWindow(before?.bounds, workAreas()),
      minWidth: smallestSize.width,
      minHeight: smallestSize.height,
      // Until the page has drawn itself an empty window would only flash.
      show: false,
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#111418' : '#ffffff',
      icon: this.#options.icon,
      title: 'Auspex',
      webPreferences: webPreferences(this.#options.preload),
    });
    this.#windows.add(window);
    if (before?.maximized === true) window.maximize();
    if (before?.fullScreen === true) window.setFullScreen(true);
    window.once('ready-to-show', () => {
      window.show();
    });
    window.on('close', (event) => {
      this.#remember(window);
      if (this.#windows.size > 1 || !this.#options.staysInTray()) return;
      event.preventDefault();
      window.hide();
    });
    window.on('closed', () => {
      this.#windows.delete(window);
    });
    this.#recover(window);
    void window.loadURL(addressOf(address ?? (before ? memory.now.address : undefined)));
    return window;
  }

  /** Brings a window to the front, opening one where there is none, and leads it to an address. */
  focus(address?: string): void {
    const window = [...this.#windows][0];
    if (window === undefined) {
      this.open(address);
      return;
    }
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
    if (address !== undefined) tellPage(window.webContents, 'address', address);
  }

  /** Tells every page. */
  tell<Name extends DesktopEventName>(name: Name, value: DesktopEvents[Name]): void {
    for (const window of this.#windows) tellPage(window.webContents, name, value);
  }

  /** What the task bar shows on every window. */
  showProgress(fraction: number | null): void {
    for (const window of this.#windows) window.setProgressBar(fraction ?? -1);
  }

  /** Whether somebody looks at the program. */
  get isWatched(): boolean {
    return [...this.#windows].some((window) => window.isVisible() && window.isFocused());
  }

  get front(): BrowserWindow | undefined {
    return BrowserWindow.getFocusedWindow() ?? [...this.#windows][0];
  }

  #remember(window: BrowserWindow): void {
    const url = URL.parse(window.webContents.getURL());
    this.#options.memory.change({
      window: {
        bounds: window.getNormalBounds(),
        maximized: window.isMaximized(),
        fullScreen: window.isFullScreen(),
      },
      address: url?.hash.startsWith('#/') === true ? url.hash : undefined,
    });
  }

  #recover(window: BrowserWindow): void {
    const policy = new PageRecoveryPolicy();
    const { now, after, askWhetherAgain, log } = this.#options;
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (orderly.has(reason) || window.isDestroyed()) return;
      log(`A page ended: ${reason}.`);
      const recovery = policy.ended(now());
      const reload = (): void => {
        // The address stays, so the page comes back to the same place.
        if (!window.isDestroyed()) window.webContents.reload();
      };
      if (recovery.act === 'reload') {
        after(recovery.waitMs, reload);
        return;
      }
      void askWhetherAgain(window, { times: recovery.times, reason }).then((again) => {
        if (!again) return;
        policy.forget();
        reload();
      });
    });
  }
}

function addressOf(address: string | undefined): string {
  return address === undefined ? `${appOrigin}/` : `${appOrigin}/#${address.replace(/^#/, '')}`;
}

function workAreas(): Electron.Rectangle[] {
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
  return [main, ...others].map(({ workArea }) => workArea);
}
