import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DraftState } from './drafts.ts';
import classes from './draft-note.module.css';

/** Says that a form holds what had been entered before, and offers an empty one. */
export function DraftNote({ draft }: { readonly draft: Pick<DraftState<object>, 'isRestored' | 'clear'> }) {
  const { t } = useTranslation('frame');
  if (!draft.isRestored) return null;
  return (
    <p className={classes.note} role="status">
      {t('draft.restored')}
      <Button variant="subtle" size="compact-xs" onClick={draft.clear}>
        {t('draft.clear')}
      </Button>
    </p>
  );
}
