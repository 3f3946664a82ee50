import type { Language } from '../../engine/contract/domain.ts';
import english from './texts/en.json' with { type: 'json' };
import russian from './texts/ru.json' with { type: 'json' };

/** The shell's own words: what is said outside the page. */
export type Texts = typeof english;

const byLanguage: Readonly<Record<Language, Texts>> = { en: english, ru: russian };

export function textsIn(language: Language): Texts {
  return byLanguage[language];
}

/** A sentence with its places filled in. */
export function fill(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{\{(\w+)\}\}/g, (place, name: string) => String(values[name] ?? place));
}
