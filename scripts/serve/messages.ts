/** What the program that serves the workstation and its engine's process say to each other. */

export interface EngineStart {
  readonly kind: 'start';
  readonly home: string;
  /** The folder of the built screens. */
  readonly screens: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly controlKey: string;
  /** Digests of the sessions that browsers hold. */
  readonly sessions: readonly string[];
  /** Whether runs that were cut off go on by themselves. */
  readonly resumes: boolean;
}

export type ToEngine = EngineStart | { readonly kind: 'stop' };

export type FromEngine =
  | { readonly kind: 'ready'; readonly port: number; readonly address: string }
  | { readonly kind: 'sessions'; readonly digests: readonly string[] }
  | { readonly kind: 'failed'; readonly message: string };
