import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/format.ts';
import type { AnsweredReport } from './report.ts';
import classes from './calibration.module.css';

const tones = {
  'too-few': 'neutral',
  calibrated: 'good',
  hint: 'good',
  slight: 'warning',
  miscalibrated: 'bad',
} as const;
const signs = { good: '✓', warning: '!', bad: '✕', neutral: '?' } as const;

/** "Is it really miscalibrated?", answered in words, with the reasons. */
export function VerdictCard({ report }: { readonly report: AnsweredReport }) {
  const { t } = useTranslation(['calibration', 'engine']);
  const format = useFormat();
  const { level, tests, worst, direction } = report.verdict;
  const tone = tones[level];
  const lowest = tests.reduce<(typeof tests)[number] | undefined>(
    (least, test) => (least === undefined || test.pValue < least.pValue ? test : least),
    undefined,
  );
  const className = (of: 'H' | 'D' | 'A') => t(`engine:evaluation.classes.${of}`);
  return (
    <section className={`${classes.verdict} ${classes[tone]}`} aria-labelledby="calibration-verdict">
      <span className={classes.sign} aria-hidden>
        {signs[tone]}
      </span>
      <div className={classes.words}>
        <h2 className={classes.question} id="calibration-verdict">
          {t('verdict.question')}
        </h2>
        <p className={classes.answer}>{t(`verdict.levels.${level}`)}</p>
        <ul className={classes.reasons}>
          {level === 'too-few' && (
            <li>
              {t('verdict.too-few', { n: format.count(report.n), minimum: format.count(report.minimum) })}
            </li>
          )}
          {lowest && (
            <li>
              {t('verdict.lowest', {
                tests: format.count(tests.length),
                test: t(`tests.names.${lowest.test}`),
                class: className(lowest.class),
                p: format.number(lowest.pValue, 3),
                adjusted: format.number(lowest.adjusted, 3),
              })}
            </li>
          )}
          {worst && (
            <li>
              {worst.error > 0
                ? t('verdict.worst', {
                    class: className(worst.class),
                    error: format.number(100 * worst.error, 1),
                  })
                : t('verdict.no-error')}
            </li>
          )}
          {worst && direction && (
            <li>{t(`verdict.directions.${direction}`, { class: className(worst.class) })}</li>
          )}
          {report.n > 0 && report.live < report.n && (
            <li>{t('verdict.live', { live: format.count(report.live), n: format.count(report.n) })}</li>
          )}
        </ul>
      </div>
    </section>
  );
}
