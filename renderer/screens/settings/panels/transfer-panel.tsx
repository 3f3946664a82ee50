import { Button, FileButton } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { saveFile } from '../../../components/save-file.ts';
import { Section } from '../../../components/screen.tsx';
import { SimpleTable } from '../../../components/simple-table.tsx';
import { api, client } from '../../../connection/client.ts';
import { queryClient } from '../../../connection/query-client.ts';
import { notify } from '../../../frame/notify.ts';
import classes from '../settings.module.css';

/** Settings as a file: out, and in again after a look at what would change. */
export function TransferPanel() {
  const { t } = useTranslation('settings');
  const [text, setText] = useState<string>();
  const onError = (error: Error) => {
    notify.failure(error);
  };
  const look = useMutation(api.settings.import.mutationOptions({ onError }));
  const take = useMutation(
    api.settings.import.mutationOptions({
      onSuccess: async ({ changes }) => {
        setText(undefined);
        look.reset();
        await queryClient.invalidateQueries();
        notify.success(t('transfer.taken', { count: changes.length }));
      },
      onError,
    }),
  );
  const found = look.data;
  return (
    <Section title={t('panels.transfer')} info={t('transfer.info')}>
      <div className={`${classes.row} ${classes.start}`}>
        <Button
          variant="default"
          onClick={() => {
            void client.settings.export().then((file) => {
              const json = `${JSON.stringify(file, null, 2)}\n`;
              saveFile('auspex-settings.json', new Blob([json], { type: 'application/json' }));
            }, onError);
          }}
        >
          {t('transfer.export')}
        </Button>
        <FileButton
          accept="application/json,.json"
          onChange={(file) => {
            void file?.text().then((content) => {
              setText(content);
              look.mutate({ text: content, isDryRun: true });
            });
          }}
        >
          {(props) => (
            <Button variant="default" {...props}>
              {t('transfer.import')}
            </Button>
          )}
        </FileButton>
      </div>
      {found && text !== undefined && (
        <div className={classes.form}>
          {found.problems.map(({ key, message }) => (
            <p key={key} className={classes.problem} role="alert">
              <code>{key}</code> <span dir="auto">{message}</span>
            </p>
          ))}
          <SimpleTable
            caption={t('transfer.changes')}
            rows={found.changes}
            rowKey={({ key }) => key}
            empty={t('transfer.nothing')}
            columns={[
              {
                key: 'key',
                title: t('transfer.setting'),
                isRowHead: true,
                cell: ({ key }) => t(`keys.${key}.label`, { defaultValue: key }),
              },
              { key: 'before', title: t('transfer.before'), cell: ({ before }) => String(before) },
              { key: 'after', title: t('transfer.after'), cell: ({ after }) => String(after) },
            ]}
          />
          <div className={classes.row}>
            <Button
              variant="default"
              onClick={() => {
                setText(undefined);
                look.reset();
              }}
            >
              {t('cancel')}
            </Button>
            <Button
              disabled={found.problems.length > 0 || found.changes.length === 0}
              loading={take.isPending}
              onClick={() => {
                take.mutate({ text, isDryRun: false });
              }}
            >
              {t('transfer.take')}
            </Button>
          </div>
        </div>
      )}
    </Section>
  );
}
