import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { FormMatch } from '../../engine/contract/championship.ts';
import { useFormat } from './format.ts';
import classes from './form-dots.module.css';

/** The last matches as letters, newest last; each opens its match. */
export function FormDots({ form }: { readonly form: readonly FormMatch[] }) {
  const { t } = useTranslation('match-table');
  const format = useFormat();
  return (
    <span className={classes.form}>
      {form.map((one) => {
        const words = t('form.words', {
          result: t(`form.${one.result}.words`),
          venue: t(one.isHome ? 'form.home' : 'form.away'),
          opponent: one.opponent,
          score: one.score,
          day: format.day(one.day),
        });
        return (
          <Link
            key={one.matchId}
            to="/match/$matchId"
            params={{ matchId: String(one.matchId) }}
            className={classes.formDot ?? ''}
            data-result={one.result}
            title={words}
            aria-label={words}
          >
            {t(`form.${one.result}.sign`)}
          </Link>
        );
      })}
    </span>
  );
}
