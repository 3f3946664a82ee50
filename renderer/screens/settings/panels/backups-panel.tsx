import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../components/format.ts';
import { QueryState } from '../../../components/query-state.tsx';
import { Section } from '../../../components/screen.tsx';
import { SimpleTable } from '../../../components/simple-table.tsx';
import { api } from '../../../connection/client.ts';
import { queryClient } from '../../../connection/query-client.ts';
import { notify } from '../../../frame/notify.ts';
import classes from '../settings.module.css';

/** Copies of the database: made, listed, put back. */
export function BackupsPanel() {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const query = useQuery(api.recovery.status.queryOptions());
  // Putting one back ends runs and cannot be taken back by a key, so it is asked for twice.
  const [asked, setAsked] = useState<string>();
  const onError = (error: Error) => {
    notify.failure(error);
  };
  const refresh = () => queryClient.invalidateQueries();
  const make = useMutation(
    api.system.backup.mutationOptions({
      onSuccess: async ({ bytes }) => {
        await refresh();
        notify.success(t('backups.made', { size: format.bytes(bytes) }));
      },
      onError,
    }),
  );
  const restore = useMutation(
    api.recovery.restore.mutationOptions({
      onSuccess: async ({ setAside }) => {
        setAsked(undefined);
        await refresh();
        notify.success(
          setAside === null ? t('backups.restored') : t('backups.restored-aside', { file: setAside }),
        );
      },
      onError,
    }),
  );
  return (
    <Section
      title={t('panels.backups')}
      info={t('backups.info')}
      flush
      actions={
        <Button
          loading={make.isPending}
          onClick={() => {
            make.mutate({});
          }}
        >
          {t('backups.make')}
        </Button>
      }
    >
      <QueryState
        query={query}
        empty={{
          when: ({ backups }) => backups.length === 0,
          title: t('backups.none'),
          text: t('backups.none-text'),
        }}
      >
        {({ backups }) => (
          <SimpleTable
            caption={t('panels.backups')}
            rows={backups}
            rowKey={({ name }) => name}
            columns={[
              {
                key: 'made',
                title: t('backups.columns.made'),
                isRowHead: true,
                cell: ({ createdAt }) => format.instant(createdAt),
              },
              {
                key: 'reason',
                title: t('backups.columns.reason'),
                cell: ({ reason }) => {
                  // Before the tables of the database take another form, a copy is made under that form's number.
                  const [, version] = /^before-(\d+)$/.exec(reason) ?? [];
                  return version === undefined
                    ? t(`backups.reasons.${reason}`, { defaultValue: reason })
                    : t('backups.before-migration', { version: Number(version) });
                },
              },
              {
                key: 'size',
                title: t('backups.columns.size'),
                align: 'end',
                cell: ({ bytes }) => format.bytes(bytes),
              },
              {
                key: 'version',
                title: t('backups.columns.version'),
                align: 'end',
                cell: ({ applicationVersion }) => applicationVersion,
              },
              {
                key: 'actions',
                title: t('backups.columns.actions'),
                align: 'end',
                cell: ({ name }) =>
                  asked === name ? (
                    <span className={classes.row}>
                      <span className={classes.note}>{t('backups.sure')}</span>
                      <Button
                        color="red"
                        size="compact-xs"
                        loading={restore.isPending}
                        onClick={() => {
                          restore.mutate({ name });
                        }}
                      >
                        {t('backups.restore')}
                      </Button>
                      <Button
                        variant="default"
                        size="compact-xs"
                        onClick={() => {
                          setAsked(undefined);
                        }}
                      >
                        {t('cancel')}
                      </Button>
                    </span>
                  ) : (
                    <Button
                      variant="default"
                      size="compact-xs"
                      onClick={() => {
                        setAsked(name);
                      }}
                    >
                      {t('backups.restore')}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </QueryState>
    </Section>
  );
}
