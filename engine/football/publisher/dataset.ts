import { outcomeClasses } from '../../contract/domain.ts';
import type { DayMatch } from '../../../db/queries/football/publisher.ts';
import type { Locale } from '../../documents/locale.ts';
import type { Dataset, DatasetKind, DatasetValue } from '../../documents/model.ts';
import { fairOdds } from './cells.ts';
import type { DayData } from './day-data.ts';
import { holds, setSign, signOf } from './labels.ts';
import { failureOf, forecastOf, happened, isSelected } from './matches.ts';
import { emptyRecord } from './record.ts';
import { stabilityOf } from './record-table.ts';
import type { LabelTally } from './record.ts';
import { typeName } from '../forecast/types/labels.ts';
import type { ForecastTypeName } from '../forecast/types/registry.ts';
import type { DayType } from '../../../db/queries/football/publisher-types.ts';
import type { TypeTally } from './type-record.ts';
import { typesOf } from './type-tables.ts';
import { settledVerdict, shownTypes, type ShownType } from './types.ts';

interface Field {
  /** Stable; dots nest in JSON. The heading stands under `documents.fields` with dots as hyphens. */
  readonly key: string;
  readonly kind: DatasetKind;
  /** Where it is not under `documents.fields`. */
  heading?(locale: Locale): string;
  value(match: DayMatch, locale: Locale, data: DayData): DatasetValue;
}

/** One row per match at full precision. A due match without forecast has its row too, with what failed. */
export function dataset(data: DayData, matches: readonly DayMatch[], locale: Locale): Dataset {
  const isForecast = data.kind === 'forecast';
  const fields = [
    ...forecastFields,
    ...historyFields,
    ...typeFields(!isForecast),
    ...failureFields,
    ...(isForecast ? [] : resultFields),
  ];
  return {
    columns: fields.map(({ key, kind, heading }) => ({
      key,
      kind,
      heading: heading?.(locale) ?? locale.t(`documents.fields.${key.replaceAll('.', '-')}`),
    })),
    rows: matches.map((match) => fields.map((field) => field.value(match, locale, data))),
  };
}

/** A field that is a column of the query. */
function column(key: string, kind: DatasetKind, name: keyof DayMatch): Field {
  return { key, kind, value: (match) => match[name] };
}

const flag = (key: string, value: (match: DayMatch) => boolean | null): Field => ({
  key,
  kind: 'flag',
  value,
});

const classNames = ['home', 'draw', 'away'] as const;

const forecastFields: readonly Field[] = [
  column('match.id', 'integer', 'matchId'),
  column('match.day', 'text', 'day'),
  column('match.kickOff', 'instant', 'kickOff'),
  column('match.kickOffPrecision', 'text', 'kickOffPrecision'),
  column('match.zone', 'text', 'zone'),
  column('match.round', 'text', 'round'),
  column('championship.code', 'text', 'championshipCode'),
  column('championship.name', 'text', 'championshipName'),
  column('championship.country', 'text', 'country'),
  column('championship.sport', 'text', 'sport'),
  flag('championship.isSample', (match) => match.isSample === 1),
  column('season', 'text', 'seasonCode'),
  column('home', 'text', 'home'),
  column('away', 'text', 'away'),
  column('forecast.origin', 'text', 'origin'),
  column('forecast.madeAt', 'instant', 'madeAt'),
  column('forecast.asOf', 'instant', 'asOf'),
  { key: 'forecast.model', kind: 'text', value: (match) => forecastOf(match)?.model ?? null },
  column('forecast.dataHash', 'text', 'dataHash'),
  column('probability.home', 'number', 'pHome'),
  column('probability.draw', 'number', 'pDraw'),
  column('probability.away', 'number', 'pAway'),
  ...classNames.map((name, index): Field => ({
    key: `fairOdds.${name}`,
    kind: 'number',
    value: (match) => {
      const probability = forecastOf(match)?.probabilities[index];
      return probability === undefined ? null : fairOdds(probability);
    },
  })),
  ...classNames.flatMap((name, index) =>
    (['low', 'high'] as const).map((end): Field => ({
      key: `probabilityRange.${name}.${end}`,
      kind: 'number',
      value: (match, _, data) => data.ranges.get(match.matchId)?.[index]?.[end] ?? null,
    })),
  ),
  column('label.class', 'text', 'label'),
  {
    key: 'label.sign',
    kind: 'text',
    value: (match, locale) => {
      const forecast = forecastOf(match);
      return forecast ? signOf(forecast.label, locale) : null;
    },
  },
  column('label.probability', 'number', 'probability'),
  column('set80.mask', 'integer', 'set80'),
  { key: 'set80.sign', kind: 'text', value: (match, locale) => setSign(match.set80, locale) },
  column('set90.mask', 'integer', 'set90'),
  { key: 'set90.sign', kind: 'text', value: (match, locale) => setSign(match.set90, locale) },
  column('confidence', 'number', 'confidence'),
  column('credibility', 'number', 'credibility'),
  column('pValue.home', 'number', 'pValueHome'),
  column('pValue.draw', 'number', 'pValueDraw'),
  column('pValue.away', 'number', 'pValueAway'),
  column('calibration.temperature', 'number', 'temperature'),
  column('calibration.count', 'integer', 'calibrationCount'),
  column('window.scope', 'text', 'windowScope'),
  column('window.count', 'integer', 'windowCount'),
  column('price.bookmaker', 'text', 'priceBookmaker'),
  column('price.instant', 'instant', 'priceInstant'),
  column('price.home', 'number', 'priceHome'),
  column('price.draw', 'number', 'priceDraw'),
  column('price.away', 'number', 'priceAway'),
  flag('quality.isSelected', isSelected),
  column('quality.target', 'number', 'target'),
  column('quality.delta', 'number', 'delta'),
  column('quality.threshold', 'number', 'threshold'),
  column('quality.recordCount', 'integer', 'recordCount'),
  column('quality.recordHits', 'integer', 'recordHits'),
  column('quality.bound', 'number', 'recordBound'),
  column('quality.recordFrom', 'text', 'recordFrom'),
  column('quality.recordUntil', 'text', 'recordUntil'),
  column('quality.sinceCount', 'integer', 'sinceCount'),
  column('quality.sinceHits', 'integer', 'sinceHits'),
];

