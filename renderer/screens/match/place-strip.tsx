import classes from './match.module.css';

export interface PlaceStripProps {
  readonly value: number | null;
  /** At 5, 25, 50, 75 and 95 %. */
  readonly quantiles: readonly [number, number, number, number, number];
  readonly side: 'home' | 'away' | 'value';
  /** What it shows, in words with figures. */
  readonly label: string;
}

const width = 160;
const height = 20;
const edge = 8;

/** Where a value lies in its league: the middle half as a box, 5 to 95 % as a line, the median as a tick. */
export function PlaceStrip({ value, quantiles, side, label }: PlaceStripProps) {
  const [low, , , , high] = quantiles;
  const from = Math.min(low, value ?? low);
  const until = Math.max(high, value ?? high);
  const x = (one: number) =>
    until > from ? edge + ((one - from) / (until - from)) * (width - 2 * edge) : width / 2;
  const [q05, q25, q50, q75, q95] = quantiles.map(x) as [number, number, number, number, number];
  const middle = height / 2;
  return (
    <svg className={classes.place} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <title>{label}</title>
      <line className={classes.placeLine} x1={q05} x2={q95} y1={middle} y2={middle} />
      <rect
        className={classes.placeBox}
        x={q25}
        width={Math.max(2, q75 - q25)}
        y={middle - 5}
        height="10"
        rx="2"
      />
      <line className={classes.placeMedian} x1={q50} x2={q50} y1={middle - 6} y2={middle + 6} />
      {value !== null &&
        (side === 'away' ? (
          <path
            className={classes.placeDot}
            data-side={side}
            d={`M${x(value)} ${middle - 6}l6 6l-6 6l-6 -6z`}
          />
        ) : (
          <circle className={classes.placeDot} data-side={side} cx={x(value)} cy={middle} r="5" />
        ))}
    </svg>
  );
}
