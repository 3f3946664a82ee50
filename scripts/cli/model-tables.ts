import type { Sport } from '../../engine/contract/domain.ts';
import type { AliasEntry, FoldModel, ModelVersion, PromotionDecision } from '../../engine/contract/models.ts';
import type { Comparison } from '../../engine/contract/tracking.ts';
import type { Locale } from '../../engine/documents/locale.ts';
import { formatTable, type Align } from './tables.ts';

const dash = '–';

function table(locale: Locale, columns: readonly (readonly [string, Align])[], rows: readonly string[][]) {
  const head = columns.map(([key]) => locale.t(`cli.columns.${key}`));
  return formatTable(
    [head, ...rows],
    columns.map(([, align]) => align),
  );
}

/** The code of a championship, or the place over all of a sport. */
const placeName = (locale: Locale, championship: string | null, sport: Sport) =>
  championship ?? locale.t(sport === 'football' ? 'cli.models.pooled' : `cli.models.pooled-${sport}`);

export function versionTable(locale: Locale, versions: readonly ModelVersion[], zone: string): string[] {
  const loss = ({ evaluation }: ModelVersion) =>
    typeof evaluation['logLoss'] === 'number' ? locale.number(evaluation['logLoss'], 4) : dash;
  return table(
    locale,
    [
      ['number', 'right'],
      ['championship', 'left'],
      ['family', 'left'],
      ['version', 'right'],
      ['log-loss', 'right'],
      ['period', 'left'],
      ['trials', 'right'],
      ['made', 'left'],
      ['alias', 'left'],
    ],
    versions.map((version) => [
      String(version.id),
      placeName(locale, version.championship, version.sport),
      version.family,
      String(version.version),
      loss(version),
      periodOf(locale, version.evaluatedFrom, version.evaluatedUntil),
      String(version.trials),
      locale.instant(version.createdAt, zone),
      version.aliases
        .map(({ alias, championship }) => {
          const name = locale.t(`cli.models.alias.${alias}`);
          return championship === version.championship
            ? name
            : `${name} ${placeName(locale, championship, version.sport)}`;
        })
        .join(', '),
    ]),
  );
}

export function foldTable(locale: Locale, models: readonly FoldModel[], sport: Sport): string[] {
  return table(
    locale,
    [
      ['model', 'right'],
      ['championship', 'left'],
      ['season', 'left'],
      ['trained-on', 'left'],
      ['rows', 'right'],
    ],
    models.map((model) => [
      String(model.id),
      placeName(locale, model.championship, sport),
      model.seasonCode,
      periodOf(locale, model.trainFrom, model.trainUntil),
      locale.integer(model.trainCount),
    ]),
  );
}

export function aliasTable(locale: Locale, entries: readonly AliasEntry[], zone: string): string[] {
  const reason = (text: string) =>
    /^(first|no-regression|promoted)$/.test(text) ? locale.t(`cli.models.reason.${text}`) : text;
  return table(
    locale,
    [
      ['since', 'left'],
      ['alias', 'left'],
      ['version', 'right'],
      ['reason', 'left'],
    ],
    entries.map((entry) => [
      locale.instant(entry.since, zone),
      locale.t(`cli.models.alias.${entry.alias}`),
      entry.modelVersionId === null ? dash : String(entry.modelVersionId),
      reason(entry.reason),
    ]),
  );
}

export function comparisonTable(locale: Locale, { columns, rows }: Comparison): string[] {
  const head = ['', ...columns.map(({ id, name }) => `${id} ${name}`), ''];
  const body = rows.map(({ group, key, values, differs }) => [
    `${locale.t(`cli.groups.${group}`)} ${key}`,
    ...values.map((value) => cellOf(locale, value)),
    differs ? '≠' : '',
  ]);
  return formatTable([head, ...body], ['left', ...columns.map((): Align => 'right'), 'left']);
}

function cellOf(locale: Locale, value: unknown): string {
  if (value === null || value === undefined) return dash;
  if (typeof value === 'number' && !Number.isInteger(value)) return locale.number(value, 6);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

/** What the gate said, with the figures and the rule that it went by. */
export function decisionLines(
  locale: Locale,
  decision: PromotionDecision,
  versions: { readonly challengerId: number; readonly championId?: number | null },
): string[] {
  const { reason, promoted, matches, from, until, rules, difference, close } = decision;
  const loss = (value: number | null) => (value === null ? dash : locale.number(value, 4));
  const t = (key: string, values: Record<string, string | number> = {}) =>
    locale.t(`cli.models.${key}`, values);
  const lines = [
    t(promoted ? 'passed' : 'refused', {
      version: String(versions.challengerId),
      champion: versions.championId == null ? dash : String(versions.championId),
      reason: t(`reason.${reason}`),
    }),
    t('judged', { count: matches, period: periodOf(locale, from, until) }),
    t('losses', { challenger: loss(decision.challengerLoss), champion: loss(decision.championLoss) }),
  ];
  if (difference) {
    lines.push(
      t('difference', {
        value: locale.number(difference.value, 5),
        low: locale.number(difference.low, 5),
        high: locale.number(difference.high, 5),
        share: locale.percent(rules.confidence, 0),
        tolerance: locale.number(rules.tolerance, 4),
      }),
    );
  }
  if (close) {
    const { marketLoss, challengerLoss } = close;
    const values = { market: loss(marketLoss), challenger: loss(challengerLoss) };
    lines.push(t('close', { count: close.matches, ...values }));
  }
  return lines;
}

function periodOf(locale: Locale, from: string | null, until: string | null): string {
  if (from === null && until === null) return dash;
  const day = (text: string | null) => (text === null ? '…' : locale.shortDay(text));
  return `${day(from)} – ${day(until)}`;
}