/** What the forecasts of the same label, made before kick-off, came to before the day. */
function historyOf(match: DayMatch, data: DayData): LabelTally | undefined {
  const forecast = forecastOf(match);
  return forecast && data.records.get(match.championshipId)?.live.labels[forecast.label];
}

const lastTenOf = (match: DayMatch, data: DayData): readonly boolean[] =>
  data.records.get(match.championshipId)?.live.lastTen ?? [];

const stabilityEnds = ['low', 'high'] as const;

/** Of the championship's forecasts of the result, as in the document's record. */
function stabilityIn(match: DayMatch, data: DayData) {
  const record = data.records.get(match.championshipId);
  return record && forecastOf(match) ? stabilityOf(record.live) : undefined;
}

const historyFields: readonly Field[] = [
  { key: 'history.hits', kind: 'integer', value: (match, _, data) => historyOf(match, data)?.hits ?? null },
  { key: 'history.count', kind: 'integer', value: (match, _, data) => historyOf(match, data)?.count ?? null },
  {
    key: 'history.meanProbability',
    kind: 'number',
    value: (match, _, data) => {
      const history = historyOf(match, data);
      return history && history.count > 0 ? history.expected / history.count : null;
    },
  },
  ...stabilityEnds.map((end): Field => ({
    key: `history.stability.${end}`,
    kind: 'number',
    value: (match, _, data) => stabilityIn(match, data)?.[end] ?? null,
  })),
  {
    key: 'history.lastTenHits',
    kind: 'integer',
    value: (match, _, data) => lastTenOf(match, data).filter(Boolean).length,
  },
  { key: 'history.lastTenCount', kind: 'integer', value: (match, _, data) => lastTenOf(match, data).length },
];

/** What stopped a due match from having a forecast. */
const failureFields: readonly Field[] = [
  { key: 'failure.stage', kind: 'text', value: (match) => failureOf(match)?.stage ?? null },
  { key: 'failure.code', kind: 'text', value: (match) => failureOf(match)?.code ?? null },
];

/** The status stands here and not with the forecast, whose document no result may change. */
const resultFields: readonly Field[] = [
  column('match.status', 'text', 'status'),
  column('result.homeGoals', 'integer', 'homeGoals'),
  column('result.awayGoals', 'integer', 'awayGoals'),
  {
    key: 'result.class',
    kind: 'text',
    value: (match) => {
      const result = happened(match);
      return result === undefined ? null : outcomeClasses[result];
    },
  },
  flag('result.isHit', (match) => {
    const result = happened(match);
    const forecast = forecastOf(match);
    return forecast && result !== undefined ? forecast.label === result : null;
  }),
  {
    key: 'result.probability',
    kind: 'number',
    value: (match) => {
      const result = happened(match);
      return result === undefined ? null : (forecastOf(match)?.probabilities[result] ?? null);
    },
  },
  {
    key: 'result.baseRate',
    kind: 'number',
    value: (match, _, data) => {
      const result = happened(match);
      const { results } = data.records.get(match.championshipId) ?? emptyRecord;
      const count = results.reduce((sum, value) => sum + value, 0);
      return result === undefined || count === 0 ? null : (results[result] ?? 0) / count;
    },
  },
  flag('result.isInSet80', (match) => isInSet(match, match.set80)),
  flag('result.isInSet90', (match) => isInSet(match, match.set90)),
];

