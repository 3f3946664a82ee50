import { Button, Code } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { BackupEntry } from '../../../engine/contract/recovery.ts';
import type { ErrorCode } from '../../../engine/contract/errors.ts';
import { Screen, Section } from '../../components/screen.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import { useFormat } from '../../components/format.ts';
import { api } from '../../connection/client.ts';
import { notify } from '../../frame/notify.ts';
import { Rescue } from './rescue.tsx';
import classes from './recovery.module.css';

export interface RecoveryStatus {
  readonly problem: {
    readonly code: ErrorCode;
    readonly message: string;
    readonly detail: Readonly<Record<string, unknown>>;
  };
  readonly database: string;
  readonly bytes: number;
  readonly backups: readonly BackupEntry[];
}

/** What can be done when the database cannot be used: a backup in its place, or saving what can be read. */
export function RecoveryScreen({ status }: { readonly status: RecoveryStatus }) {
  const { t } = useTranslation('recovery');
  const { problem, database, bytes } = status;
  const format = useFormat();
  const queries = useQueryClient();
  const again = () => {
    void queries.resetQueries();
  };
  const restore = useMutation(
    api.recovery.restore.mutationOptions({
      onSuccess: ({ setAside }) => {
        notify.success(setAside === null ? t('restored') : t('restored-aside', { path: setAside }));
        again();
      },
      onError: notify.failure,
    }),
  );
  const isDamaged = problem.code === 'DATABASE_CORRUPT';
  return (
    <main className={classes.page}>
      <Screen
        title={t(isDamaged ? 'title' : 'title-newer')}
        subtitle={t(isDamaged ? 'subtitle' : 'subtitle-newer')}
        actions={
          <Button variant="default" onClick={again}>
            {t('again')}
          </Button>
        }
      >
        <Section title={t('finding')}>
          <p className={classes.text} role="alert">
            {t(`engine:errors.${problem.code}`)}
          </p>
          <dl className={classes.facts}>
            <dt>{t('file')}</dt>
            <dd>
              <Code>{database}</Code>
            </dd>
            <dt>{t('size')}</dt>
            <dd>{format.bytes(bytes)}</dd>
            <dt>{t('reason')}</dt>
            <dd>{typeof problem.detail.reason === 'string' ? problem.detail.reason : problem.message}</dd>
          </dl>
        </Section>
        <Section title={t('backups')} note={t('backups-note')} flush={status.backups.length > 0}>
          {status.backups.length === 0 ? (
            <p className={classes.text}>{t('no-backups')}</p>
          ) : (
            <SimpleTable
              caption={t('backups')}
              rows={status.backups}
              rowKey={({ name }) => name}
              columns={[
                {
                  key: 'made',
                  title: t('made'),
                  isRowHead: true,
                  cell: ({ createdAt }) => format.instant(createdAt),
                },
                { key: 'reason', title: t('occasion'), cell: ({ reason }) => occasion(reason, t) },
                {
                  key: 'size',
                  title: t('size'),
                  align: 'end',
                  cell: (backup) => format.bytes(backup.bytes),
                },
                { key: 'version', title: t('version'), cell: ({ applicationVersion }) => applicationVersion },
                {
                  key: 'restore',
                  title: t('action'),
                  align: 'end',
                  cell: ({ name, createdAt }, at) => (
                    <Button
                      size="xs"
                      variant={at === 0 ? 'filled' : 'default'}
                      loading={restore.isPending && restore.variables.name === name}
                      disabled={restore.isPending}
                      aria-label={t('restore-of', { made: format.instant(createdAt) })}
                      onClick={() => {
                        restore.mutate({ name });
                      }}
                    >
                      {t('restore')}
                    </Button>
                  ),
                },
              ]}
            />
          )}
        </Section>
        {isDamaged && <Rescue />}
      </Screen>
    </main>
  );
}

function occasion(reason: string, t: (key: string) => string): string {
  if (reason.startsWith('before-')) return t('occasion-migration');
  return reason === 'manual' ? t('occasion-manual') : reason;
}
