import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Language } from '../../../../contract/domain.ts';
import type { NewsScore } from '../../../../../db/storage/football/team-facts.ts';

/**
 * A small model of ours that scores news by words: stems with weights (a stem ends with `*`), turned round by a negation
 * up to three words before. It reads English and Russian, and says nothing (NaN) of what an item does not mention.
 */
const weights = z.record(z.string(), z.number());
const lexiconSchema = z.strictObject({
  /** -1 to 1 each. */
  sentiment: weights,
  /** 0 to 1: how bad it is for the player. */
  injury: weights,
  /** Words of returning players, which take severity away. */
  recovery: weights,
  /** Words that make a sentence one about the manager. */
  manager: z.array(z.string()),
  /** -1 to 1: what is said there of the manager's standing. */
  confidence: weights,
  negations: z.array(z.string()),
});
type Lexicon = z.infer<typeof lexiconSchema>;

/** Raised whenever words or weights change. */
export const lexiconScorer = 'lexicon-1';

interface Matcher {
  /** Weight of a word; undefined where the list has no stem of it. */
  find(word: string): number | undefined;
}

interface Prepared {
  readonly sentiment: Matcher;
  readonly injury: Matcher;
  readonly recovery: Matcher;
  readonly manager: Matcher;
  readonly confidence: Matcher;
  readonly negations: ReadonlySet<string>;
}

const prepared: Readonly<Record<Language, Prepared>> = { en: prepare('en'), ru: prepare('ru') };

function prepare(language: Language): Prepared {
  const file = new URL(`../../../../../resources/lexicon/${language}.json`, import.meta.url);
  const lexicon: Lexicon = lexiconSchema.parse(JSON.parse(readFileSync(file, 'utf8')) as unknown);
  return {
    sentiment: matcherOf(lexicon.sentiment),
    injury: matcherOf(lexicon.injury),
    recovery: matcherOf(lexicon.recovery),
    manager: matcherOf(Object.fromEntries(lexicon.manager.map((word) => [word, 1]))),
    confidence: matcherOf(lexicon.confidence),
    negations: new Set(lexicon.negations),
  };
}

function matcherOf(list: Readonly<Record<string, number>>): Matcher {
  const whole = new Map<string, number>();
  const stems: [string, number][] = [];
  for (const [word, weight] of Object.entries(list)) {
    if (word.endsWith('*')) stems.push([word.slice(0, -1), weight]);
    else whole.set(word, weight);
  }
  // The longest stem is the most telling one.
  stems.sort((a, b) => b[0].length - a[0].length);
  return {
    find: (word) => whole.get(word) ?? stems.find(([stem]) => word.startsWith(stem))?.[1],
  };
}

/** Russian where a third of the letters are Cyrillic. */
export function languageOf(text: string): Language {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const cyrillic = text.match(/\p{Script=Cyrillic}/gu)?.length ?? 0;
  return cyrillic * 3 > letters ? 'ru' : 'en';
}

/** Words back that a negation turns round. */
const negationReach = 3;

/** Scores a text by its words; the language is found out when not given. */
export function scoreText(text: string, language: Language = languageOf(text)): NewsScore {
  const lists = prepared[language];
  let sentiment = NaN;
  let injury = NaN;
  let recovery = 0;
  let confidence = NaN;
  for (const sentence of text.split(/[.!?…;\n]+/)) {
    const words =
      sentence
        .toLowerCase()
        .replaceAll('ё', 'е')
        .match(/\p{L}+/gu) ?? [];
    const isOfManager = words.some((word) => lists.manager.find(word) !== undefined);
    words.forEach((word, i) => {
      const isNegated = words
        .slice(Math.max(0, i - negationReach), i)
        .some((before) => lists.negations.has(before));
      const sign = isNegated ? -1 : 1;
      const feeling = lists.sentiment.find(word);
      if (feeling !== undefined) sentiment = sum(sentiment, sign * feeling);
      const severity = lists.injury.find(word);
      if (severity !== undefined && !isNegated)
        injury = Math.max(Number.isNaN(injury) ? 0 : injury, severity);
      const relief = lists.recovery.find(word);
      if (relief !== undefined && !isNegated) recovery = Math.max(recovery, relief);
      const standing = isOfManager ? lists.confidence.find(word) : undefined;
      if (standing !== undefined) confidence = sum(confidence, sign * standing);
    });
  }
  // A word of recovery alone says that somebody was hurt, and no longer is.
  if (recovery > 0) injury = Math.max(0, (Number.isNaN(injury) ? 0 : injury) - recovery);
  return {
    sentiment: Math.tanh(sentiment),
    injurySeverity: injury,
    managerConfidence: Math.tanh(confidence),
  };
}

function sum(total: number, value: number): number {
  return Number.isNaN(total) ? value : total + value;
}
