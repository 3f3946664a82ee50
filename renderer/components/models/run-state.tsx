import { useTranslation } from 'react-i18next';
import classes from './models.module.css';

const signs = {
  running: '▶',
  done: '✓',
  failed: '✕',
  cancelled: '■',
  interrupted: '‖',
  queued: '…',
} as const;
const tones = {
  running: undefined,
  done: 'good',
  failed: 'bad',
  cancelled: 'quiet',
  interrupted: 'warn',
  queued: 'quiet',
} as const;

/** How a run or a study stands: a sign and a word, never a colour alone. */
export function RunState({ state }: { readonly state: keyof typeof signs }) {
  const { t } = useTranslation('engine');
  const tone = tones[state];
  return (
    <span className={tone === undefined ? classes.badge : `${classes.badge} ${classes[tone]}`}>
      <span aria-hidden>{signs[state]}</span>
      {t(`cli.states.${state}`)}
    </span>
  );
}
