import { Button, Group, Modal, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { goToStep, leaveTour, tourSteps, useTour } from './tour-state.ts';

/** A walk through the workstation in a few sentences; it can be left at any time and begun again from the palette. */
export function Tour() {
  const { t } = useTranslation('frame');
  const step = useTour((state) => state.step);
  const name = tourSteps[step ?? 0] ?? 'rail';
  const at = (step ?? 0) + 1;
  return (
    <Modal
      opened={step !== undefined}
      onClose={leaveTour}
      title={t(`tour.${name}.title`)}
      closeButtonProps={{ 'aria-label': t('tour.leave') }}
    >
      <Text size="sm" mih={88}>
        {t(`tour.${name}.text`)}
      </Text>
      <Group justify="space-between" mt="md">
        <Text size="xs" c="dimmed">
          {t('tour.at', { at, of: tourSteps.length })}
        </Text>
        <Group gap="xs">
          <Button variant="subtle" onClick={leaveTour}>
            {t('tour.leave')}
          </Button>
          <Button
            variant="default"
            disabled={at === 1}
            onClick={() => {
              goToStep(at - 2);
            }}
          >
            {t('tour.previous')}
          </Button>
          <Button
            data-autofocus
            onClick={() => {
              goToStep(at);
            }}
          >
            {at === tourSteps.length ? t('tour.finish') : t('tour.next')}
          </Button>
        </Group>
      </Group>
    </Modal>
  );
}
