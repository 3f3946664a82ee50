import { useState } from 'react';
import type { z } from 'zod';

const prefix = 'auspex.draft.';
/** More than any form holds; what is larger is no draft. */
const longestText = 100_000;

/** A draft that was kept; undefined where there is none or it no longer fits its form. */
export function readDraft<Value>(name: string, schema: z.ZodType<Value>): Value | undefined {
  try {
    const text = localStorage.getItem(prefix + name);
    return text === null ? undefined : schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Keeps a draft over navigation and restarts. Secrets never belong into one. */
export function keepDraft(name: string, value: unknown): void {
  try {
    const text = JSON.stringify(value);
    if (text.length <= longestText) localStorage.setItem(prefix + name, text);
  } catch {
    // A browser without storage has no drafts.
  }
}

export function forgetDraft(name: string): void {
  try {
    localStorage.removeItem(prefix + name);
  } catch {
    // Nothing was kept.
  }
}

export interface DraftState<Value> {
  readonly value: Value;
  /** Whether the form begins with what had been entered before. */
  readonly isRestored: boolean;
  change(next: Partial<Value>): void;
  /** The form was handed in: what is shown stays, nothing is kept. */
  done(): void;
  /** Back to an empty form. */
  clear(): void;
}

/**
 * What is entered into a form, kept with every change until it is handed in.
 *
 * @param first what the empty form holds
 */
export function useDraft<Value extends object>(
  name: string,
  schema: z.ZodType<Value>,
  first: Value,
): DraftState<Value> {
  const [{ value, isRestored }, setState] = useState(() => {
    const kept = readDraft(name, schema);
    return { value: kept ?? first, isRestored: kept !== undefined };
  });
  return {
    value,
    isRestored,
    change(next) {
      setState((state) => {
        const changed = { ...state.value, ...next };
        keepDraft(name, changed);
        return { ...state, value: changed };
      });
    },
    done() {
      forgetDraft(name);
      setState((state) => ({ ...state, isRestored: false }));
    },
    clear() {
      forgetDraft(name);
      setState({ value: first, isRestored: false });
    },
  };
}
