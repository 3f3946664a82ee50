import { outcomeClasses } from '../../../contract/domain.ts';
import type { EvaluationCoverage, EvaluationSetRule } from '../../../contract/evaluation-details.ts';
import type { Locale } from '../../../documents/locale.ts';
import type { Cell, IntervalsChart, Section, Table } from '../../../documents/model.ts';
import { count, decimal, interval, numberTable, share, text, wordsOf } from './cells.ts';
import type { Reported } from './scores.ts';

/** Whether the prediction sets held what they promised, wherever one might look. */
export function coverageSection(report: Reported, locale: Locale): Section {
  const t = wordsOf(locale);
  const { coverage, coverageLaw, setRules, martingale, championships } = report.details;
  const levels = coverageLaw.map(({ level }) => level);
  const groupName = (row: EvaluationCoverage): string => {
    if (row.by === 'all') return t('all');
    if (row.by === 'class') return t(`classes.${row.group}`);
    if (row.by === 'month') return t(`months.${row.group}`);
    if (row.by === 'championship')
      return championships.find(({ code }) => code === row.group)?.name ?? row.group;
    if (row.by === 'set-size') return t(`sizes.${row.group}`);
    return row.group;
  };
  const first = coverage.filter(({ level }) => level === levels[0]);
  const at = (level: number, row: EvaluationCoverage) =>
    coverage.find((one) => one.level === level && one.by === row.by && one.group === row.group);
  // Sizes differ from level to level, and a set of all three always holds: their own table says so.
  const compared = first.filter(({ by }) => by !== 'set-size');
  const headings = ['group', 'matches', ...levels.flatMap((level) => [`coverage@${level}`, `size@${level}`])];
  return {
    id: 'sets',
    heading: t('sets.heading'),
    marks: [],
    paragraphs: [
      t('sets.lead'),
      ...coverageLaw.map(({ level, window, low, high }) =>
        t('sets.law', {
          level: locale.percent(level, 0),
          window: locale.integer(window),
          low: locale.percent(low),
          high: locale.percent(high),
        }),
      ),
      t(martingale.alarm ? 'sets.alarm' : 'sets.no-alarm', {
        highest: locale.number(martingale.highest, 1),
        alarm: locale.integer(martingale.alarmAt),
        matches: locale.integer(martingale.n),
      }),
    ],
    blocks: [
      ...coverageLaw.map((law) =>
        coverageChart(
          compared.flatMap((row) => at(law.level, row) ?? []),
          { law, groupName, locale },
        ),
      ),
      numberTable(
        {
          caption: t('sets.caption'),
          headings: headings.map((key) => {
            const [name, level] = key.split('@');
            return level === undefined
              ? t(`columns.${name}`)
              : t(`columns.${name}-at`, { level: locale.percent(Number(level), 0) });
          }),
        },
        compared.map((row) => [
          text(row.by === 'all' ? groupName(row) : `${t(`groupings.${row.by}`)} · ${groupName(row)}`),
          count(row.n),
          ...levels.flatMap((level): Cell[] => {
            const one = at(level, row);
            if (!one) return [text(null), text(null)];
            return [
              interval({ value: one.coverage, low: one.low, high: one.high }, locale),
              decimal(one.meanSize, 2),
            ];
          }),
        ]),
      ),
      numberTable(
        {
          caption: t('sets.sizes'),
          headings: ['level', 'size', 'matches', 'coverage'].map((key) => t(`columns.${key}`)),
          notes: [t('sets.sizes-note')],
        },
        coverage
          .filter(({ by }) => by === 'set-size')
          .map((row) => [
            text(locale.percent(row.level, 0)),
            text(groupName(row)),
            count(row.n),
            share(row.coverage),
          ]),
      ),
      rulesTable(setRules, locale),
    ],
  };
}

/** What other ways of making sets would have made of the same forecasts. */
function rulesTable(rules: readonly EvaluationSetRule[], locale: Locale): Table {
  const t = wordsOf(locale);
  return numberTable(
    {
      caption: t('sets.rules'),
      headings: [
        ...['rule', 'level', 'matches', 'coverage'].map((key) => t(`columns.${key}`)),
        ...outcomeClasses.map((name) => t(`classes.${name}`)),
        t('columns.mean-size'),
      ],
      notes: [t('sets.rules-note')],
    },
    rules.map((one) => [
      text(t(`set-rules.${one.rule}`)),
      text(locale.percent(one.level, 0)),
      count(one.n),
      share(one.coverage),
      ...one.byClass.map(share),
      decimal(one.meanSize, 3),
    ]),
  );
}

function coverageChart(
  rows: readonly EvaluationCoverage[],
  of: {
    readonly law: { readonly level: number; readonly low: number; readonly high: number };
    readonly groupName: (row: EvaluationCoverage) => string;
    readonly locale: Locale;
  },
): IntervalsChart {
  const { law, groupName, locale } = of;
  const t = wordsOf(locale);
  const level = locale.percent(law.level, 0);
  return {
    kind: 'intervals',
    title: t('sets.chart', { level }),
    description: t('sets.chart-description', { level }),
    unit: 'share',
    references: [{ value: law.level, label: t('sets.promise', { level }) }],
    rows: rows
      .filter(
        ({ by }) =>
          by === 'all' || by === 'class' || by === 'championship' || by === 'season' || by === 'odds-band',
      )
      .map((row) => ({
        name: row.by === 'odds-band' ? `${t('groupings.odds-band')} ${row.group}` : groupName(row),
        value: row.coverage,
        low: row.low,
        high: row.high,
        tone: row.high < law.level - tolerance ? 'bad' : 'good',
      })),
  };
}

/** A group is marked where even the upper end of its interval lies this far below the promise. */
const tolerance = 0.02;
