import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/format.ts';
import type { Work } from '../../components/work/use-work.ts';
import { WorkProgress } from '../../components/work/work-progress.tsx';
import type { AnsweredReport } from './answers.ts';
import classes from './features.module.css';

/** How old the report is, and a way to make it anew. */
export function ReportBar(props: {
  readonly report: AnsweredReport | undefined;
  readonly isKnown: boolean;
  readonly work: Work;
  readonly onMake: () => void;
}) {
  const { report, isKnown, work, onMake } = props;
  const { t } = useTranslation('features');
  const format = useFormat();
  return (
    <>
      <WorkProgress work={work} name={t('report.name')} />
      {!work.run && isKnown && (
        <div className={classes.bar}>
          <Button
            variant={report && !report.isStale ? 'default' : 'filled'}
            onClick={onMake}
            loading={work.isStarting}
          >
            {t(report ? 'report.again' : 'report.make')}
          </Button>
          {report ? (
            <p className={classes.note}>
              {t('report.made', {
                made: format.instant(report.age.madeAt),
                took: format.duration(report.age.durationMs),
                n: format.count(report.n),
                from: format.day(report.from),
                until: format.day(report.until),
              })}
            </p>
          ) : (
            <p className={classes.note}>{t('report.none')}</p>
          )}
          {report?.isStale === true && (
            <span className={classes.stale}>
              <span aria-hidden>⚠</span>
              {t('report.stale')}
            </span>
          )}
        </div>
      )}
    </>
  );
}
