import type { EvaluationReport } from '../../../contract/evaluation.ts';
import type { EvaluationDetails, EvaluationSlice } from '../../../contract/evaluation-details.ts';
import type { Locale } from '../../../documents/locale.ts';
import type { IntervalsChart, Section, Table } from '../../../documents/model.ts';
import { chance, count, decimal, familyName, interval, numberTable, share, text, wordsOf } from './cells.ts';

export type Reported = EvaluationReport & { readonly details: EvaluationDetails };

/** The champion beside base rate and market, by championship and season. */
export function scoreSection(report: Reported, locale: Locale): Section {
  const t = wordsOf(locale);
  const { slices, championships } = report.details;
  const nameOf = (code: string) => championships.find((one) => one.code === code)?.name ?? code;
  const rows = [...report.championships, ...(report.all ? [report.all] : [])];
  const headings = [
    'championship',
    'matches',
    'log-loss',
    'base-rate',
    'pre-match',
    'closing',
    'gap',
    'rps',
    'brier',
    'accuracy',
  ];
  const champion = slices.filter(({ family }) => family === 'champion');
  const apart = report.championships.flatMap((row) => (row.market.closing ? [] : [nameOf(row.code)]));
  return {
    id: 'scores',
    heading: t('scores.heading'),
    marks: [],
    paragraphs: [
      t('scores.lead'),
      ...(apart.length > 0 ? [t('scores.no-market', { codes: apart.join(', ') })] : []),
      ...report.skipped.map(({ code, reason }) =>
        t('scores.skipped', { code, reason: t(`scores.reasons.${reason}`) }),
      ),
    ],
    blocks: [
      numberTable(
        { caption: t('scores.caption'), headings: headings.map((key) => t(`columns.${key}`)) },
        rows.map((row) => [
          text(row.code === 'all' ? t('all') : nameOf(row.code)),
          count(row.n),
          decimal(row.model.logLoss),
          decimal(row.baseRate.logLoss),
          decimal(row.market.preMatch?.logLoss ?? null),
          decimal(row.market.closing?.logLoss ?? null),
          interval(row.gapClosed, locale),
          decimal(row.model.rps),
          decimal(row.model.brier),
          share(row.model.accuracy),
        ]),
        report.all ? [rows.length - 1] : [],
      ),
      seasonTable(report, locale),
      gapChart(
        champion.filter((slice) => (slice.championship === null) !== (slice.season === null)),
        { nameOf, locale },
      ),
    ].filter((block) => block.rows.length > 0),
  };
}

/** The champion season by season, beside base rate and market on the same matches. */
function seasonTable({ details }: Reported, locale: Locale): Table {
  const t = wordsOf(locale);
  const { slices, coverage, coverageLaw } = details;
  const level = coverageLaw[0]?.level;
  const whole = slices.filter(({ championship, season }) => championship === null && season !== null);
  const of = (family: string, season: string) =>
    whole.find((slice) => slice.family === family && slice.season === season);
  const headings = [
    'season',
    'matches',
    'log-loss',
    'base-rate',
    'pre-match',
    'closing',
    'gap',
    'rps',
    'brier',
  ];
  return numberTable(
    {
      caption: t('scores.by-season'),
      headings: [
        ...[...headings, 'accuracy'].map((key) => t(`columns.${key}`)),
        t('columns.coverage-at', { level: locale.percent(level ?? 0, 0) }),
      ],
    },
    whole
      .filter(({ family }) => family === 'champion')
      .sort((a, b) => a.season!.localeCompare(b.season!))
      .map((slice) => [
        text(slice.season),
        count(slice.n),
        decimal(slice.logLoss),
        decimal(of('base-rate', slice.season!)?.logLoss ?? null),
        decimal(of('pre-match', slice.season!)?.logLoss ?? null),
        decimal(of('closing', slice.season!)?.logLoss ?? null),
        interval(slice.gapClosed, locale),
        decimal(slice.rps),
        decimal(slice.brier),
        share(slice.accuracy),
        share(
          coverage.find((row) => row.by === 'season' && row.group === slice.season && row.level === level)
            ?.coverage ?? null,
        ),
      ]),
  );
}

function gapChart(
  slices: readonly EvaluationSlice[],
  { nameOf, locale }: { readonly nameOf: (code: string) => string; readonly locale: Locale },
): IntervalsChart {
  const t = wordsOf(locale);
  return {
    kind: 'intervals',
    title: t('scores.chart'),
    description: t('scores.chart-description'),
    unit: 'share',
    references: [
      { value: 1, label: t('scores.market') },
      { value: 0, label: t('scores.base') },
    ],
    rows: slices.flatMap(({ championship, season, gapClosed }) => {
      const { value, low, high } = gapClosed ?? {};
      if (value == null || low == null || high == null) return [];
      return [{ name: championship === null ? season! : nameOf(championship), value, low, high }];
    }),
  };
}

/** Every family on the same matches, over the seasons, and pair by pair. */
export function familySection(report: Reported, locale: Locale): Section {
  const t = wordsOf(locale);
  const { slices, paired } = report.details;
  const whole = slices.filter(({ championship, season }) => championship === null && season === null);
  const seasons = [...new Set(slices.flatMap(({ season }) => season ?? []))].sort();
  const forecasting = whole.filter(({ family }) => family !== 'base-rate' && family !== 'closing');
  const gapOf = (family: string, season: string) =>
    slices.find((one) => one.family === family && one.season === season && one.championship === null)
      ?.gapClosed?.value ?? null;
  const headings = ['family', 'matches', 'log-loss', 'rps', 'brier', 'accuracy', 'gap', 'required'];
  const pairHeadings = ['pair', 'matches', 'difference', 'p-value', 'adjusted', 'diebold'];
  return {
    id: 'families',
    heading: t('families-section.heading'),
    marks: [],
    paragraphs: [t('families-section.lead')],
    blocks: [
      numberTable(
        {
          caption: t('families-section.caption'),
          headings: headings.map((key) => t(`columns.${key}`)),
          notes: [t('families-section.required-note')],
        },
        whole.map((slice) => [
          text(familyName(slice.family, locale)),
          count(slice.n),
          decimal(slice.logLoss),
          decimal(slice.rps),
          decimal(slice.brier),
          share(slice.accuracy),
          interval(slice.gapClosed, locale),
          count(slice.requiredMatches),
        ]),
      ),
      numberTable(
        {
          caption: t('families-section.by-season'),
          headings: [t('columns.season'), ...forecasting.map(({ family }) => familyName(family, locale))],
        },
        seasons
          .map((season) => ({ season, gaps: forecasting.map(({ family }) => gapOf(family, season)) }))
          .filter(({ gaps }) => gaps.some((gap) => gap !== null))
          .map(({ season, gaps }) => [text(season), ...gaps.map(share)]),
      ),
      numberTable(
        {
          caption: t('families-section.pairs'),
          headings: pairHeadings.map((key) => t(`columns.${key}`)),
          notes: [t('families-section.pairs-note', { count: paired.length })],
        },
        paired.map((test) => [
          text(`${familyName(test.first, locale)} – ${familyName(test.second, locale)}`),
          count(test.n),
          interval(test, locale, 4),
          chance(test.pValue, locale),
          chance(test.adjustedPValue, locale),
          decimal(test.dieboldMariano, 2),
        ]),
      ),
    ].filter((block) => block.rows.length > 0),
  };
}
