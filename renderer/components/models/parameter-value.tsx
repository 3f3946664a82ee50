import { useTranslation } from 'react-i18next';
import { useFormat } from '../format.ts';
import { Missing } from '../missing.tsx';
import classes from './models.module.css';

/** A parameter of any kind: numbers with what digits they need, everything else as it is. */
export function ParameterValue({ value }: { readonly value: unknown }) {
  const { t } = useTranslation('models');
  const format = useFormat();
  if (value === null || value === undefined) return <Missing reason={t('comparison.none')} />;
  if (typeof value === 'boolean') return <>{t(value ? 'comparison.yes' : 'comparison.no')}</>;
  if (typeof value === 'number') {
    if (Number.isInteger(value)) return <>{format.count(value)}</>;
    return <>{format.significant(value)}</>;
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return (
    <span className={classes.value} dir="auto" title={text}>
      {text.length > 80 ? `${text.slice(0, 79)}…` : text}
    </span>
  );
}
