import { Button, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/empty-state.tsx';

/** Nothing is held yet: where matches come from. */
export function NoMatches() {
  const { t } = useTranslation('matches');
  return (
    <EmptyState
      title={t('none.title')}
      text={t('none.text')}
      action={
        <Group gap="xs">
          <Button component={Link} to="/welcome" size="xs">
            {t('none.sample')}
          </Button>
          <Button component={Link} to="/data" size="xs" variant="default">
            {t('none.data')}
          </Button>
        </Group>
      }
    />
  );
}
