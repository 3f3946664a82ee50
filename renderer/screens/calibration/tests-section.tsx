import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/format.ts';
import { Missing } from '../../components/missing.tsx';
import { Section } from '../../components/screen.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import type { SimpleColumn } from '../../components/simple-table.tsx';
import type { AnsweredReport } from './report.ts';
import classes from './calibration.module.css';

type Row = AnsweredReport['classes'][number];

/** Each result as an event of its own: the decomposition of its score, its calibration error beside chance, the tests. */
export function TestsSection({ report }: { readonly report: AnsweredReport }) {
  const { t } = useTranslation(['calibration', 'engine']);
  const format = useFormat();
  const p = (value: number | null) =>
    value === null ? <Missing reason={t('tests.no-value')} /> : format.number(value, 3);
  const number = (key: string, cell: SimpleColumn<Row>['cell']): SimpleColumn<Row> => ({
    key,
    title: t(`tests.columns.${key}.title`),
    definition: t(`tests.columns.${key}.definition`),
    align: 'end',
    cell,
  });
  const name: SimpleColumn<Row> = {
    key: 'class',
    title: t('tests.columns.class'),
    isRowHead: true,
    cell: (row) => t(`engine:evaluation.classes.${row.class}`),
  };
  const split: readonly SimpleColumn<Row>[] = [
    name,
    number('said', (row) => format.percent(row.meanProbability)),
    number('came', (row) => format.percent(row.frequency)),
    number('miscalibration', (row) => format.number(row.corp.miscalibration, 4)),
    number('discrimination', (row) => format.number(row.corp.discrimination, 4)),
    number('uncertainty', (row) => format.number(row.corp.uncertainty, 4)),
    number('auc', (row) => (row.areaUnderCurve === null ? p(null) : format.number(row.areaUnderCurve, 3))),
  ];
  const tests: readonly SimpleColumn<Row>[] = [
    name,
    number('error', (row) => (
      <>
        {format.percent(row.calibrationError.value, 2)}
        <br />
        <span className={classes.small}>
          {t('tests.by-chance', {
            expected: format.percent(row.calibrationError.expected, 2),
            high: format.percent(row.calibrationError.high, 2),
          })}
        </span>
      </>
    )),
    number('debiased', (row) => format.percent(row.calibrationError.debiased, 2)),
    number('error-p', (row) => p(row.calibrationError.pValue)),
    number('spiegelhalter', (row) => p(row.spiegelhalter.pValue)),
    number('kuiper', (row) => p(row.kuiper.pValue)),
  ];
  return (
    <Section
      title={t('tests.title')}
      info={t('tests.info')}
      note={t('tests.note', { n: format.count(report.n) })}
    >
      <div className={classes.tables}>
        <SimpleTable
          caption={t('tests.decomposition')}
          isCaptionShown
          isDense
          columns={split}
          rows={report.classes}
          rowKey={(row) => row.class}
        />
        <SimpleTable
          caption={t('tests.against-chance')}
          isCaptionShown
          isDense
          columns={tests}
          rows={report.classes}
          rowKey={(row) => row.class}
        />
      </div>
    </Section>
  );
}
