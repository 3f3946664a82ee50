import type { UpdateState } from '../../engine/contract/desktop.ts';

/** What is used of electron-updater. */
export interface Updater {
  autoDownload: boolean;
  autoInstallOnAppQuit: boolean;
  allowDowngrade: boolean;
  checkForUpdates(): Promise<unknown>;
  quitAndInstall(isSilent?: boolean, isForceRunAfter?: boolean): void;
  on(
    event: 'update-available' | 'update-not-available' | 'update-downloaded',
    listener: (info: UpdateInfo) => void,
  ): unknown;
  on(event: 'download-progress', listener: (progress: { percent: number }) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

interface UpdateInfo {
  readonly version: string;
  readonly releaseNotes?: string | readonly { readonly note: string | null }[] | null | undefined;
}

export interface UpdatesOptions {
  /** Why there are no updates at all, if there are none. */
  readonly off: 'development' | 'package' | undefined;
  /** Loaded when it is first needed. */
  load(): Promise<Updater>;
  isOffline(): boolean;
  isBusy(): boolean;
  onState(state: UpdateState): void;
}

/**
 * Looks for a newer version when it is asked to, fetches it, and installs it when the program ends: never while a run is
 * under way, and nothing at all in offline mode.
 */
export class Updates {
  readonly #options: UpdatesOptions;
  #state: UpdateState = { state: 'idle' };
  #updater: Promise<Updater> | undefined;

  constructor(options: UpdatesOptions) {
    this.#options = options;
  }

  get state(): UpdateState {
    const because = this.#offReason();
    return because === undefined ? this.#state : { state: 'off', because };
  }

  /** Asks the server; what it says arrives by `onState`. */
  async check(): Promise<UpdateState> {
    if (this.#offReason() !== undefined) return this.state;
    // A second version over one that waits would have to be fetched during the next start.
    if (['checking', 'downloading', 'waiting'].includes(this.#state.state)) return this.#state;
    this.#change({ state: 'checking' });
    try {
      await (await this.#opened()).checkForUpdates();
    } catch (error) {
      this.#fail(error);
    }
    return this.state;
  }

  /** Ends the program and installs what waits; false where nothing waits or a run is under way. */
  async install(): Promise<boolean> {
    if (this.#state.state !== 'waiting' || this.#options.isBusy()) return false;
    (await this.#opened()).quitAndInstall(false, true);
    return true;
  }

  /** Called when the program ends: what waits is installed, unless a run is cut off by it. */
  async beforeQuit(): Promise<void> {
    if (this.#state.state === 'waiting')
      (await this.#opened()).autoInstallOnAppQuit = !this.#options.isBusy();
  }

  #offReason(): 'development' | 'package' | 'offline' | undefined {
    return this.#options.off ?? (this.#options.isOffline() ? 'offline' : undefined);
  }

  #opened(): Promise<Updater> {
    return (this.#updater ??= this.#options.load().then((updater) => {
      updater.autoDownload = true;
      updater.autoInstallOnAppQuit = false;
      // Whoever can answer in the server's name must not be able to bring an old defect back.
      updater.allowDowngrade = false;
      updater.on('update-not-available', () => {
        this.#change({ state: 'current' });
      });
      updater.on('update-available', ({ version }) => {
        this.#change({ state: 'downloading', version, fraction: 0 });
      });
      updater.on('download-progress', ({ percent }) => {
        if (this.#state.state === 'downloading') this.#change({ ...this.#state, fraction: percent / 100 });
      });
      updater.on('update-downloaded', (info) => {
        this.#change({ state: 'waiting', version: info.version, notes: notesOf(info) });
      });
      updater.on('error', (error) => {
        this.#fail(error);
      });
      return updater;
    }));
  }

  #fail(error: unknown): void {
    this.#change({ state: 'failed', message: error instanceof Error ? error.message : String(error) });
  }

  #change(state: UpdateState): void {
    this.#state = state;
    this.#options.onState(this.state);
  }
}

function notesOf({ releaseNotes }: UpdateInfo): string {
  if (typeof releaseNotes === 'string') return releaseNotes;
  return (releaseNotes ?? []).map(({ note }) => note ?? '').join('\n\n');
}
