import { useTranslation } from 'react-i18next';
import { useFormat } from './format.ts';
import { Missing } from './missing.tsx';
import classes from './marks.module.css';

export interface SetBadgeProps {
  /** Bits of the set: 1 home win, 2 draw, 4 away win; null when the window is too short. */
  readonly set: number | null | undefined;
  /** Promised coverage, such as 0.8. */
  readonly level?: number;
}

const bits = [1, 2, 4] as const;
const names = ['home', 'draw', 'away'] as const;

/** The outcomes that a conformal set keeps, as signs in their places, with the meaning in words. */
export function SetBadge({ set, level = 0.8 }: SetBadgeProps) {
  const { t } = useTranslation(['components', 'engine']);
  const format = useFormat();
  if (set === null || set === undefined) return <Missing reason={t('engine:labels.set-words.not-enough')} />;
  const words = t('set.meaning', {
    words: t(`engine:labels.set-words.${set}`),
    level: format.percent(level, 0),
  });
  return (
    <span className={classes.set} role="img" aria-label={words} title={words}>
      {names.map((name, at) => {
        const isIn = (set & bits[at]!) !== 0;
        return (
          <span key={name} className={isIn ? `${classes.sign} ${classes[name]}` : classes.sign}>
            {isIn ? t(`engine:labels.sign.${name}`) : '·'}
          </span>
        );
      })}
    </span>
  );
}
