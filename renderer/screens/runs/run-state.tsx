import { useTranslation } from 'react-i18next';
import type { RunState } from '../../../engine/contract/runs.ts';
import { stateSigns } from '../../frame/runs/run-words.ts';
import classes from './runs.module.css';

/** A run's state in a word, with its sign. */
export function RunStateBadge({ state }: { readonly state: RunState }) {
  const { t } = useTranslation('frame');
  return (
    <span className={classes.state} data-state={state}>
      <span aria-hidden>{stateSigns[state]}</span>
      {t(`run-states.${state}`)}
    </span>
  );
}