function isInSet(match: DayMatch, set: number | null): boolean | null {
  const result = happened(match);
  return result === undefined || set === null ? null : holds(set, result);
}

type TypeFigure = readonly [
  name: string,
  kind: DatasetKind,
  value: (said: DayType, match: DayMatch) => DatasetValue,
];

const commonFigures: readonly TypeFigure[] = [
  ['label', 'text', (said) => said.label],
  ['line', 'number', (said) => said.line],
  ['probability', 'number', (said) => said.probability],
];

const marketFigures: readonly TypeFigure[] = [
  ['set80', 'integer', (said) => said.set80],
  ['set90', 'integer', (said) => said.set90],
  ['confidence', 'number', (said) => said.confidence],
  ['credibility', 'number', (said) => said.credibility],
  ['windowCount', 'integer', (said) => said.windowCount],
  ['isSelected', 'flag', (said) => said.recordCount !== null],
  ['target', 'number', (said) => said.target],
  ['recordCount', 'integer', (said) => said.recordCount],
  ['recordHits', 'integer', (said) => said.recordHits],
  ['bound', 'number', (said) => said.recordBound],
];

const amountFigures: readonly TypeFigure[] = [
  ['expected', 'number', (said) => said.expected],
  ['low80', 'integer', (said) => said.low80],
  ['high80', 'integer', (said) => said.high80],
  ['low90', 'integer', (said) => said.low90],
  ['high90', 'integer', (said) => said.high90],
  ['windowCount', 'integer', (said) => said.windowCount],
];

const resultFigures: readonly TypeFigure[] = [
  ['isHit', 'flag', (said, match) => settledVerdict(said, match)?.isHit ?? null],
  ['isIn80', 'flag', (said, match) => settledVerdict(said, match)?.held80 ?? null],
  ['isIn90', 'flag', (said, match) => settledVerdict(said, match)?.held90 ?? null],
];

/** What the forecasts of the same type, made before kick-off, came to before the day. */
function typeHistoryFields(type: ShownType): Field[] {
  const tallyOf = (match: DayMatch, data: DayData) =>
    data.typeRecords.get(match.championshipId)?.live.get(type.originCode!);
  const figures: readonly (readonly [string, DatasetKind, (tally: TypeTally) => number | undefined])[] = [
    ['historyHits', 'integer', (tally) => tally.hits],
    ['historyCount', 'integer', (tally) => tally.count],
    ['historyMean', 'number', (tally) => tally.expected / tally.count],
    ['stabilityLow', 'number', (tally) => stabilityOf(tally)?.low],
    ['stabilityHigh', 'number', (tally) => stabilityOf(tally)?.high],
    ['lastTenHits', 'integer', (tally) => tally.lastTen.filter(Boolean).length],
    ['lastTenCount', 'integer', (tally) => tally.lastTen.length],
  ];
  return figures.map(([name, kind, value]): Field => ({
    key: `types.${type.name}.${name}`,
    kind,
    heading: (locale) => typeHeading(type, name, locale),
    value: (match, _, data) => {
      const tally = tallyOf(match, data);
      return (tally && value(tally)) ?? null;
    },
  }));
}

const typeHeading = (type: ShownType, name: string, locale: Locale): string =>
  `${typeName(type.name as ForecastTypeName, locale)}: ${locale.t(`documents.type-fields.${name}`)}`;

/** The types beside the result, in the order in which documents show them. */
function typeFields(withResult: boolean): Field[] {
  return shownTypes.flatMap((type) => [
    ...[
      ...commonFigures,
      ...(type.kind === 'amount' ? amountFigures : marketFigures),
      ...(withResult ? resultFigures : []),
    ].map((figure) => typeField(type, figure)),
    ...typeHistoryFields(type),
  ]);
}

function typeField(type: ShownType, [name, kind, value]: TypeFigure): Field {
  return {
    key: `types.${type.name}.${name}`,
    kind,
    heading: (locale) => typeHeading(type, name, locale),
    value: (match, _, data) => {
      const said = typesOf(data, match).get(type.originCode!);
      return said ? value(said, match) : null;
    },
  };
}
