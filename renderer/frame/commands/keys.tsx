import { useTranslation } from 'react-i18next';
import { keyPresses } from './key-text.ts';
import classes from './keys.module.css';

/** A shortcut as keys. */
export function Keys({ shortcut }: { readonly shortcut: string }) {
  const { t } = useTranslation('frame');
  const presses = keyPresses(shortcut);
  return (
    <span className={classes.keys}>
      {presses.map((press, at) => (
        <span key={`${at}-${press}`} className={classes.press}>
          {at > 0 && <span className={classes.then}>{t('keys.then')}</span>}
          <kbd className={classes.key}>{press}</kbd>
        </span>
      ))}
    </span>
  );
}
