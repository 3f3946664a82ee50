import { useTranslation } from 'react-i18next';
import type { ExportTable } from '../../../engine/contract/exports.ts';
import type { ForecastFilter, ForecastOrder, SaidForecast } from '../../../engine/contract/forecasts.ts';
import { client } from '../../connection/client.ts';
import { useFormat } from '../format.ts';
import { useForecastWords } from './forecast-words.ts';
import type { RecordOf } from './label-record.ts';

/** Rows fetched at a time. */
const windowRows = 20_000;

interface ExportQuery {
  readonly filter: ForecastFilter;
  readonly order: ForecastOrder;
  readonly isDescending: boolean;
  readonly recordOf: RecordOf;
}

/** Gathers every forecast of a filter as a table for the engine's writers, at full precision. */
export function useForecastExport({ filter, order, isDescending, recordOf }: ExportQuery) {
  const { t } = useTranslation('forecasts');
  const format = useFormat();
  const words = useForecastWords();
  const column = (key: string, kind: ExportTable['columns'][number]['kind']) => ({
    key,
    kind,
    heading: t(`export.${key.replaceAll('.', '-')}`),
  });
  return async (signal: AbortSignal): Promise<ExportTable> => {
    const rows: SaidForecast[] = [];
    for (let total = 1; rows.length < total;) {
      const query = { ...filter, order, isDescending, offset: rows.length, limit: windowRows };
      const answer = await client.forecasts.list(query, { signal });
      rows.push(...answer.rows);
      total = answer.rows.length === 0 ? 0 : answer.total;
    }
    return {
      name: t('export.name'),
      title: t('title'),
      subtitle: t('export.subtitle', { count: rows.length, n: format.count(rows.length) }),
      notes: [],
      zone: format.preferences.zone,
      columns: [
        column('match.id', 'integer'),
        column('match.day', 'day'),
        column('match.kickOff', 'instant'),
        column('championship', 'text'),
        column('home', 'text'),
        column('away', 'text'),
        column('type', 'text'),
        column('label', 'text'),
        column('probability', 'percent'),
        column('confidence', 'percent'),
        column('uncertainty', 'percent'),
        column('expected', 'number'),
        column('set80', 'text'),
        column('set90', 'text'),
        column('record.n', 'integer'),
        column('record.hits', 'integer'),
        column('record.meanProbability', 'percent'),
        column('record.lastTen', 'integer'),
        column('odds', 'odds'),
        column('isSelected', 'flag'),
        column('bound', 'percent'),
        column('origin', 'text'),
        column('score', 'text'),
        column('isHit', 'flag'),
      ],
      rows: rows.map((said) => {
        const record = recordOf(said);
        const within = (interval: readonly [number, number] | null, set: number | null) =>
          interval ? `${interval[0]}–${interval[1]}` : words.set(said, set);
        return [
          said.matchId,
          said.day,
          said.kickOffPrecision === 'minute' ? said.kickOff : null,
          said.championshipName,
          said.home,
          said.away,
          words.type(said.type),
          words.sign(said),
          said.probability,
          said.confidence,
          said.confidence === null ? null : 1 - said.confidence,
          said.expected,
          within(said.interval80, said.set80),
          within(said.interval90, said.set90),
          record?.n ?? null,
          record?.hits ?? null,
          record?.meanProbability ?? null,
          record?.lastTen.hits ?? null,
          said.odds,
          said.selection !== null,
          said.selection?.bound ?? null,
          t(`filters.origins.${said.origin}`),
          said.homeGoals === null ? null : `${said.homeGoals}:${said.awayGoals ?? ''}`,
          said.isHit,
        ];
      }),
    };
  };
}
