import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Language } from '../../contract/domain.ts';
import type { FeatureDefinition } from './calculator.ts';

/** What is said of a feature; its name is the same in every language. */
export type FeatureWords = Pick<FeatureDefinition, 'unit' | 'description' | 'formula' | 'asOf' | 'missing'>;

const sentences = z.record(z.string(), z.string().min(1));
const wordsSchema = z.strictObject({
  sides: z.strictObject({ Home: z.string(), Away: z.string() }),
  /** Keys are the English sentences without their side and with `#` in the place of each number. */
  descriptions: sentences,
  formulas: sentences,
  asOf: sentences,
  missing: sentences,
  units: sentences,
});
type Words = z.infer<typeof wordsSchema>;

const folder = new URL('../../../resources/features/', import.meta.url);
const read = new Map<Language, Words>();

/**
 * What is said of a feature in a language. English stands beside the code of the calculators; of other languages
 * `resources/features/<language>.json` holds a sentence for each English one. One that is missing there stays English.
 */
export function wordsOfFeature(definition: FeatureDefinition, language: Language): FeatureWords {
  const { unit, description, formula, asOf, missing } = definition;
  if (language === 'en') {
    return { unit, description, asOf, missing, ...(formula === undefined ? {} : { formula }) };
  }
  const words = wordsOf(language);
  return {
    unit: words.units[unit] ?? unit,
    description: descriptionIn(words, description),
    asOf: words.asOf[asOf] ?? asOf,
    missing: words.missing[missing] ?? missing,
    ...(formula === undefined ? {} : { formula: words.formulas[formula] ?? formula }),
  };
}

function wordsOf(language: Language): Words {
  let words = read.get(language);
  if (!words) {
    const text = readFileSync(new URL(`${language}.json`, folder), 'utf8');
    read.set(language, (words = wordsSchema.parse(JSON.parse(text))));
  }
  return words;
}

function descriptionIn({ sides, descriptions }: Words, english: string): string {
  const [, side, rest = english] = /^(?:(Home|Away) club's )?(.*)$/.exec(english) ?? [];
  const numbers = rest.match(/\d+(?:\.\d+)?/g) ?? [];
  const sentence = descriptions[rest.replace(/\d+(?:\.\d+)?/g, '#')];
  if (sentence === undefined) return english;
  let at = 0;
  const filled = sentence.replace(/#/g, () => (numbers[at++] ?? '#').replace('.', ','));
  return side === 'Home' || side === 'Away' ? `${sides[side]}: ${filled}` : filled;
}
