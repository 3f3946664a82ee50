import { useTranslation } from 'react-i18next';
import { useFormat } from './format.ts';
import { Missing } from './missing.tsx';
import classes from './probability-bar.module.css';

export interface ProbabilityBarProps {
  readonly home: number | null | undefined;
  readonly draw: number | null | undefined;
  readonly away: number | null | undefined;
  /** Figures under or in the bar; without them they are for hover and screen readers alone. */
  readonly figures?: 'inside' | 'below' | 'none';
  readonly height?: number;
}

const classNames = ['home', 'draw', 'away'] as const;

/** Home win, draw and away win as one bar; the colours, the order and the signs 1 X 2 are the same everywhere. */
export function ProbabilityBar({ home, draw, away, figures = 'inside', height = 20 }: ProbabilityBarProps) {
  const { t } = useTranslation(['components', 'engine']);
  const format = useFormat();
  const values = [home, draw, away];
  if (!values.every((value) => typeof value === 'number')) return <Missing reason={t('missing-forecast')} />;
  const parts = classNames.map((name, at) => ({
    name,
    value: values[at]!,
    sign: t(`engine:labels.sign.${name}`),
    words: t(`engine:labels.words.${name}`),
  }));
  const summary = parts.map((part) => `${part.words} ${format.probability(part.value)}`).join(', ');
  return (
    <div className={classes.whole} role="img" aria-label={summary} title={summary}>
      <div className={classes.bar} style={{ height }}>
        {parts.map((part) => (
          <div
            key={part.name}
            className={`${classes.part} ${classes[part.name]}`}
            style={{ flexGrow: Math.max(part.value, 0.005) }}
          >
            {figures === 'inside' && part.value >= 0.11 && (
              <span className={classes.figure}>
                {format.number(part.value * 100, 0)}
                <span className={classes.unit}>&nbsp;%</span>
              </span>
            )}
          </div>
        ))}
      </div>
      {figures === 'below' && (
        <div className={classes.below} aria-hidden>
          {parts.map((part) => (
            <span key={part.name} className={classes.legend}>
              <span className={`${classes.dot} ${classes[part.name]}`} />
              {`${part.sign} ${format.probability(part.value)}`}
            </span>
          ))}
        </div>
      )}
    </div>
  );
}
