import type { DayMatch } from '../../../db/queries/football/publisher.ts';
import type { Locale } from '../../documents/locale.ts';
import type {
  DocumentModel,
  Failure,
  Figure,
  LegendEntry,
  Mark,
  Provenance,
  Section,
} from '../../documents/model.ts';
import { createHasher } from '../../kernel/math/hash.ts';
import { dataset } from './dataset.ts';
import type { DayData, Variant } from './day-data.ts';
import { failureOf, forecastOf } from './matches.ts';
import { selectedTypesText } from './type-tables.ts';

/** What is the same in all of the publisher's documents, around their own figures and sections. */
export function frameDocument(
  data: DayData,
  locale: Locale,
  own: {
    readonly variant: Variant;
    /** The matches with a forecast that this variant shows. */
    readonly shown: readonly DayMatch[];
    /** Those whose data stand behind the document: the shown ones, and those with another type selected. */
    readonly listed: readonly DayMatch[];
    readonly figures: readonly Figure[];
    readonly sections: readonly Section[];
  },
): DocumentModel {
  const { kind, day } = data;
  const { variant, shown, listed, figures, sections } = own;
  const failures = data.matches.flatMap((match) => failureText(match, locale));
  return {
    kind,
    variant,
    day,
    language: locale.language,
    title: locale.t(`documents.${kind}.title-${variant}${titleOf(data.matches)}`),
    subtitle: locale.day(day),
    marks: sampleMarks(data.matches, locale),
    lead: [
      locale.t(`documents.${kind}.lead-${variant}`),
      ...emptyText(data, { variant, shown, locale }),
      ...(variant === 'quality' ? selectedTypesText(data, locale) : []),
    ],
    figures,
    sections,
    failures,
    legend: legend(data, variant, locale),
    provenance: provenance(listed),
    dataset: dataset(data, variant === 'regular' ? data.matches : listed, locale),
  };
}

/** Which title names the day's sports: football alone, ice hockey alone, or both. */
function titleOf(matches: readonly DayMatch[]): '' | '-ice-hockey' | '-mixed' {
  const sports = new Set(matches.map(({ sport }) => sport));
  if (!sports.has('ice-hockey')) return '';
  return sports.size === 1 ? '-ice-hockey' : '-mixed';
}

/** A section's heading: country and championship, its zone, and whether it is a sample. */
export function sectionFrame(first: DayMatch, locale: Locale): Omit<Section, 'blocks'> {
  const marks: Mark[] = first.isSample === 1 ? [sampleMark(locale)] : [];
  const zone = `${first.zone} (${locale.zoneOffset(first.kickOff, first.zone)})`;
  return {
    id: `championship-${first.championshipId}`,
    heading: `${first.country} · ${first.championshipName}`,
    marks,
    paragraphs: [locale.t('documents.section.zone', { season: first.seasonCode, zone })],
  };
}

const sampleMark = (locale: Locale): Mark => ({ text: locale.t('documents.marks.sample'), tone: 'warn' });

function sampleMarks(matches: readonly DayMatch[], locale: Locale): Mark[] {
  const samples = matches.filter((match) => match.isSample === 1).length;
  if (samples === 0) return [];
  const isAll = samples === matches.length;
  return [isAll ? sampleMark(locale) : { text: locale.t('documents.marks.sample-some'), tone: 'warn' }];
}

function emptyText(
  data: DayData,
  options: { readonly variant: Variant; readonly shown: readonly DayMatch[]; readonly locale: Locale },
): string[] {
  const { variant, shown, locale } = options;
  if (data.matches.length === 0) return [locale.t('documents.empty.no-matches')];
  if (variant === 'regular') return [];
  if (!data.hasRule) return [locale.t('documents.empty.no-rule')];
  const count = data.matches.filter((match) => forecastOf(match)).length;
  if (shown.length === 0) return [locale.t('documents.empty.none-selected', { count })];
  return [
    locale.t('documents.empty.selected', {
      count,
      selected: locale.integer(shown.length),
    }),
  ];
}

function failureText(match: DayMatch, locale: Locale): Failure[] {
  const failure = failureOf(match);
  if (!failure) return [];
  return [
    {
      names: [match.home, match.away],
      place: `${match.country} · ${match.championshipName}`,
      stage: locale.t(`stages.${failure.stage}`),
      code: failure.code,
      sentence: locale.t(`errors.${failure.code}`),
    },
  ];
}

const legendEntries: Record<Variant, readonly string[]> = {
  regular: [
    'probabilities',
    'fair-range',
    'label',
    'sets',
    'confidence',
    'credibility',
    'window',
    'accuracy',
    'calibration',
    'stability',
    'last-ten',
    'price',
    'quality',
    'replay',
    'failures',
  ],
  quality: [
    'quality',
    'record',
    'since',
    'probabilities',
    'sets',
    'confidence',
    'credibility',
    'replay',
    'failures',
  ],
};

function legend(data: DayData, variant: Variant, locale: Locale): LegendEntry[] {
  // A term is explained where it stands.
  const keys = legendEntries[variant].filter((key) => key !== 'fair-range' || data.ranges.size > 0);
  return keys.map((key) => ({
    term: locale.t(`documents.legend.${key}.term`),
    text: locale.t(`documents.legend.${key}.text`),
  }));
}

/** Rests on the forecasts alone, so that making the document again later changes nothing in it. */
function provenance(shown: readonly DayMatch[]): Provenance {
  const forecasts = shown.flatMap((match) => forecastOf(match) ?? []);
  const zones = new Set(shown.map((match) => match.zone));
  const [zone = 'UTC', another] = zones;
  const hasher = createHasher();
  for (const hash of forecasts.map((forecast) => forecast.dataHash).sort()) hasher.text(hash);
  return {
    madeAt: largest(forecasts.map((forecast) => forecast.madeAt)),
    asOf: largest(forecasts.map((forecast) => forecast.asOf)),
    dataHash: forecasts.length === 0 ? null : hasher.digest(),
    models: [...new Set(forecasts.map((forecast) => forecast.model))].sort(),
    zone: another === undefined ? zone : 'UTC',
  };
}

const largest = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((top, value) => Math.max(top, value));
