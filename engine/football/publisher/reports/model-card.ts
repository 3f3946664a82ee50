import type { ForecastingModel } from '../../../../db/queries/football/forecasting-models.ts';
import type { Locale } from '../../../documents/locale.ts';
import type { DocumentModel, Section } from '../../../documents/model.ts';
import { resultRecord } from '../../evaluation/result-record.ts';
import { recordDataset, recordSection } from './record-section.ts';
import { column, count, reportDocument, section, share, table, text, type ReportData } from './report.ts';

const topics = ['use', 'data', 'method', 'limits', 'care'] as const;

/**
 * What a reader must know before trusting the forecasts (after Mitchell et al. 2019, Model Cards for Model Reporting):
 * what they are for, what they learned from, how good they were, and where they end.
 */
export function modelCardDocument(data: ReportData, locale: Locale): DocumentModel {
  const record = resultRecord(data.settled.filter(({ type }) => type === '1x2'));
  const t = (key: string) => locale.t(`reports.model-card.${key}`);
  const seasons = [...new Set(data.models.map(({ season }) => season))];
  const present = data.models.filter(({ season }) => season === seasons[0]);
  const families = [...new Set(present.map(({ family }) => locale.t(`evaluation.families.${family}`)))];
  return reportDocument(
    data,
    {
      kind: 'model-card',
      subtitle: families.length === 0 ? locale.day(data.day) : locale.list(families),
      lead: [t(data.models.length === 0 ? 'empty' : 'lead')],
      figures: [
        { label: t('models'), value: count(data.models.length) },
        { label: t('seasons'), value: count(seasons.length) },
        { label: t('settled'), value: count(record.all?.n ?? 0) },
        { label: t('rate'), value: share(record.all ? record.all.hits / record.all.n : null) },
      ],
      sections: [
        ...topics.map((topic) => section(topic, t(`${topic}.heading`), { paragraphs: [t(`${topic}.text`)] })),
        ...trainedSection(present, locale),
        ...recordSection('strength', record.byStrength, { locale, hasChart: true }),
        ...recordSection('championship', record.byChampionship, { locale }),
        ...recordSection('season', record.bySeason, { locale }),
      ],
      legend: ['probabilities', 'sets', 'accuracy', 'calibration', 'replay'],
      dataset: recordDataset(
        [
          ['strength', record.byStrength],
          ['championship', record.byChampionship],
          ['season', record.bySeason],
        ],
        locale,
      ),
    },
    locale,
  );
}

/** A pooled model learns from all seasons up to a day, and is named by it. */
function seasonText(season: string, locale: Locale): string {
  const day = /^until (\d{4}-\d{2}-\d{2})$/.exec(season)?.[1];
  return day === undefined
    ? season
    : locale.t('reports.model-card.trained.until', { day: locale.shortDay(day) });
}

function trainedSection(models: readonly ForecastingModel[], locale: Locale): Section[] {
  if (models.length === 0) return [];
  const t = (key: string) => locale.t(`reports.model-card.trained.${key}`);
  const columns = [
    { ...column(t('family'), 'start'), isRowHeading: true },
    column(t('season'), 'start'),
    column(t('matches')),
    column(t('period'), 'start'),
    column(t('features')),
    column(t('forecasts')),
    column(t('seed')),
    column(t('checksum'), 'start'),
  ];
  const rows = models.map((model) => [
    text(locale.t(`evaluation.families.${model.family}`)),
    text(seasonText(model.season, locale)),
    count(model.trainCount),
    text(
      model.trainFrom === null || model.trainUntil === null
        ? null
        : `${locale.shortDay(model.trainFrom)} – ${locale.shortDay(model.trainUntil)}`,
    ),
    count(model.features),
    count(model.forecasts),
    count(model.seed),
    text(model.checksum.slice(0, 16)),
  ]);
  return [section('trained', t('heading'), { blocks: [table(t('heading'), columns, rows)] })];
}
