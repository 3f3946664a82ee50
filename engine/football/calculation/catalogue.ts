import { featureFamilies } from './calculator.ts';
import type { FeatureDefinition, FeatureFamily } from './calculator.ts';
import { featureSets } from './registry.ts';
import type { FeatureSet } from './registry.ts';

const familyTitles: Readonly<Record<FeatureFamily, string>> = {
  form: 'Form',
  venue: 'Home and away',
  'head-to-head': 'Head to head',
  position: 'League position',
  advanced: 'Shots and expected goals',
  availability: 'Availability',
  context: 'Context',
  documents: 'News',
  segments: 'Segment tables',
  ratings: 'Ratings',
  market: 'Market',
};

const setTexts: Readonly<Record<string, string>> = {
  football: 'the core that the models are trained on every day',
  'football-extended': 'everything else that can be known without a price, in single precision',
  'football-market': 'prices; a model that uses it is declared market-informed',
};

/**
 * The catalogue of all features as Markdown: `docs/FEATURES.md` is this text, and a test holds it to that. Two features
 * that differ only in the club they speak of share a line.
 */
export function featureCatalogue(): string {
  const total = featureSets.reduce((sum, set) => sum + set.names.length, 0);
  const lines = [
    '# Features',
    '',
    `The ${String(total)} numbers that are known of a football match before its day begins. This page is written by \`node scripts/features.ts\` from the definitions beside the code; do not edit it.`,
    '',
    'Every number rests only on what was known at the start of the match day (00:00 in the zone of the championship): results of earlier days, and facts with the instant they were known. What is not known is missing (NaN), never zero. A battery of tests cuts, permutes and replays the history around single days and finds no feature that changes.',
    '',
    'Sets:',
    '',
    ...featureSets.map(
      (set) => `- \`${set.code}\`: ${String(set.names.length)} features; ${setTexts[set.code] ?? ''}.`,
    ),
  ];
  for (const family of featureFamilies) {
    lines.push('', `## ${familyTitles[family]}`);
    for (const set of featureSets) lines.push(...familyLines(set, family));
  }
  return `${lines.join('\n')}\n`;
}

function familyLines(set: FeatureSet, family: FeatureFamily): string[] {
  const definitions = set.definitions.filter((definition) => definition.family === family);
  if (definitions.length === 0) return [];
  const lines = ['', `In \`${set.code}\`:`, ''];
  for (let i = 0; i < definitions.length; i++) {
    const own = definitions[i]!;
    const next = definitions[i + 1];
    const isPair = next !== undefined && isOtherSide(own, next);
    const names = isPair ? [own.name, next.name] : [own.name];
    if (isPair) i++;
    const description = isPair
      ? own.description.replace(/^Home club's/, "Home or away club's")
      : own.description;
    lines.push(
      `- ${names.map((name) => `\`${name}\``).join(', ')} (${own.unit}): ${sentences(own, description)}`,
    );
  }
  return lines;
}

function isOtherSide(one: FeatureDefinition, other: FeatureDefinition): boolean {
  if (!one.name.endsWith('Home') || other.name !== one.name.replace(/Home$/, 'Away')) return false;
  const neutral = (text: string) => text.replace(/\b(home|away)\b/gi, 'side');
  return neutral(one.description) === neutral(other.description) && one.missing === other.missing;
}

function sentences({ formula, asOf, missing }: FeatureDefinition, description: string): string {
  const parts = [
    description,
    ...(formula === undefined ? [] : [`How: ${formula}`]),
    `Rests on: ${asOf}`,
    `Missing when: ${missing}`,
  ];
  return escape(parts.map((part) => (/[.!?]$/.test(part) ? part : `${part}.`)).join(' '));
}

/** What Markdown would take for markup. */
function escape(text: string): string {
  return text.replace(/[*_<>|[\]]/g, '\\$&');
}
