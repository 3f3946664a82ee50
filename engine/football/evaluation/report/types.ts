import type { TypeScores } from '../../../contract/evaluation-types.ts';
import type { Locale } from '../../../documents/locale.ts';
import type { Cell, ReliabilityChart, Section, Table } from '../../../documents/model.ts';
import { count, decimal, interval, numberTable, share, text, wordsOf } from './cells.ts';
import type { Reported } from './scores.ts';

/** Goals, over and under, and the other types that follow from the grid of scores. */
export function typeSection(report: Reported, locale: Locale): Section {
  const t = wordsOf(locale);
  const of = report.details.types;
  const section = { id: 'types', heading: t('types.heading'), marks: [] };
  if (!of) return { ...section, paragraphs: [t('types.not-enough')], blocks: [] };
  const priced = of.types.filter(({ market }) => market !== null);
  return {
    ...section,
    paragraphs: [t('types.lead'), ...(priced.length === 0 ? [t('types.no-prices')] : [])],
    blocks: [
      scoreTable(of.types, locale),
      ...(priced.length > 0 ? [marketTable(priced, locale)] : []),
      reliabilityChart(of.types, locale),
      setTable(of.types, locale),
      amountTable(of.amounts, locale),
      seasonTable(of.types, locale),
    ],
  };
}

type Amounts = NonNullable<Reported['details']['types']>['amounts'];

const typeName = (type: string, locale: Locale): string => locale.t(`forecast-types.${type}.name`);

/** `Total goals, over 2.5`: the label that the probabilities are of. */
function labelName({ type, line }: Pick<TypeScores, 'type' | 'line'>, locale: Locale): string {
  if (line === null) return typeName(type, locale);
  return locale.t('evaluation.types.over', { type: typeName(type, locale), line: locale.number(line, 1) });
}

function scoreTable(types: readonly TypeScores[], locale: Locale): Table {
  const t = wordsOf(locale);
  const headings = [
    ...['type', 'matches', 'frequency', 'mean-probability', 'log-loss', 'base-rate', 'difference'],
    ...['brier', 'brier-base', 'accuracy', 'spiegelhalter'],
  ];
  return numberTable(
    {
      caption: t('types.scores'),
      headings: headings.map((key) => t(`columns.${key}`)),
      notes: [t('types.scores-note')],
    },
    types.map((one) => [
      text(labelName(one, locale)),
      count(one.n),
      share(one.frequency),
      share(one.meanProbability),
      decimal(one.model.logLoss),
      decimal(one.baseRate.logLoss),
      interval(one.againstBase, locale, 4),
      decimal(one.model.brier),
      decimal(one.baseRate.brier),
      share(one.model.accuracy),
      decimal(one.spiegelhalter, 2),
    ]),
  );
}

function marketTable(types: readonly TypeScores[], locale: Locale): Table {
  const t = wordsOf(locale);
  const headings = ['type', 'matches', 'log-loss', 'market', 'difference', 'market-brier', 'market-accuracy'];
  return numberTable(
    {
      caption: t('types.market'),
      headings: headings.map((key) => t(`columns.${key}`)),
      notes: [t('types.market-note')],
    },
    types.flatMap((one) =>
      one.market
        ? [
            [
              text(labelName(one, locale)),
              count(one.market.n),
              decimal(one.market.modelLogLoss),
              decimal(one.market.logLoss),
              interval(one.market.against, locale, 4),
              decimal(one.market.brier),
              share(one.market.accuracy),
            ],
          ]
        : [],
    ),
  );
}

function reliabilityChart(types: readonly TypeScores[], locale: Locale): ReliabilityChart {
  const t = wordsOf(locale);
  return {
    kind: 'reliability',
    title: t('types.chart'),
    description: t('types.chart-description'),
    acrossLabel: t('calibration.across'),
    panels: types.map((one) => ({
      name: labelName(one, locale),
      note: t('calibration.outside', { share: locale.percent(one.reliability.outside, 0) }),
      // The outermost points stand for a handful of matches, where any curve runs to 0 or 1.
      points: one.reliability.points.slice(1, -1),
      frequency: one.reliability.frequency.slice(1, -1),
      low: one.reliability.low.slice(1, -1),
      high: one.reliability.high.slice(1, -1),
      histogram: one.reliability.histogram,
    })),
  };
}

function setTable(types: readonly TypeScores[], locale: Locale): Table {
  const t = wordsOf(locale);
  const levels = types[0]?.coverage.map(({ level }) => locale.percent(level, 0)) ?? [];
  return numberTable(
    {
      caption: t('types.sets'),
      headings: [
        t('columns.type'),
        ...levels.flatMap((level) => [
          t('columns.coverage-at', { level }),
          t('columns.labels-at', { level }),
          t('columns.size-at', { level }),
        ]),
      ],
      notes: [t('types.sets-note')],
    },
    types.map((one) => [
      text(labelName(one, locale)),
      ...one.coverage.flatMap((held): Cell[] => [
        interval({ value: held.n === 0 ? null : held.coverage, low: held.low, high: held.high }, locale),
        { kind: 'group', flow: 'lines', cells: [share(held.first), share(held.second)] },
        decimal(held.meanSize, 2),
      ]),
    ]),
  );
}

function amountTable(amounts: Amounts, locale: Locale): Table {
  const t = wordsOf(locale);
  const levels = amounts[0]?.coverage.map(({ level }) => locale.percent(level, 0)) ?? [];
  return numberTable(
    {
      caption: t('types.amounts'),
      headings: [
        ...['type', 'matches', 'expected', 'goals', 'bias', 'rmse', 'rmse-base'].map((key) =>
          t(`columns.${key}`),
        ),
        ...levels.flatMap((level) => [
          t('columns.coverage-at', { level }),
          t('columns.counts-at', { level }),
        ]),
      ],
      notes: [t('types.amounts-note')],
    },
    amounts.map((one) => [
      text(typeName(one.type, locale)),
      count(one.n),
      decimal(one.expected, 3),
      decimal(one.came, 3),
      interval(one.bias, locale, 3),
      decimal(one.rootMeanSquareError, 3),
      decimal(one.baseRootMeanSquareError, 3),
      ...one.coverage.flatMap((held): Cell[] => [
        interval({ value: held.n === 0 ? null : held.coverage, low: held.low, high: held.high }, locale),
        decimal(held.meanSize, 2),
      ]),
    ]),
  );
}

function seasonTable(types: readonly TypeScores[], locale: Locale): Table {
  const t = wordsOf(locale);
  const seasons = types[0]?.seasons ?? [];
  return numberTable(
    {
      caption: t('types.seasons'),
      headings: [
        t('columns.season'),
        t('columns.matches'),
        ...types.map((one) => labelName(one, locale)),
        ...types
          .filter(({ market }) => market)
          .map((one) => t('types.less-market', { type: labelName(one, locale) })),
      ],
      notes: [t('types.seasons-note')],
    },
    seasons.map(({ season, n }, at) => [
      text(season),
      count(n),
      ...types.map((one) => decimal(one.seasons[at]!.logLoss - one.seasons[at]!.baseRate)),
      ...types
        .filter(({ market }) => market)
        .map((one) => {
          const { market } = one.seasons[at]!;
          return decimal(market && market.modelLogLoss - market.logLoss);
        }),
    ]),
  );
}
