import type { EvaluationReport, EvaluationRow } from '../../engine/contract/evaluation.ts';
import type { MatchForecast } from '../../engine/contract/router.ts';
import type { Run } from '../../engine/contract/runs.ts';
import type { Locale } from '../../engine/documents/locale.ts';

export type Align = 'left' | 'right';

/** A plain table in columns; the first row is the head. Control characters of foreign names are dropped. */
export function formatTable(rows: readonly (readonly string[])[], align: readonly Align[]): string[] {
  const clean = rows.map((row) => row.map((cell) => cell.replaceAll(/[\p{Cc}\p{Cf}]/gu, '')));
  const widths = align.map((_, column) => Math.max(...clean.map((row) => [...(row[column] ?? '')].length)));
  const lines = clean.map((row) =>
    row
      .map((cell, column) => {
        const gap = ' '.repeat(widths[column]! - [...cell].length);
        return align[column] === 'right' ? gap + cell : cell + gap;
      })
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [lines[0]!, rule, ...lines.slice(1)];
}

/** The next matches with their forecasts. */
export function forecastTable(locale: Locale, forecasts: readonly MatchForecast[], zone: string): string[] {
  const dash = '–';
  const percent = (value: number | undefined) => (value === undefined ? dash : locale.percent(value, 0));
  const set = (mask: number | null) => (mask === null ? dash : locale.t(`labels.set-sign.${mask}`));
  const head = [
    'match-day',
    'time',
    'championship',
    'match',
    'home',
    'draw',
    'away',
    'set-80',
    'set-90',
    'quality',
  ];
  const body = forecasts.map((forecast) => [
    locale.shortDay(forecast.matchDay),
    forecast.kickOffPrecision === 'minute' ? locale.time(forecast.kickOff, zone) : dash,
    forecast.isSample ? `${forecast.championship} (${locale.t('cli.sample')})` : forecast.championship,
    `${short(forecast.home)} – ${short(forecast.away)}`,
    percent(forecast.probabilities?.H),
    percent(forecast.probabilities?.D),
    percent(forecast.probabilities?.A),
    set(forecast.set80),
    set(forecast.set90),
    forecast.quality
      ? `★ ${locale.integer(forecast.quality.hits)}/${locale.integer(forecast.quality.n)} ≥ ${locale.percent(forecast.quality.bound, 0)}`
      : '',
  ]);
  return formatTable(
    [head.map((name) => locale.t(`cli.columns.${name}`)), ...body],
    ['left', 'left', 'left', 'left', 'right', 'right', 'right', 'left', 'left', 'left'],
  );
}

function short(name: string): string {
  return [...name].length > 28 ? `${[...name].slice(0, 27).join('')}…` : name;
}

/** What `evaluate` found: losses beside base rate and market, then coverage, then selection. */
export function evaluationTables(locale: Locale, report: EvaluationReport): string[] {
  const rows = [...report.championships, ...(report.all ? [report.all] : [])];
  if (rows.length === 0) return [];
  const loss = (value: number | undefined) => (value === undefined ? '–' : locale.number(value, 4));
  const share = (value: number | null) =>
    value === null || Number.isNaN(value) ? '–' : locale.percent(value);
  const name = (row: EvaluationRow) => (row.code === 'all' ? locale.t('cli.all') : row.code);
  const right = (count: number): Align[] => ['left', ...Array<Align>(count).fill('right')];
  const scores = formatTable(
    [
      ['', 'n', 'log-loss', 'base', 'pre-match', 'closing', 'gap', 'rps', 'brier', 'accuracy'].map((key) =>
        key === '' || key === 'n' ? key : locale.t(`cli.columns.${key}`),
      ),
      ...rows.map((row) => [
        name(row),
        locale.integer(row.n),
        loss(row.model.logLoss),
        loss(row.baseRate.logLoss),
        loss(row.market.preMatch?.logLoss),
        loss(row.market.closing?.logLoss),
        row.gapClosed
          ? `${share(row.gapClosed.value)} [${share(row.gapClosed.low)}; ${share(row.gapClosed.high)}]`
          : '–',
        loss(row.model.rps),
        loss(row.model.brier),
        share(row.model.accuracy),
      ]),
    ],
    right(9),
  );
  const coverage = formatTable(
    [
      ['', 'level', 'n', 'all', 'H', 'D', 'A', 'mean-size'].map((key) =>
        key.length < 2 ? key : locale.t(`cli.columns.${key}`),
      ),
      ...rows.flatMap((row) =>
        row.conformal.map((at) => [
          name(row),
          locale.percent(at.level, 0),
          locale.integer(at.n),
          share(at.all),
          share(at.H),
          share(at.D),
          share(at.A),
          locale.number(at.meanSize, 3),
        ]),
      ),
    ],
    right(7),
  );
  const selection = formatTable(
    [
      ['', 'target', 'n', 'selected', 'share', 'precision', 'bound'].map((key) =>
        key.length < 2 ? key : locale.t(`cli.columns.${key}`),
      ),
      ...rows.flatMap((row) =>
        row.selection
          ? [
              [
                name(row),
                share(row.selection.target),
                locale.integer(row.selection.n),
                locale.integer(row.selection.selected),
                share(row.selection.share),
                share(row.selection.precision),
                share(row.selection.bound),
              ],
            ]
          : [],
      ),
    ],
    right(6),
  );
  // Before there was a rule nothing could be selected.
  const isRuled = rows.some((row) => row.selection);
  return [...scores, '', ...coverage, ...(isRuled ? ['', ...selection] : [])];
}

export function runsTable(locale: Locale, runs: readonly Run[], zone: string): string[] {
  const head = ['run', 'stage', 'state', 'items', 'failed', 'started', 'seconds', 'problem'];
  const body = runs.map((run) => [
    String(run.id),
    locale.t(`cli.stages.${run.stage}`),
    locale.t(`cli.states.${run.state}`),
    run.itemsTotal > 0 ? `${run.itemsDone}/${run.itemsTotal}` : String(run.itemsDone),
    String(run.itemsFailed),
    locale.instant(run.startedAt, zone),
    run.finishedAt === null ? '–' : locale.number((run.finishedAt - run.startedAt) / 1000, 1),
    run.errorCode ?? '',
  ]);
  return formatTable(
    [head.map((key) => locale.t(`cli.columns.${key}`)), ...body],
    ['right', 'left', 'left', 'right', 'right', 'left', 'right', 'left'],
  );
}
