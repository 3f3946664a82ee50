import { useTranslation } from 'react-i18next';
import { useFormat } from './format.ts';
import { Missing } from './missing.tsx';
import classes from './marks.module.css';

export interface IntervalProps {
  readonly low: number | null | undefined;
  readonly high: number | null | undefined;
  /** Share of 1, such as 0.95. */
  readonly level: number;
  readonly n?: number | undefined;
  readonly text?: (value: number) => string;
}

/** An interval in a line: its ends, its level and its n. */
export function Interval({ low, high, level, n, text }: IntervalProps) {
  const { t } = useTranslation('components');
  const format = useFormat();
  if (low === null || low === undefined || high === null || high === undefined) {
    return <Missing reason={t('missing')} />;
  }
  const one = text ?? ((value: number) => format.percent(value));
  const words = t('metric.interval', { level: format.percent(level, 0), low: one(low), high: one(high) });
  return (
    <span className={classes.interval}>
      {n === undefined ? words : `${words} · ${t('metric.n', { n: format.count(n) })}`}
    </span>
  );
}
