import { z } from 'zod';
import type { ErrorRecord } from './errors.ts';

/**
 * What the desktop shell and the page say to each other, beside the contract itself, which the page speaks to the engine
 * over a port of its own (`connection.ts`). In a browser there is no shell: `window.auspexDesktop` is undefined there, and
 * everything on this page can be done without it. Files are saved as in a browser, by a download; the shell asks where.
 */

/** How the engine's process is. `restarting` also while it starts for the first time after a failure. */
export const engineStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('starting') }),
  z.object({ state: z.literal('ready'), safeMode: z.boolean() }),
  z.object({
    state: z.literal('restarting'),
    /** Starts that have failed in a row. */
    attempt: z.number().int(),
    waitMs: z.number(),
    /** The code of what it ended with, as far as known. */
    reason: z.string(),
  }),
  z.object({ state: z.literal('stopped') }),
]);
export type EngineState = z.infer<typeof engineStateSchema>;

/** How far an update of the program is. */
export const updateStateSchema = z.discriminatedUnion('state', [
  /** Not possible here, or switched off: `development`, `offline`, `package` (the system's package manager does it). */
  z.object({ state: z.literal('off'), because: z.enum(['development', 'offline', 'package']) }),
  z.object({ state: z.enum(['idle', 'checking', 'current']) }),
  z.object({ state: z.literal('downloading'), version: z.string(), fraction: z.number() }),
  /** Installed when the program ends and no run is under way. */
  z.object({ state: z.literal('waiting'), version: z.string(), notes: z.string() }),
  z.object({ state: z.literal('failed'), message: z.string() }),
]);
export type UpdateState = z.infer<typeof updateStateSchema>;

const shortText = z.string().max(200);

/** A command of the page that the native menu shows; the page runs it. */
export const menuCommandSchema = z.strictObject({
  id: z.string().regex(/^[\w.:-]{1,80}$/),
  title: shortText.min(1),
  menu: z.enum(['file', 'view', 'go', 'run', 'help']),
  /** Shown beside the title, in Electron's notation; the page itself hears the keys. */
  accelerator: z
    .string()
    .regex(/^[\w+ ]{1,40}$|^([\w]+\+)+[^\s]$/)
    .optional(),
  enabled: z.boolean(),
});
export type MenuCommand = z.infer<typeof menuCommandSchema>;

/** Kinds of file that are chosen in the system's dialogue, each with a folder of its own that is remembered. */
export const filePurposes = ['table', 'mapping', 'project', 'settings', 'folder'] as const;
export type FilePurpose = (typeof filePurposes)[number];

/** What the page may ask of the shell, by name; the shell checks every input by these. */
export const desktopCalls = {
  chooseFiles: z.strictObject({ purpose: z.enum(filePurposes), many: z.boolean() }),
  /** The files that the program was opened with and that no page has taken yet; asked for at the start and on `files`. */
  takeFiles: z.strictObject({}),
  /** Only https, and only hosts on the shell's list. */
  openExternal: z.strictObject({ address: z.string().max(2000) }),
  /** Only below the folders that the program itself writes to. */
  showInFolder: z.strictObject({ path: z.string().max(4000) }),
  setMenu: z.strictObject({ commands: z.array(menuCommandSchema).max(200) }),
  setAppearance: z.strictObject({
    theme: z.enum(['light', 'dark', 'system']),
    language: z.enum(['en', 'ru']),
  }),
  /** What the system's task bar shows; null for nothing. */
  setProgress: z.strictObject({ fraction: z.number().min(0).max(1).nullable() }),
  /** Shown only while no window has the focus; a click leads to the address. */
  notify: z.strictObject({
    title: shortText.min(1),
    text: z.string().max(1000),
    address: z
      .string()
      .regex(/^\/[^\s]{0,500}$/)
      .optional(),
  }),
  /** How the engine is now; `engine` tells of changes. */
  engineState: z.strictObject({}),
  /** Starts the engine anew with everything that safe mode leaves out. */
  leaveSafeMode: z.strictObject({}),
  checkForUpdate: z.strictObject({}),
  /** Ends the program and installs what waits; refused while a run is under way. */
  installUpdate: z.strictObject({}),
  /** Whether secrets are well kept on this machine. */
  secretProtection: z.strictObject({}),
} as const;

export type DesktopCallName = keyof typeof desktopCalls;
export type DesktopCallInput<Name extends DesktopCallName> = z.infer<(typeof desktopCalls)[Name]>;

/** `weak`: this desktop has no password store, so secrets are only obscured. `none`: they cannot be kept at all. */
export type SecretProtection = 'system' | 'weak' | 'none';

/**
 * What comes back from a call: its value, or the product's error. Errors thrown across the bridge would lose their code,
 * so they travel as records; the page makes an `AppError` of them.
 */
export type DesktopAnswer<Value> = { readonly value: Value } | { readonly error: ErrorRecord };

/** The value that each call answers with. */
export interface DesktopAnswers {
  chooseFiles: readonly string[];
  takeFiles: readonly string[];
  openExternal: boolean;
  showInFolder: boolean;
  setMenu: null;
  setAppearance: null;
  setProgress: null;
  notify: null;
  engineState: EngineState;
  leaveSafeMode: null;
  checkForUpdate: UpdateState;
  installUpdate: boolean;
  secretProtection: SecretProtection;
}

type DesktopCalls = {
  readonly [Name in DesktopCallName]: (
    input: DesktopCallInput<Name>,
  ) => Promise<DesktopAnswer<DesktopAnswers[Name]>>;
};

/** What the shell tells the page, each by a listener that is taken away by the function that comes back. */
export interface DesktopEvents {
  engine: EngineState;
  update: UpdateState;
  /** A command that was chosen in the native menu, by its id. */
  command: string;
  /** How many files were opened with the program or dropped on its icon; `takeFiles` names them. */
  files: number;
  /** An address of the page that a notification or the tray leads to. */
  address: string;
}
export type DesktopEventName = keyof DesktopEvents;

/** `window.auspexDesktop`. */
export interface DesktopBridge extends DesktopCalls {
  readonly platform: 'linux' | 'darwin' | 'win32';
  /** Where a dropped file lies; empty for what was not dropped from a disk. */
  pathOfFile(file: object): string;
  on<Name extends DesktopEventName>(name: Name, listen: (event: DesktopEvents[Name]) => void): () => void;
}
