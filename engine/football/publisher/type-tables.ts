import type { DayMatch } from '../../../db/queries/football/publisher.ts';
import type { DayType } from '../../../db/queries/football/publisher-types.ts';
import type { Locale } from '../../documents/locale.ts';
import type { Block, Cell, Column, Row, Table } from '../../documents/model.ts';
import { betWords, typeName } from '../forecast/types/labels.ts';
import type { ForecastTypeName } from '../forecast/types/registry.ts';
import { fairOdds, hitsText, lines, muted, nothing } from './cells.ts';
import type { DayData } from './day-data.ts';
import * as record from './record-table.ts';
import type { TypeTally } from './type-record.ts';
import { settledVerdict, shownTypes, typeSetSign, typeSign, type TypeVerdict } from './types.ts';

/** The types of a match beside the result, by number. */
export function typesOf(data: DayData, match: DayMatch): ReadonlyMap<number, DayType> {
  const types = match.outcomeId === null ? undefined : data.types.get(match.outcomeId);
  return new Map((types ?? []).map((type) => [type.typeCode, type]));
}

/** Whether any type beside the result was selected. */
export function hasSelectedType(data: DayData, match: DayMatch): boolean {
  return selectedTypes(data, match).length > 0;
}

/** The selected forecasts of a match beside its result. */
export function selectedTypes(data: DayData, match: DayMatch): readonly DayType[] {
  return [...typesOf(data, match).values()].filter(({ recordCount }) => recordCount !== null);
}

/** How many forecasts of other types were selected; nothing where none was. */
export function selectedTypesText(data: DayData, locale: Locale): string[] {
  const count = data.matches.flatMap((match) => selectedTypes(data, match)).length;
  return count === 0 ? [] : [`${locale.t('documents.types.selected-caption', { count })}.`];
}

/** What the forecasts say of every type, a row a match; nothing where no match has a grid. */
export function typesTable(data: DayData, matches: readonly DayMatch[], locale: Locale): Block[] {
  const shown = matches.filter((match) => typesOf(data, match).size > 0);
  if (shown.length === 0) return [];
  const t = (key: string): string => locale.t(`documents.types.${key}`);
  const columns: Column[] = [
    { heading: locale.t('documents.columns.match'), align: 'start', isRowHeading: true },
    ...shownTypes.map((type): Column => ({
      heading: typeName(type.name as ForecastTypeName, locale),
      meaning: t(type.kind === 'amount' ? 'amount-meaning' : 'market-meaning'),
      align: 'start',
    })),
  ];
  const rows = shown.map((match): Row => {
    const types = typesOf(data, match);
    return {
      cells: [
        { kind: 'names', values: [match.home, match.away] },
        ...shownTypes.map(({ originCode }) => {
          const said = types.get(originCode!);
          return said ? typeCell(said, verdictFor(data, said, match), locale) : nothing;
        }),
      ],
    };
  });
  const caption = t('caption');
  return [{ kind: 'table', caption, columns, rows, notes: [], isFolded: true }];
}

/** A forecast document never knows a result, not even of a match that is over. */
const verdictFor = (data: DayData, said: DayType, match: DayMatch): TypeVerdict | undefined =>
  data.kind === 'outcome' ? settledVerdict(said, match) : undefined;

function typeCell(said: DayType, verdict: TypeVerdict | undefined, locale: Locale): Cell {
  const cells: Cell[] = said.expected === null ? marketCells(said, locale) : amountCells(said, locale);
  if (said.recordCount !== null) {
    cells.push({ kind: 'mark', mark: { text: locale.t('documents.marks.quality'), tone: 'quality' } });
  }
  if (verdict) {
    const isGood = said.expected === null ? verdict.isHit : verdict.held80;
    if (isGood !== null) {
      const key = said.expected === null ? (isGood ? 'hit' : 'miss') : isGood ? 'held' : 'not-held';
      const mark = { text: locale.t(`documents.marks.${key}`), tone: isGood ? 'good' : 'bad' } as const;
      cells.push({ kind: 'mark', mark });
    }
  }
  return lines(...cells);
}

function marketCells(said: DayType, locale: Locale): Cell[] {
  const sign = `${typeSign(said, locale)} · ${locale.percent(said.probability)}`;
  const set = typeSetSign(said, said.set80, locale) ?? locale.t('documents.cells.no-data');
  return [{ kind: 'text', value: sign }, muted(locale.t('documents.types.at-80', { set }))];
}

function amountCells(said: DayType, locale: Locale): Cell[] {
  const { expected, low80, high80 } = said;
  const set = low80 === null || high80 === null ? locale.t('documents.cells.no-data') : range(low80, high80);
  return [{ kind: 'number', value: expected, digits: 2 }, muted(locale.t('documents.types.at-80', { set }))];
}

const range = (low: number, high: number): string => (low === high ? String(low) : `${low}–${high}`);

