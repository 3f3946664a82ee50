import { Anchor, Button, Code, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Notice } from './notices.ts';

/** What a toast shows: a sentence, the way to more, and for a failure what a report needs. */
export function Toast(props: {
  readonly kind: Notice['kind'];
  readonly text: string;
  readonly report?: string;
  readonly address?: string | undefined;
}) {
  const { t } = useTranslation('frame');
  const [isOpen, setOpen] = useState(false);
  const { report, address } = props;
  return (
    <Stack gap={6} role={props.kind === 'error' ? 'alert' : 'status'}>
      <Text size="sm">{props.text}</Text>
      {address !== undefined && (
        <Anchor size="sm" href={`#${address}`}>
          {t('notices.open')}
        </Anchor>
      )}
      {report !== undefined && (
        <Group gap="xs">
          <Button
            variant="default"
            size="compact-xs"
            aria-expanded={isOpen}
            onClick={() => {
              setOpen(!isOpen);
            }}
          >
            {t('notices.details')}
          </Button>
          <Button
            variant="default"
            size="compact-xs"
            onClick={() => {
              void navigator.clipboard.writeText(report);
            }}
          >
            {t('notices.copy-report')}
          </Button>
        </Group>
      )}
      {isOpen && report !== undefined && (
        <Code block className="notice-report">
          {report}
        </Code>
      )}
    </Stack>
  );
}

/** What a toast shows after something was done that can be taken back. */
export function UndoToast(props: { readonly text: string; readonly onUndo: () => void }) {
  const { t } = useTranslation('frame');
  return (
    <Group justify="space-between" wrap="nowrap" role="status">
      <Text size="sm">{props.text}</Text>
      <Button variant="light" onClick={props.onUndo}>
        {t('undo.do')}
      </Button>
    </Group>
  );
}
