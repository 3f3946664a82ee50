import type { Alert, Challenger, Finding, LiveRecord, MonitoringReport } from '../contract/monitoring.ts';
import type { Locale } from '../documents/locale.ts';
import type { Cell, Column, Dataset, DocumentModel, Section, Table, Tone } from '../documents/model.ts';
import { createHasher } from '../kernel/math/hash.ts';
import { outcomeWords, wordsOfFinding } from './words.ts';

const tones = { good: 'good', warning: 'warn', critical: 'bad', unknown: 'plain' } as const satisfies Record<
  Finding['level'],
  Tone
>;
const gravity = { critical: 0, warning: 1, unknown: 2, good: 3 } as const;

/**
 * A day's watch as one document: open alerts, the record of live forecasts, and every figure that was looked at.
 *
 * @param about today's open alerts and the trainings that drift asked for; neither for the report of another day
 */
export function monitoringDocument(
  report: MonitoringReport,
  about: { readonly alerts?: readonly Alert[] | undefined; readonly challengers?: readonly Challenger[] },
  { locale, zone }: { readonly locale: Locale; readonly zone: string },
): DocumentModel {
  const t = wordsOf(locale);
  const open = about.alerts?.filter(({ clearedAt }) => clearedAt === null);
  return {
    kind: 'monitoring',
    variant: 'full',
    day: report.day,
    language: locale.language,
    title: t('title'),
    subtitle: t('subtitle', { day: locale.day(report.day) }),
    marks: [],
    lead: [t('lead')],
    figures: (['critical', 'warning', 'unknown', 'good'] as const).map((level) => ({
      label: t(`level.${level}`),
      value: { kind: 'integer', value: report.findings.filter((one) => one.level === level).length },
    })),
    sections: [
      ...(open ? [alertSection(open, { locale, zone })] : []),
      ...(about.challengers ? [challengerSection(about.challengers, { locale, zone })] : []),
      recordSection(report.records, locale),
      findingSection(report.findings, locale),
    ],
    failures: [],
    legend: [],
    provenance: {
      madeAt: report.madeAt,
      asOf: report.madeAt,
      dataHash: createHasher().text(JSON.stringify(report)).digest(),
      models: [],
      zone,
    },
    dataset: datasetOf(report.findings, locale),
  };
}

function alertSection(
  open: readonly Alert[],
  { locale, zone }: { readonly locale: Locale; readonly zone: string },
): Section {
  const t = wordsOf(locale);
  const rows = open.map(({ severity, raisedAt, finding }): Cell[] => {
    const words = wordsOfFinding(finding, locale);
    return [
      text(words.title),
      { kind: 'mark', mark: { text: t(`level.${severity}`), tone: tones[severity] } },
      { kind: 'instant', value: raisedAt, zone, show: 'full' },
      text(words.text),
      text(words.action),
    ];
  });
  return {
    ...section('alerts', t('open-alerts')),
    paragraphs: open.length === 0 ? [t('no-alerts')] : [],
    blocks: open.length === 0 ? [] : [table(t, ['rule', 'level', 'since', 'text', 'action'], rows)],
  };
}

function challengerSection(
  challengers: readonly Challenger[],
  { locale, zone }: { readonly locale: Locale; readonly zone: string },
): Section {
  const t = wordsOf(locale);
  const columns = (['started', 'because', 'outcome'] as const).map((name, at): Column => ({
    heading: t(`challengers.columns.${name}`),
    align: 'start',
    ...(at === 0 ? { isRowHeading: true } : {}),
  }));
  const rows = challengers.map((one) => ({
    cells: [
      { kind: 'instant', value: one.startedAt, zone, show: 'full' } as const,
      text(one.reasons.map((finding) => wordsOfFinding(finding, locale).text).join(' ')),
      text(outcomeWords(one, locale)),
    ],
  }));
  return {
    ...section('challengers', t('challengers.title')),
    paragraphs: rows.length === 0 ? [t('challengers.none')] : [],
    blocks: rows.length === 0 ? [] : [{ kind: 'table', caption: '', columns, rows, notes: [] }],
  };
}