/** The types that were selected, each with the record of its filter. */
export function selectedTypesTable(data: DayData, matches: readonly DayMatch[], locale: Locale): Block[] {
  const t = (key: string): string => locale.t(`documents.columns.${key}`);
  const isOutcome = data.kind === 'outcome';
  const rows = matches.flatMap((match) =>
    shownTypes.flatMap(({ originCode }): Row[] => {
      const said = typesOf(data, match).get(originCode!);
      return said && said.recordCount !== null ? [selectedRow(data, { match, said, locale })] : [];
    }),
  );
  if (rows.length === 0) return [];
  const columns: Column[] = [
    { heading: t('match'), align: 'start', isRowHeading: true },
    { heading: locale.t('documents.types.type'), align: 'start' },
    { heading: t('probability'), align: 'end' },
    { heading: t('fair-odds'), align: 'end' },
    { heading: t('target'), align: 'end' },
    { heading: t('record'), align: 'start' },
    { heading: t('since'), align: 'start' },
    ...(isOutcome ? [{ heading: t('verdict'), align: 'start' } as const] : []),
  ];
  const caption = locale.t('documents.types.selected-caption', { count: rows.length });
  return [{ kind: 'table', caption, columns, rows, notes: [] }];
}

function selectedRow(
  data: DayData,
  { match, said, locale }: { readonly match: DayMatch; readonly said: DayType; readonly locale: Locale },
): Row {
  const verdict = settledVerdict(said, match);
  const words = betWords(
    {
      market: said.forecastType as Exclude<ForecastTypeName, 'expected-points'>,
      selection: said.label,
      line: said.line ?? undefined,
    },
    locale,
  );
  const bound =
    said.recordBound === null || said.delta === null
      ? nothing
      : muted(
          locale.t('documents.cells.at-least', {
            bound: locale.percent(said.recordBound),
            sure: locale.percent(1 - said.delta, 0),
          }),
        );
  const cells: Cell[] = [
    { kind: 'names', values: [match.home, match.away] },
    lines({ kind: 'text', value: typeSign(said, locale) }, muted(words)),
    { kind: 'probability', value: said.probability },
    { kind: 'odds', values: [fairOdds(said.probability)] },
    { kind: 'probability', value: said.target },
    lines(
      { kind: 'text', value: hitsText(said.recordHits ?? 0, said.recordCount ?? 0, locale) },
      bound,
      said.recordFrom === null || said.recordUntil === null
        ? nothing
        : muted(`${locale.shortDay(said.recordFrom)} – ${locale.shortDay(said.recordUntil)}`),
    ),
    { kind: 'text', value: hitsText(said.sinceHits ?? 0, said.sinceCount ?? 0, locale) },
  ];
  if (data.kind !== 'outcome') return { cells };
  const mark: Cell = verdict
    ? {
        kind: 'mark',
        mark: {
          text: locale.t(`documents.marks.${verdict.isHit ? 'hit' : 'miss'}`),
          tone: verdict.isHit ? 'good' : 'bad',
        },
      }
    : muted(locale.t('documents.cells.awaited'));
  return { cells: [...cells, mark] };
}

/** The record of every type before the day: forecasts made before kick-off, and replays apart from them. */
export function typeRecordBlocks(data: DayData, championshipId: number, locale: Locale): Block[] {
  const held = data.typeRecords.get(championshipId);
  return (['live', 'replay'] as const).flatMap((origin): Table[] => {
    const tallies = held?.[origin];
    if (!tallies || tallies.size === 0) return [];
    const t = (key: string): string => locale.t(`documents.record.${key}`);
    const column = (key: string, meaning: string): Column => ({
      heading: t(key),
      align: 'start',
      meaning: locale.t(`documents.types.${meaning}`),
    });
    return [
      {
        kind: 'table',
        caption: locale.t(`documents.types.record-${origin}`),
        columns: [
          { heading: locale.t('documents.types.type'), align: 'start', isRowHeading: true },
          column('accuracy', 'accuracy-meaning'),
          column('calibration', 'calibration-meaning'),
          column('sets-80', 'held-meaning'),
          column('sets-90', 'held-meaning'),
          { heading: t('stability'), align: 'start', meaning: t('stability-meaning') },
          { heading: t('last-ten'), align: 'start', meaning: t('last-ten-meaning') },
        ],
        rows: shownTypes.flatMap((type): Row[] => {
          const tally = tallies.get(type.originCode!);
          return tally ? [recordRow(typeName(type.name as ForecastTypeName, locale), tally, locale)] : [];
        }),
        notes: [],
        isFolded: true,
      },
    ];
  });
}

function recordRow(name: string, tally: TypeTally, locale: Locale): Row {
  return {
    cells: [
      { kind: 'text', value: name },
      record.accuracyCell(tally, locale),
      record.calibrationCell(tally, locale),
      record.heldCell(tally.sets80, locale),
      record.heldCell(tally.sets90, locale),
      record.stabilityCell(tally, locale),
      record.lastTenCell(tally, locale),
    ],
  };
}
