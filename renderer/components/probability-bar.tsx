import { useTranslation } from 'react-i18next';
import { useFormat } from './format.ts';
import { Missing } from './missing.tsx';
import { probabilitySummary } from './probability-summary.ts';
import { ProbabilityStrip } from './probability-strip.tsx';
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
  if (home == null || draw == null || away == null) return <Missing reason={t('missing-forecast')} />;
  const shares = [home, draw, away] as const;
  const summary = probabilitySummary(shares, { t, format });
  return (
    <div className={classes.whole} role="img" aria-label={summary} title={summary}>
      <ProbabilityStrip
        shares={shares}
        height={height}
        figure={
          figures === 'inside'
            ? (share) => (
                <span>
                  {format.number(share * 100, 0)}
                  <span className={classes.unit}>
                    {format.preferences.language === 'ru' ? '\u00a0%' : '%'}
                  </span>
                </span>
              )
            : undefined
        }
      />
      {figures === 'below' && (
        <div className={classes.below} aria-hidden>
          {classNames.map((name, at) => (
            <span key={name} className={classes.legend}>
              <span className={`${classes.dot} ${classes[name]}`} />
              {`${t(`engine:labels.sign.${name}`)} ${format.probability(shares[at])}`}
            </span>
          ))}
        </div>
      )}
    </div>
  );
}
