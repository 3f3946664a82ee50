import classes from './sparkline.module.css';

export interface SparklineProps {
  readonly values: readonly (number | null)[];
  /** What it shows, with its figures: the line itself is not read out. */
  readonly label: string;
  readonly width?: number;
  readonly height?: number;
  /** Both ends of the scale; those of the values where none are given. */
  readonly range?: readonly [number, number];
}

/** A line the size of a word: how something went, without axes. */
export function Sparkline({ values, label, width = 80, height = 20, range }: SparklineProps) {
  const present = values.filter((value) => value !== null);
  const low = range?.[0] ?? Math.min(...present);
  const high = range?.[1] ?? Math.max(...present);
  const step = (width - 4) / Math.max(1, values.length - 1);
  const y = (value: number) =>
    high > low ? height - 2 - ((value - low) / (high - low)) * (height - 4) : height / 2;
  const path = values
    .map((value, at) => {
      if (value === null) return '';
      const isStart = at === 0 || values[at - 1] === null;
      return `${isStart ? 'M' : 'L'}${(2 + at * step).toFixed(1)} ${y(value).toFixed(1)}`;
    })
    .join('');
  const last = values.findLastIndex((value) => value !== null);
  return (
    <svg
      className={classes.line}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={label}
    >
      <path d={path} />
      {last >= 0 && <circle cx={2 + last * step} cy={y(values[last]!)} r="2" />}
    </svg>
  );
}
