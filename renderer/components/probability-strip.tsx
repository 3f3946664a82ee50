import type { ReactNode } from 'react';
import classes from './probability-bar.module.css';

export interface ProbabilityStripProps {
  /** Home win, draw and away win. */
  readonly shares: readonly [home: number, draw: number, away: number];
  readonly height: number;
  /** What stands in a part that has room for it. */
  readonly figure: ((share: number) => ReactNode) | undefined;
  /** The three probabilities in words, where nothing around the strip says them. */
  readonly summary?: string;
}

const names = ['home', 'draw', 'away'] as const;

/** The coloured parts alone: no texts of its own and no state, since a grid draws them by the hundred. */
export function ProbabilityStrip({ shares, height, figure, summary }: ProbabilityStripProps) {
  return (
    <div
      className={classes.bar}
      style={{ height }}
      {...(summary === undefined ? {} : { role: 'img', 'aria-label': summary, title: summary })}
    >
      {names.map((name, at) => {
        const share = shares[at]!;
        return (
          <div
            key={name}
            className={`${classes.part} ${classes[name]}`}
            style={{ flexGrow: Math.max(share, 0.005) }}
          >
            {share >= 0.11 && figure?.(share)}
          </div>
        );
      })}
    </div>
  );
}
