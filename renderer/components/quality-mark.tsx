import { useTranslation } from 'react-i18next';
import { useFormat } from './format.ts';
import classes from './marks.module.css';

export interface QualityMarkProps {
  /** The record behind a selected forecast; null when the forecast was not selected. */
  readonly quality:
    | {
        readonly n: number;
        readonly hits: number;
        /** Lower bound of the hit rate. */
        readonly bound: number;
        readonly target: number;
      }
    | null
    | undefined;
  /** The star alone, for narrow columns. */
  readonly compact?: boolean;
}

/** Marks a forecast whose hit rate is vouched for; says by which record. Nothing is shown of others. */
export function QualityMark({ quality, compact = false }: QualityMarkProps) {
  const { t } = useTranslation('components');
  const format = useFormat();
  if (!quality) return null;
  const words = t('quality.meaning', {
    hits: format.count(quality.hits),
    n: format.count(quality.n),
    bound: format.percent(quality.bound),
    target: format.percent(quality.target, 0),
  });
  return (
    <span className={classes.quality} role="img" aria-label={words} title={words}>
      <span aria-hidden>★</span>
      {!compact && <span aria-hidden>{t('quality.record', { hits: quality.hits, n: quality.n })}</span>}
    </span>
  );
}
