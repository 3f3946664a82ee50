import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RunState } from '../../../engine/contract/runs.ts';
import { stateColours, stateSigns } from '../../frame/runs/run-words.ts';

/** A run's state in a word, with its sign. */
export function RunStateBadge({ state }: { readonly state: RunState }) {
  const { t } = useTranslation('frame');
  return (
    <Badge
      variant="light"
      color={stateColours[state]}
      tt="none"
      radius="sm"
      leftSection={<span aria-hidden>{stateSigns[state]}</span>}
      styles={{ label: { color: 'var(--ax-text)' }, section: { color: 'var(--ax-muted)' } }}
    >
      {t(`run-states.${state}`)}
    </Badge>
  );
}
