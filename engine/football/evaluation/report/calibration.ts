import { outcomeClasses } from '../../../contract/domain.ts';
import type { Diagnostics, Reliability } from '../../../contract/evaluation-details.ts';
import type { Locale } from '../../../documents/locale.ts';
import type { Cell, ReliabilityChart, Section, Table } from '../../../documents/model.ts';
import { chance, count, decimal, familyName, muted, numberTable, share, text, wordsOf } from './cells.ts';
import type { Reported } from './scores.ts';

const className = (name: string, locale: Locale): string => locale.t(`evaluation.classes.${name}`);

/** Reliability with its band, the tests behind it, and what came of each label. */
export function calibrationSection(report: Reported, locale: Locale): Section {
  const t = wordsOf(locale);
  const { diagnostics, reliability } = report.details;
  const whole = diagnostics.filter(({ championship, season }) => championship === null && season === null);
  const champion = whole.find(({ family }) => family === 'champion');
  return {
    id: 'calibration',
    heading: t('calibration.heading'),
    marks: [],
    paragraphs: champion ? [t('calibration.lead')] : [t('not-enough')],
    blocks: [
      ...['champion', 'closing'].flatMap((family) => reliabilityChart(reliability, { family, locale })),
      ...(champion ? [classTable(champion, locale), confusionTable(champion, locale)] : []),
      ...(whole.length > 0 ? [errorTable(whole, locale)] : []),
    ],
  };
}

function reliabilityChart(
  all: readonly Reliability[],
  { family, locale }: { readonly family: string; readonly locale: Locale },
): ReliabilityChart[] {
  const t = wordsOf(locale);
  const own = all.filter((curve) => curve.family === family);
  if (own.length === 0) return [];
  return [
    {
      kind: 'reliability',
      title: t('calibration.chart', { family: familyName(family, locale) }),
      description: t('calibration.chart-description'),
      acrossLabel: t('calibration.across'),
      panels: own.map((curve) => ({
        name: className(curve.class, locale),
        note: t('calibration.outside', { share: locale.percent(curve.outside, 0) }),
        // The outermost points stand for a handful of matches, where any curve runs to 0 or 1.
        points: curve.points.slice(1, -1),
        frequency: curve.frequency.slice(1, -1),
        low: curve.low.slice(1, -1),
        high: curve.high.slice(1, -1),
        histogram: curve.histogram,
      })),
    },
  ];
}

function classTable(champion: Diagnostics, locale: Locale): Table {
  const t = wordsOf(locale);
  const headings = [
    'class',
    'frequency',
    'mean-probability',
    'auc',
    'mcb',
    'dsc',
    'unc',
    'ece',
    'debiased',
    'spiegelhalter',
    'kuiper',
  ];
  return numberTable(
    {
      caption: t('calibration.classes'),
      headings: headings.map((key) => t(`columns.${key}`)),
      notes: [t('calibration.classes-note')],
    },
    champion.classes.map((one) => [
      text(className(one.class, locale)),
      share(one.frequency),
      share(one.meanProbability),
      decimal(one.areaUnderCurve, 3),
      decimal(one.corp.miscalibration, 4),
      decimal(one.corp.discrimination, 4),
      decimal(one.corp.uncertainty, 4),
      beside(
        decimal(one.calibrationError.value, 4),
        t('calibration.null', {
          expected: locale.number(one.calibrationError.expected, 4),
          high: locale.number(one.calibrationError.high, 4),
        }),
      ),
      decimal(one.calibrationError.debiased, 4),
      tested(one.spiegelhalter, locale),
      tested(one.kuiper, locale),
    ]),
  );
}

const beside = (cell: Cell, words: string): Cell => ({
  kind: 'group',
  flow: 'lines',
  cells: [cell, muted(words)],
});

function tested(test: { statistic: number | null; pValue: number | null }, locale: Locale): Cell {
  const p = chance(test.pValue, locale);
  return beside(decimal(test.statistic, 2), `p ${p.kind === 'text' ? (p.value ?? '–') : ''}`);
}

function confusionTable(champion: Diagnostics, locale: Locale): Table {
  const t = wordsOf(locale);
  return numberTable(
    {
      caption: t('calibration.confusion'),
      headings: [
        t('columns.came'),
        ...outcomeClasses.map((name) => t('calibration.said', { class: className(name, locale) })),
        t('columns.recall'),
        t('columns.precision'),
      ],
    },
    champion.classes.map((one, k) => [
      text(className(one.class, locale)),
      ...[0, 1, 2].map((said) => count(champion.confusion[k * 3 + said]!)),
      share(one.recall),
      share(one.precision),
    ]),
  );
}

function errorTable(whole: readonly Diagnostics[], locale: Locale): Table {
  const t = wordsOf(locale);
  return numberTable(
    {
      caption: t('calibration.families'),
      headings: [
        t('columns.family'),
        ...outcomeClasses.map((name) => `${t('columns.ece')} ${locale.t(`evaluation.signs.${name}`)}`),
        ...outcomeClasses.map((name) => `z ${locale.t(`evaluation.signs.${name}`)}`),
        t('columns.entropy'),
        t('columns.top'),
        t('columns.above'),
      ],
      notes: [t('calibration.families-note')],
    },
    whole.map((one) => [
      text(familyName(one.family, locale)),
      ...one.classes.map(({ calibrationError }) =>
        beside(decimal(calibrationError.value, 4), `p ${locale.number(calibrationError.pValue, 3)}`),
      ),
      ...one.classes.map(({ spiegelhalter }) => decimal(spiegelhalter.statistic, 2)),
      decimal(one.sharpness.entropy, 4),
      share(one.sharpness.topProbability),
      share(one.sharpness.shareAbove60),
    ]),
  );
}

/** Draws, which are seldom the most probable result and still have to be forecast. */
export function drawSection(report: Reported, locale: Locale): Section {
  const t = wordsOf(locale);
  const { diagnostics } = report.details;
  const whole = diagnostics.filter(({ championship, season }) => championship === null && season === null);
  const headings = [
    'family',
    'draw-mean',
    'draw-frequency',
    'draw-spread',
    'draw-highest',
    'draw-top',
    'draw-skill',
    'auc',
  ];
  return {
    id: 'draws',
    heading: t('draws.heading'),
    marks: [],
    paragraphs: [whole.length > 0 ? t('draws.lead') : t('not-enough')],
    blocks:
      whole.length === 0
        ? []
        : [
            numberTable(
              { caption: t('draws.caption'), headings: headings.map((key) => t(`columns.${key}`)) },
              whole.map(({ family, draws, classes }) => [
                text(familyName(family, locale)),
                share(draws.meanProbability),
                share(draws.frequency),
                decimal(draws.standardDeviation, 4),
                share(draws.highestProbability),
                count(draws.mostProbable),
                share(draws.skillOverBaseRate),
                decimal(classes[1]!.areaUnderCurve, 3),
              ]),
            ),
          ],
  };
}
