/** Words that every layer shares. */

/** Class order of 1X2 everywhere: 0 home win, 1 draw, 2 away win. */
export const outcomeClasses = ['H', 'D', 'A'] as const;

export const scopes = ['all-time', 'today'] as const;
export type Scope = (typeof scopes)[number];

/** The sports that are forecast; they share all code, and differ in lines, points and what a result holds. */
export const sports = ['football', 'ice-hockey'] as const;
export type Sport = (typeof sports)[number];

/** How far a match has come; what it means for a bet stands in the settlement table. */
export const matchStatuses = [
  'scheduled',
  'finished',
  'awarded',
  'abandoned',
  'postponed',
  'cancelled',
] as const;
export type MatchStatus = (typeof matchStatuses)[number];

export const languages = ['en', 'ru'] as const;
export type Language = (typeof languages)[number];

export const stageNames = ['getting', 'calculation', 'processing', 'forecast', 'publisher'] as const;
export type StageName = (typeof stageNames)[number];

/** ISO calendar day, `YYYY-MM-DD`. */
export type Day = string;

/** UTC instant in epoch milliseconds. */
export type Instant = number;

/** A flag that long loops read; `true` means stop at the next safe point. */
export interface CancelSignal {
  readonly aborted: boolean;
}

/** Reports how far an item is: `done` of `total` units; `total` 0 when unknown. */
export type ReportProgress = (done: number, total: number) => void;

/** What can be stored as JSON; a property that is undefined is left out. */
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue | undefined };
