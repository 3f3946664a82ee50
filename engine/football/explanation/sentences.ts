import type { Explanation, Factor, Measure } from '../../contract/explanation.ts';
import type { Locale } from '../../documents/locale.ts';
import { adjustment } from './groups.ts';

/** Factors that are worded; smaller ones are summed up. */
const worded = 5;
/** A factor that moves the odds by less than this is not called a reason. */
const least = Math.log(1.01);

/** The explanation in words. Every number in them is a figure of the explanation, rounded. */
export function explanationSentences(explanation: Omit<Explanation, 'sentences'>, locale: Locale): string[] {
  const { probabilities, factors, logOdds } = explanation;
  const reasons = factors.filter(
    (factor) => factor.group !== adjustment && Math.abs(factor.contribution) >= least,
  );
  const main = reasons.slice(0, worded);
  const rest = factors.filter((factor) => !main.includes(factor));
  const others = rest.reduce((sum, { contribution }) => sum + contribution, 0);
  return [
    locale.t('explanation.forecast', {
      home: locale.percent(probabilities.H),
      draw: locale.percent(probabilities.D),
      away: locale.percent(probabilities.A),
    }),
    strengthSentence(explanation, locale),
    locale.t('explanation.base', { factor: times(logOdds.base, locale) }),
    ...main.map((factor) => factorSentence(factor, explanation, locale)),
    ...(rest.length > 0
      ? [locale.t('explanation.rest', { count: rest.length, factor: times(others, locale) })]
      : []),
    locale.t('explanation.total', { factor: times(logOdds.total, locale) }),
    ...nearestSentences(explanation, locale),
  ];
}

const times = (logarithm: number, locale: Locale): string => locale.number(Math.exp(logarithm), 2);

function strengthSentence({ strength, label }: Omit<Explanation, 'sentences'>, locale: Locale): string {
  const { cutOffs, record } = strength;
  const words = {
    strength: locale.t(`explanation.strengths.${strength.label}`),
    result: locale.t(`explanation.results.${label}`),
    probability: locale.percent(strength.probability),
    strong: locale.percent(cutOffs.strong, 0),
    moderate: locale.percent(cutOffs.moderate, 0),
  };
  const said = locale.t('explanation.strength', words);
  if (record.n === 0) return `${said} ${locale.t('explanation.no-record')}`;
  const share = locale.percent(record.hits / record.n);
  const hits = locale.integer(record.hits);
  return `${said} ${locale.t('explanation.record', { count: record.n, hits, share, live: locale.integer(record.live) })}`;
}

function factorSentence(
  factor: Factor,
  { home, away }: Omit<Explanation, 'sentences'>,
  locale: Locale,
): string {
  const words = {
    team: factor.contribution > 0 ? home : away,
    group: locale.t(`explanation.groups.${factor.group}`),
    factor: times(factor.contribution, locale),
  };
  // The measure that says most, and one that sets the two clubs side by side.
  const [first] = factor.measures.filter(isKnown);
  const beside = factor.measures.find(
    (measure) => measure !== first && isKnown(measure) && measure.value === null,
  );
  if (!first) return locale.t('explanation.factor-bare', words);
  const shown = first.value === null || !beside ? [first] : [first, beside];
  const measures = shown.map((measure) => measureText(measure, locale)).join('; ');
  return locale.t('explanation.factor', { ...words, measures });
}

const isKnown = ({ home, away, value }: Measure): boolean => home !== null || away !== null || value !== null;

function measureText({ name, home, away, value }: Measure, locale: Locale): string {
  const number = (one: number | null) => (one === null ? '–' : locale.number(one, 2));
  const values = value === null ? `${number(home)} : ${number(away)}` : number(value);
  return `${locale.t(`explanation.measures.${name}`)} ${values}`;
}

function nearestSentences({ nearest }: Omit<Explanation, 'sentences'>, locale: Locale): string[] {
  const { endings, matches, considered } = nearest;
  if (endings.n === 0) return [locale.t('explanation.no-nearest')];
  return [
    locale.t('explanation.endings', {
      count: endings.n,
      considered: locale.integer(considered),
      home: locale.integer(endings.H),
      draw: locale.integer(endings.D),
      away: locale.integer(endings.A),
    }),
    ...matches.map(({ matchDay, home, away, homeGoals, awayGoals, distance }) =>
      locale.t('explanation.near', {
        day: locale.shortDay(matchDay),
        home,
        away,
        score: `${homeGoals}:${awayGoals}`,
        distance: locale.number(distance, 2),
      }),
    ),
  ];
}
