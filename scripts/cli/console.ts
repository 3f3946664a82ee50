import { loadLocale, type Locale } from '../../engine/documents/locale.ts';
import type { Language } from '../../engine/contract/domain.ts';
import { errorCodes, toErrorRecord, type ErrorRecord } from '../../engine/contract/errors.ts';
import { ORPCError } from '@orpc/server';

/** Where a command writes: results to stdout, everything about the way there to stderr. */
export interface Console {
  readonly json: boolean;
  readonly locale: Locale;
  /** A line of the result; nothing with `--json`. */
  line(text?: string): void;
  /** The result as the one JSON document; nothing without `--json`. */
  document(value: unknown): void;
  /** A line about the way: progress, warnings. */
  note(text: string): void;
}

export const exitCodes = { done: 0, error: 1, usage: 2, cancelled: 130 } as const;

export function createConsole(options: { readonly json: boolean; readonly language: Language }): Console {
  return {
    json: options.json,
    locale: loadLocale(options.language),
    line(text = '') {
      if (!options.json) process.stdout.write(`${text}\n`);
    },
    document(value) {
      if (options.json) process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
    },
    note(text) {
      process.stderr.write(`${text}\n`);
    },
  };
}

/** Says what went wrong, in the user's language and then in the developer's words, and answers the exit code. */
export function reportError(console: Console, thrown: unknown): number {
  const { code, message, detail } = recordOf(thrown);
  const sentence = console.locale.t(`errors.${code}`);
  console.note(`auspex: ${code}: ${sentence}`);
  if (message !== sentence) console.note(`        ${message}`);
  console.document({ error: { code, message, detail } });
  if (code === 'CANCELLED') return exitCodes.cancelled;
  return code === 'USAGE' ? exitCodes.usage : exitCodes.error;
}

/** The engine's own error, taken out of the contract's wrapping. */
export function recordOf(thrown: unknown): ErrorRecord {
  if (thrown instanceof ORPCError) {
    const data = thrown.data as Partial<ErrorRecord> | undefined;
    if (data?.code && errorCodes.includes(data.code)) return data as ErrorRecord;
  }
  return toErrorRecord(thrown);
}
