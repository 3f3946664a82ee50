import { useTranslation } from 'react-i18next';
import type { Trial } from '../../../engine/contract/results.ts';
import { useForecastWords } from '../../components/forecast/forecast-words.ts';
import { useFormat } from '../../components/format.ts';
import { Missing } from '../../components/missing.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import classes from './results.module.css';

/** The filters that would have been taken, by what they did better than their probabilities said. */
export function CurseTable({ trials }: { readonly trials: readonly Trial[] }) {
  const { t } = useTranslation(['results', 'engine']);
  const format = useFormat();
  const words = useForecastWords();
  const column = (key: string) => ({
    key,
    title: t(`best.${key}`),
    definition: t(`best.${key}-definition`),
    align: 'end' as const,
  });
  const rate = ({ n, hits }: Trial['past']) =>
    n === 0 ? (
      <Missing reason={t('curse.missing')} />
    ) : (
      `${format.percent(hits / n)} · ${format.count(hits)}/${format.count(n)}`
    );
  const excess = ({ n, hits, meanProbability }: Trial['past']) => {
    if (n === 0) return <Missing reason={t('curse.missing')} />;
    const value = hits / n - meanProbability;
    return (
      <span className={value >= 0 ? classes.better : classes.worse}>{format.signed(value * 100, 1)}</span>
    );
  };
  const hasSports = new Set(trials.map(({ sport }) => sport)).size > 1;
  return (
    <SimpleTable
      caption={t('best.caption')}
      isDense
      rows={trials}
      rowKey={({ sport, type, label, championship, threshold }) =>
        [sport, type, label, championship, threshold].join(' ')
      }
      columns={[
        {
          key: 'filter',
          title: t('best.filter'),
          isRowHead: true,
          cell: ({ type, label }) =>
            label === null ? words.type(type) : `${words.type(type)}: ${words.label(type, label)}`,
        },
        {
          key: 'championship',
          title: t('best.championship'),
          cell: ({ championship, sport }) =>
            championship ?? (hasSports ? t(`engine:monitoring.sports.${sport}`) : t('best.everywhere')),
        },
        {
          key: 'threshold',
          title: t('best.threshold'),
          align: 'end',
          cell: ({ threshold }) =>
            threshold === 0 ? t('best.any') : t('best.at-least', { share: format.percent(threshold, 0) }),
        },
        { ...column('past'), cell: ({ past }) => rate(past) },
        { ...column('past-excess'), cell: ({ past }) => excess(past) },
        { ...column('future'), cell: ({ future }) => rate(future) },
        { ...column('future-excess'), cell: ({ future }) => excess(future) },
      ]}
    />
  );
}