function recordSection(records: readonly LiveRecord[], locale: Locale): Section {
  const t = wordsOf(locale);
  const number = (value: number | null | undefined): Cell => ({
    kind: 'number',
    value: value ?? null,
    digits: 4,
  });
  const share = (value: number | null): Cell => ({ kind: 'probability', value });
  const rows = records.map((record): Cell[] => {
    const { sport, span, n, minimum, model, baseRate, closing, gapClosed } = record;
    const name = text(`${t(`sports.${sport}`)}: ${t(`span.${span}`)}`);
    const missing = text(null);
    if (!model) {
      const words: Cell = { kind: 'text', value: t('not-enough', { n, minimum }), isMuted: true };
      return [name, { kind: 'integer', value: n }, words, missing, missing, missing, missing, missing];
    }
    const interval = gapClosed && `[${locale.percent(gapClosed.low)}; ${locale.percent(gapClosed.high)}]`;
    return [
      name,
      { kind: 'integer', value: n },
      number(model.logLoss),
      number(baseRate?.logLoss),
      number(closing?.logLoss),
      gapClosed ? text(`${locale.percent(gapClosed.value)} ${interval ?? ''}`) : missing,
      share(record.coverage80),
      share(record.coverage90),
    ];
  });
  const headings = ['span', 'n', 'model', 'base', 'close', 'gap', 'coverage80', 'coverage90'] as const;
  return { ...section('record', t('record')), blocks: [table(t, headings, rows)] };
}

function findingSection(findings: readonly Finding[], locale: Locale): Section {
  const t = wordsOf(locale);
  const ordered = findings.toSorted((a, b) => gravity[a.level] - gravity[b.level]);
  const rows = ordered.map((finding): Cell[] => {
    const { title, subject, figure } = wordsOfFinding(finding, locale);
    const { level, n } = finding;
    return [
      text(title),
      text(subject),
      text(figure),
      { kind: 'integer', value: n },
      { kind: 'mark', mark: { text: t(`level.${level}`), tone: tones[level] } },
    ];
  });
  return {
    ...section('findings', t('findings')),
    blocks: [
      {
        ...table(t, ['rule', 'subject', 'figure', 'n', 'level'], rows),
        caption: t('findings'),
        isFolded: rows.length > 30,
      },
    ],
  };
}

function datasetOf(findings: readonly Finding[], locale: Locale): Dataset {
  const t = wordsOf(locale);
  return {
    columns: [
      { key: 'rule', heading: t('columns.rule'), kind: 'text' },
      { key: 'subject', heading: t('columns.subject'), kind: 'text' },
      { key: 'level', heading: t('columns.level'), kind: 'text' },
      { key: 'value', heading: t('columns.figure'), kind: 'number' },
      { key: 'warnAt', heading: t('level.warning'), kind: 'number' },
      { key: 'criticalAt', heading: t('level.critical'), kind: 'number' },
      { key: 'n', heading: t('columns.n'), kind: 'integer' },
      { key: 'text', heading: t('columns.text'), kind: 'text' },
    ],
    rows: findings.map((finding) => {
      const { rule, subject, level, value, warnAt, criticalAt, n } = finding;
      return [rule, subject, level, value, warnAt, criticalAt, n, wordsOfFinding(finding, locale).text];
    }),
  };
}

function wordsOf(locale: Locale) {
  return (key: string, values?: Readonly<Record<string, string | number>>): string =>
    locale.t(`monitoring.${key}`, values);
}

const text = (value: string | null): Cell => ({ kind: 'text', value });

function section(id: string, heading: string): Section {
  return { id, heading, marks: [], paragraphs: [], blocks: [] };
}

const numeric = ['figure', 'n', 'model', 'base', 'close', 'gap', 'coverage80', 'coverage90'];

function table(t: ReturnType<typeof wordsOf>, headings: readonly string[], rows: readonly Cell[][]): Table {
  const columns = headings.map((name, at): Column => {
    const align = numeric.includes(name) ? 'end' : 'start';
    const heading = t(`columns.${name}`);
    return at === 0 ? { heading, align, isRowHeading: true } : { heading, align };
  });
  return { kind: 'table', caption: '', columns, rows: rows.map((cells) => ({ cells })), notes: [] };
}
