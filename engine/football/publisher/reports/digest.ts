import { addDays } from '../../../contract/zones.ts';
import type { Locale } from '../../../documents/locale.ts';
import type { DocumentModel, Section } from '../../../documents/model.ts';
import { resultRecord } from '../../evaluation/result-record.ts';
import { repeatsTotal, type SettledSaid } from '../../evaluation/settled-forecasts.ts';
import { typeName } from '../../forecast/types/labels.ts';
import { fairOdds, hitsText } from '../cells.ts';
import { signOf, classOf } from '../labels.ts';
import { typeSign } from '../types.ts';
import { recordDataset, recordSection } from './record-section.ts';
import {
  column,
  count,
  names,
  reportDocument,
  section,
  share,
  table,
  text,
  type ReportData,
} from './report.ts';

/** Days looked back on and ahead to. */
const span = 7;
const listed = 20;

/** The past seven days, told by type and championship, and the selected forecasts of the next seven. */
export function digestDocument(data: ReportData, locale: Locale): DocumentModel {
  const from = addDays(data.day, -span);
  const until = addDays(data.day, -1);
  const week = data.settled.filter(({ day }) => day >= from && day <= until);
  const record = resultRecord(week);
  const main = week.filter(({ type }) => !repeatsTotal(type));
  const selected = main.filter(({ isSelected }) => isSelected);
  const t = (key: string, values?: Record<string, string>) => locale.t(`reports.digest.${key}`, values);
  const hits = (group: readonly SettledSaid[]) => group.filter(({ isHit }) => isHit).length;
  return reportDocument(
    data,
    {
      kind: 'digest',
      subtitle: `${locale.shortDay(from)} – ${locale.shortDay(until)}`,
      lead: [t(week.length === 0 ? 'empty' : 'lead')],
      figures: [
        { label: t('matches'), value: count(new Set(week.map(({ matchId }) => matchId)).size) },
        { label: t('hits'), value: text(hitsText(hits(main), main.length, locale)) },
        {
          label: t('expected'),
          value: share(record.all?.meanProbability ?? null),
        },
        { label: t('selected'), value: text(hitsText(hits(selected), selected.length, locale)) },
      ],
      sections: [
        ...recordSection('type', record.byType, { locale, hasChart: true }),
        ...recordSection('championship', record.byChampionship, { locale }),
        ...recordSection('selection', record.bySelection, { locale }),
        ...comingSection(data, locale),
      ],
      legend: ['accuracy', 'sets', 'quality', 'replay'],
      dataset: recordDataset(
        [
          ['type', record.byType],
          ['championship', record.byChampionship],
          ['selection', record.bySelection],
        ],
        locale,
      ),
    },
    locale,
  );
}

/** The surest selected forecasts of the days to come. */
function comingSection(data: ReportData, locale: Locale): Section[] {
  const t = (key: string) => locale.t(`reports.digest.${key}`);
  const last = addDays(data.day, span - 1);
  const due = data.coming.filter(
    ({ day, recordCount, type }) =>
      day >= data.day && day <= last && recordCount !== null && !repeatsTotal(type),
  );
  if (due.length === 0) return [];
  const surest = due.toSorted((a, b) => b.probability - a.probability).slice(0, listed);
  const rows = surest.map((row) => [
    text(locale.shortDay(row.day)),
    names(row.home, row.away),
    text(
      `${typeName(row.type, locale)}: ${
        row.type === '1x2'
          ? signOf(classOf(row.label), locale)
          : typeSign({ forecastType: row.type, line: row.line, label: row.label }, locale)
      }`,
    ),
    share(row.probability),
    { kind: 'odds', values: [fairOdds(row.probability)] } as const,
    share(row.recordBound),
  ]);
  const columns = [
    column(t('day'), 'start'),
    { ...column(t('match'), 'start'), isRowHeading: true },
    column(t('forecast'), 'start'),
    column(t('probability')),
    column(t('fair-odds')),
    column(t('bound')),
  ];
  const caption = locale.t('reports.digest.coming-caption', { count: due.length });
  return [section('coming', t('coming'), { blocks: [table(caption, columns, rows)] })];
}
