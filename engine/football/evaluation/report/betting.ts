import type { Betting, LiveScores } from '../../../contract/evaluation-details.ts';
import type { Locale } from '../../../documents/locale.ts';
import type { Cell, FanChart, Section } from '../../../documents/model.ts';
import {
  chance,
  count,
  decimal,
  familyName,
  interval,
  muted,
  numberTable,
  share,
  text,
  wordsOf,
} from './cells.ts';
import type { Reported } from './scores.ts';

/** Value against the price of the forecast's instant. The warning comes first: without it the figures mislead. */
export function bettingSection(report: Reported, locale: Locale): Section {
  const t = wordsOf(locale);
  const { betting } = report.details;
  const frame = { id: 'betting', heading: t('betting.heading') };
  if (!betting) return { ...frame, marks: [], paragraphs: [t('betting.no-prices')], blocks: [] };
  const noise = betting.warning.noiseProbability;
  const words = t('betting.mark', { noise: noise === null ? '–' : locale.percent(noise) });
  return {
    ...frame,
    marks: [{ text: words, tone: 'warn' }],
    paragraphs: [
      warningText(betting, locale),
      ...searchText(betting, locale),
      t('betting.lead', {
        matches: locale.integer(betting.matches),
        without: locale.integer(betting.withoutPrice),
      }),
    ],
    blocks: [
      strategyTable(betting, locale),
      ...(betting.staking.length > 0 ? [stakingTable(betting, locale), fan(betting, locale)] : []),
    ],
  };
}

/** How often an edge like the best one found has been noise. */
function warningText({ warning }: Betting, locale: Locale): string {
  const t = wordsOf(locale);
  const { bestYield, expectedBest, highBest, noiseProbability } = warning;
  if (bestYield === null || noiseProbability === null) return t('not-enough');
  return t('betting.warning', {
    strategies: locale.integer(warning.strategies),
    worlds: locale.integer(warning.worlds),
    best: locale.percent(bestYield),
    noise: locale.percent(noiseProbability),
    expected: locale.percent(expectedBest ?? Number.NaN),
    high: locale.percent(highBest ?? Number.NaN),
  });
}

/** What having searched is worth; left out where too few strategies have bets enough. */
function searchText({ searchLuck }: Betting, locale: Locale): string[] {
  if (!searchLuck || searchLuck.probability === null) return [];
  return [
    wordsOf(locale)('betting.search', {
      strategies: locale.integer(searchLuck.strategies),
      blocks: locale.integer(searchLuck.blocks),
      overfitting: locale.percent(searchLuck.overfitting),
      probability: locale.percent(searchLuck.probability),
    }),
  ];
}

function strategyTable({ strategies }: Betting, locale: Locale) {
  const t = wordsOf(locale);
  const headings = [
    'family',
    'edge',
    'bets',
    'mean-odds',
    'yield',
    'required-bets',
    'noise',
    'noise-adjusted',
    'clv',
    'beating',
  ];
  return numberTable(
    {
      caption: t('betting.strategies'),
      headings: headings.map((key) => t(`columns.${key}`)),
      notes: [t('betting.strategies-note')],
    },
    strategies.map((one) => [
      text(familyName(one.family, locale)),
      text(`> ${locale.percent(one.edge, 0)}`),
      count(one.bets),
      decimal(one.meanOdds, 2),
      interval(one.yield, locale),
      count(one.requiredBets),
      chance(one.noiseProbability, locale),
      chance(one.adjustedProbability, locale),
      interval(one.closingLineValue, locale),
      share(one.beatingClose),
    ]),
  );
}

function stakingTable({ staking, followed }: Betting, locale: Locale) {
  const t = wordsOf(locale);
  const headings = [
    'plan',
    'turnover',
    'yield',
    'final',
    'drawdown',
    'drawdown-range',
    'losing-run',
    'under-water',
    'ruined',
  ];
  return numberTable(
    {
      caption: t('betting.staking', {
        family: familyName(followed.family, locale),
        edge: locale.percent(followed.edge, 0),
      }),
      headings: headings.map((key) => t(`columns.${key}`)),
      notes: [t('betting.staking-note')],
    },
    staking.map((one): Cell[] => [
      {
        kind: 'group',
        flow: 'lines',
        cells: [
          text(t(`plans.${one.plan}`)),
          muted(t(`plans.${one.plan}-of`, { share: locale.percent(one.fraction, 0) })),
        ],
      },
      decimal(one.turnover, 1),
      interval(one.yield, locale),
      decimal(one.final, 2),
      share(one.drawdown),
      text(`${locale.percent(one.drawdowns[0]!, 0)} – ${locale.percent(one.drawdowns[2]!, 0)}`),
      count(one.longestLosingRun),
      count(one.longestUnderWater),
      share(one.ruined),
    ]),
  );
}

function fan({ staking }: Betting, locale: Locale): FanChart {
  const t = wordsOf(locale);
  return {
    kind: 'fan',
    title: t('betting.fan'),
    description: t('betting.fan-description'),
    acrossLabel: t('betting.fan-across'),
    across: [0, 0.25, 0.5, 0.75, 1].map((part) => locale.percent(part, 0)),
    start: 1,
    panels: staking.map((one) => ({
      name: t(`plans.${one.plan}`),
      note: t('betting.fan-note', { final: locale.number(one.final, 2) }),
      ...one.paths,
      actual: one.actual,
    })),
  };
}

/** Forecasts made before kick-off, and nothing else. */
export function liveSection(report: Reported, locale: Locale): Section {
  const t = wordsOf(locale);
  const headings = [
    'span',
    'matches',
    'log-loss',
    'base-rate',
    'closing',
    'gap',
    'rps',
    'accuracy',
    'covered-80',
    'covered-90',
  ];
  return {
    id: 'live',
    heading: t('live.heading'),
    marks: [],
    paragraphs: [t('live.lead')],
    blocks: [
      numberTable(
        { caption: t('live.caption'), headings: headings.map((key) => t(`columns.${key}`)) },
        report.details.live.map((span) => liveRow(span, locale)),
      ),
    ],
  };
}

function liveRow({ days, n, minimum, scores }: LiveScores, locale: Locale): Cell[] {
  const t = wordsOf(locale);
  const name = text(days === null ? t('live.all-time') : t('live.days', { count: days }));
  if (!scores) {
    const words = muted(t('live.not-enough', { minimum: locale.integer(minimum) }));
    return [name, count(n), words, ...Array.from({ length: 7 }, () => text(null))];
  }
  const { model, baseRate, closing, gapClosed, coverage80, coverage90 } = scores;
  return [
    name,
    count(n),
    decimal(model.logLoss),
    decimal(baseRate?.logLoss ?? null),
    decimal(closing?.logLoss ?? null),
    interval(gapClosed, locale),
    decimal(model.rps),
    share(model.accuracy),
    share(coverage80),
    share(coverage90),
  ];
}
