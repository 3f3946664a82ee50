import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/format.ts';
import { Section } from '../../components/screen.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import type { AnsweredReport } from './report.ts';
import classes from './calibration.module.css';

/** The most probable result of each forecast as one event, championship by championship. */
export function ChampionshipsSection(props: {
  readonly rows: AnsweredReport['championships'];
  readonly nameOf: (code: string) => string;
}) {
  const { t } = useTranslation('calibration');
  const format = useFormat();
  return (
    <Section title={t('championships.title')} info={t('championships.info')} flush>
      <SimpleTable
        caption={t('championships.title')}
        rows={props.rows}
        rowKey={(row) => row.code}
        columns={[
          {
            key: 'name',
            title: t('championships.name'),
            isRowHead: true,
            cell: (row) => <bdi>{props.nameOf(row.code)}</bdi>,
          },
          { key: 'n', title: 'n', align: 'end', cell: (row) => format.count(row.n) },
          {
            key: 'said',
            title: t('championships.said'),
            definition: t('championships.said-definition'),
            align: 'end',
            cell: (row) => format.percent(row.meanProbability),
          },
          {
            key: 'came',
            title: t('championships.came'),
            definition: t('championships.came-definition'),
            align: 'end',
            cell: (row) => format.percent(row.hitRate),
          },
          {
            key: 'error',
            title: t('tests.columns.error.title'),
            definition: t('tests.columns.error.definition'),
            align: 'end',
            cell: (row) => (
              <>
                {format.percent(row.error, 2)}
                <br />
                <span className={classes.small}>
                  {t('tests.by-chance', {
                    expected: format.percent(row.expected, 2),
                    high: format.percent(row.high, 2),
                  })}
                </span>
              </>
            ),
          },
          {
            key: 'p',
            title: t('championships.p'),
            definition: t('championships.p-definition'),
            align: 'end',
            cell: (row) => format.number(row.pValue, 3),
          },
          {
            key: 'verdict',
            title: t('championships.verdict'),
            cell: (row) => (
              <span className={classes.mark}>
                <span aria-hidden>{row.pValue < 0.05 ? '!' : '✓'}</span>
                {t(row.pValue < 0.05 ? 'championships.look' : 'championships.chance')}
              </span>
            ),
          },
        ]}
      />
    </Section>
  );
}
