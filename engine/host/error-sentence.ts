import type { Language } from '../contract/domain.ts';
import type { ErrorCode } from '../contract/errors.ts';
import { loadLocale } from '../documents/locale.ts';

/** What an error means to the analyst, for a shell that has no texts of its own for it. */
export function errorSentence(code: ErrorCode, language: Language): string {
  return loadLocale(language).t(`errors.${code}`);
}
