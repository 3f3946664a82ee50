import { Fragment } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from './format.ts';
import { InfoTip } from './info-tip.tsx';
import { Missing } from './missing.tsx';
import classes from './metric.module.css';

export interface MetricProps {
  readonly label: string;
  /** Formatted with `useFormat()`; null when it is missing. */
  readonly value: string | null;
  /** Why it is missing. */
  readonly missing?: string;
  /** What this is, in plain words. Every figure has it. */
  readonly definition: ReactNode;
  /** Formatted ends, with the level as a share of 1. */
  readonly interval?: { readonly low: string; readonly high: string; readonly level: number } | undefined;
  /** How many cases stand behind it. */
  readonly n?: number | undefined;
  /** A short word on how to take it; the tone colours it. */
  readonly verdict?: { readonly tone: 'good' | 'warning' | 'bad' | 'neutral'; readonly text: string };
}

/** One figure: what it is, how sure it is, and how many cases stand behind it. */
export function Metric({ label, value, missing, definition, interval, n, verdict }: MetricProps) {
  const { t } = useTranslation('components');
  const format = useFormat();
  const facts = [
    ...(interval
      ? [
          t('metric.interval', {
            level: format.percent(interval.level, 0),
            low: interval.low,
            high: interval.high,
          }),
        ]
      : []),
    ...(n === undefined ? [] : [t('metric.n', { n: format.count(n) })]),
  ];
  return (
    <div className={classes.metric} role="group" aria-label={label}>
      <div className={classes.label}>
        <span>{label}</span>
        <InfoTip about={label}>{definition}</InfoTip>
      </div>
      <div>
        <div className={classes.value}>{value ?? <Missing reason={missing ?? t('missing')} />}</div>
        {facts.length > 0 && (
          <div className={classes.facts}>
            {facts.map((fact, at) => (
              <Fragment key={fact}>
                {at > 0 && ' '}
                <span>{fact}</span>
              </Fragment>
            ))}
          </div>
        )}
        {verdict && <div className={`${classes.verdict} ${classes[verdict.tone]}`}>{verdict.text}</div>}
      </div>
    </div>
  );
}

/** Metrics side by side, as many as fit. */
export function MetricRow({ children }: { readonly children: ReactNode }) {
  return <div className={classes.row}>{children}</div>;
}
