import type { Locale } from '../../../documents/locale.ts';
import type { DocumentModel, Section } from '../../../documents/model.ts';
import { resultRecord } from '../../evaluation/result-record.ts';
import { repeatsTotal, type SettledSaid } from '../../evaluation/settled-forecasts.ts';
import { hitsText } from '../cells.ts';
import { recordDataset, recordSection } from './record-section.ts';
import { column, count, reportDocument, section, share, table, text, type ReportData } from './report.ts';

const shownMatches = 10;

/** Everything that is settled: in all, by type, strength, championship and season, and the matches that went best. */
export function allTimeDocument(data: ReportData, locale: Locale): DocumentModel {
  const record = resultRecord(data.settled);
  const t = (key: string) => locale.t(`reports.all-time.${key}`);
  const { all } = record;
  const days = data.settled.map(({ day }) => day).sort();
  const [from, until] = [days[0], days.at(-1)];
  return reportDocument(
    data,
    {
      kind: 'all-time',
      subtitle:
        from === undefined || until === undefined
          ? locale.day(data.day)
          : `${locale.shortDay(from)} – ${locale.shortDay(until)}`,
      lead: [t(all ? 'lead' : 'empty')],
      figures: [
        { label: t('forecasts'), value: count(all?.n ?? 0) },
        { label: t('hits'), value: count(all?.hits ?? 0) },
        { label: t('rate'), value: share(all ? all.hits / all.n : null) },
        { label: t('expected'), value: share(all?.meanProbability ?? null) },
      ],
      sections: [
        ...recordSection('type', record.byType, { locale, hasChart: true }),
        ...recordSection('strength', record.byStrength, { locale }),
        ...recordSection('championship', record.byChampionship, { locale }),
        ...recordSection('season', record.bySeason, { locale }),
        ...recordSection('selection', record.bySelection, { locale }),
        ...bestMatches(data.settled, locale),
      ],
      legend: ['accuracy', 'calibration', 'sets', 'quality', 'replay'],
      dataset: recordDataset(
        [
          ['type', record.byType],
          ['strength', record.byStrength],
          ['championship', record.byChampionship],
          ['season', record.bySeason],
          ['selection', record.bySelection],
        ],
        locale,
      ),
    },
    locale,
  );
}

/** The matches of which the most forecasts came true, the newest first among equals. */
function bestMatches(settled: readonly SettledSaid[], locale: Locale): Section[] {
  const t = (key: string) => locale.t(`reports.all-time.${key}`);
  const matches = [
    ...Map.groupBy(
      settled.filter(({ type }) => !repeatsTotal(type)),
      ({ matchId }) => matchId,
    ).values(),
  ].map((group) => ({
    first: group[0]!,
    n: group.length,
    hits: group.filter(({ isHit }) => isHit).length,
  }));
  if (matches.length === 0) return [];
  const best = matches
    .sort((a, b) => b.hits / b.n - a.hits / a.n || b.n - a.n || (a.first.day < b.first.day ? 1 : -1))
    .slice(0, shownMatches);
  const columns = [
    column(t('day'), 'start'),
    { ...column(t('match'), 'start'), isRowHeading: true },
    column(t('championship'), 'start'),
    column(t('came-true')),
  ];
  const rows = best.map(({ first, n, hits }) => [
    text(locale.shortDay(first.day)),
    { kind: 'names', values: [first.home, first.away] } as const,
    text(first.championshipName),
    text(hitsText(hits, n, locale)),
  ]);
  return [
    section('best', t('best'), { paragraphs: [t('best-note')], blocks: [table(t('best'), columns, rows)] }),
  ];
}
