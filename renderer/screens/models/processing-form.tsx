import { useTranslation } from 'react-i18next';
import type { Work } from '../../components/work/use-work.ts';
import { StartButton } from './form-parts.tsx';
import classes from '../../components/models/models.module.css';

/** Trains whatever is not trained yet for the data as they are; what is, is kept. */
export function ProcessingForm({ work }: { readonly work: Work }) {
  const { t } = useTranslation('models');
  return (
    <form
      className={classes.content}
      onSubmit={(event) => {
        event.preventDefault();
        work.start({});
      }}
    >
      <p className={classes.note}>{t('train.processing-note')}</p>
      <StartButton work={work} label={t('train.start-processing')} />
    </form>
  );
}
