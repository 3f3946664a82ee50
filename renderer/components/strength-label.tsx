import { useTranslation } from 'react-i18next';
import type { Strength } from '../../engine/contract/explanation.ts';
import classes from './marks.module.css';

const steps: readonly Strength[] = ['weak', 'moderate', 'strong'];

/** How strong something is, in a word and in filled bars; never by colour alone. */
export function StrengthLabel({ strength }: { readonly strength: Strength }) {
  const { t } = useTranslation('components');
  const filled = steps.indexOf(strength) + 1;
  return (
    <span className={classes.strength}>
      <span className={classes.steps} aria-hidden>
        {steps.map((name, at) => (
          <span key={name} className={at < filled ? `${classes.step} ${classes.filled}` : classes.step} />
        ))}
      </span>
      {t(`strength.${strength}`)}
    </span>
  );
}
