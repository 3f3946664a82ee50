import { useTranslation } from 'react-i18next';
import type { Level } from '../../../engine/contract/monitoring.ts';
import classes from './monitoring.module.css';

/** How bad it is, by a sign and a word as well as a colour. */
const signs = { good: '✓', warning: '▲', critical: '■', unknown: '·' } as const satisfies Record<
  Level,
  string
>;

export function LevelMark({ level }: { readonly level: Level }) {
  const { t } = useTranslation('monitoring');
  return (
    <span className={classes.level} data-level={level}>
      <span aria-hidden>{signs[level]}</span> {t(`levels.${level}`)}
    </span>
  );
}
