import classes from './marks.module.css';

export interface SetSignsProps {
  /** Bits of the set: 1 home win, 2 draw, 4 away win. */
  readonly set: number;
  /** The meaning in words, on hover and for screen readers. */
  readonly words: string;
  readonly sign: (name: 'home' | 'draw' | 'away') => string;
}

const names = ['home', 'draw', 'away'] as const;

/** The outcomes that a conformal set keeps, as signs in their places. */
export function SetSigns({ set, words, sign }: SetSignsProps) {
  return (
    <span className={classes.set} role="img" aria-label={words} title={words}>
      {names.map((name, at) => {
        const isIn = (set & (1 << at)) !== 0;
        return (
          <span key={name} className={isIn ? `${classes.sign} ${classes[name]}` : classes.sign}>
            {isIn ? sign(name) : '·'}
          </span>
        );
      })}
    </span>
  );
}
