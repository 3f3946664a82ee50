import { Badge, Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../components/format.ts';
import { QueryState } from '../../../components/query-state.tsx';
import { Section } from '../../../components/screen.tsx';
import { SimpleTable } from '../../../components/simple-table.tsx';
import { api } from '../../../connection/client.ts';
import { queryClient } from '../../../connection/query-client.ts';
import { notify } from '../../../frame/notify.ts';
import classes from '../settings.module.css';

const colours = { pending: 'gray', sent: 'teal', uncertain: 'yellow', dead: 'red' } as const;

/** What was sent, what waits, and what nobody can be sure of. */
export function OutboxPanel() {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const query = useQuery(api.channels.outbox.queryOptions({ input: { limit: 100 } }));
  const options = {
    onSuccess: () => queryClient.invalidateQueries(),
    onError: (error: Error) => {
      notify.failure(error);
    },
  };
  const revive = useMutation(api.channels.revive.mutationOptions(options));
  const confirm = useMutation(api.channels.confirm.mutationOptions(options));
  const send = useMutation(
    api.channels.send.mutationOptions({
      ...options,
      onSuccess: async ({ sent, queued, dead }) => {
        await queryClient.invalidateQueries();
        notify.success(t('outbox.sent', { sent, queued, dead }));
      },
    }),
  );
  return (
    <Section
      title={t('panels.outbox')}
      info={t('outbox.info')}
      flush
      actions={
        <Button
          variant="default"
          loading={send.isPending}
          onClick={() => {
            send.mutate({});
          }}
        >
          {t('outbox.send')}
        </Button>
      }
    >
      <QueryState
        query={query}
        empty={{ when: (items) => items.length === 0, title: t('outbox.none'), text: t('outbox.none-text') }}
      >
        {(items) => (
          <SimpleTable
            caption={t('panels.outbox')}
            isDense
            rows={items}
            rowKey={({ id }) => id}
            columns={[
              {
                key: 'document',
                title: t('outbox.columns.document'),
                isRowHead: true,
                cell: ({ document }) => document,
              },
              { key: 'channel', title: t('outbox.columns.channel'), cell: ({ channel }) => channel },
              {
                key: 'state',
                title: t('outbox.columns.state'),
                cell: ({ state }) => (
                  <Badge
                    variant="light"
                    color={colours[state]}
                    tt="none"
                    styles={{ label: { color: 'var(--ax-text)' } }}
                  >
                    {t(`outbox.states.${state}`)}
                  </Badge>
                ),
              },
              {
                key: 'attempts',
                title: t('outbox.columns.attempts'),
                align: 'end',
                cell: ({ attempts }) => format.count(attempts),
              },
              {
                key: 'when',
                title: t('outbox.columns.when'),
                align: 'end',
                cell: ({ settledAt, dueAt }) => format.instant(settledAt ?? dueAt),
              },
              {
                key: 'problem',
                title: t('outbox.columns.problem'),
                cell: ({ problem }) => (
                  <span dir="auto" data-private>
                    {problem}
                  </span>
                ),
              },
              {
                key: 'actions',
                title: t('outbox.columns.actions'),
                align: 'end',
                cell: ({ id, state }) =>
                  (state === 'dead' || state === 'uncertain') && (
                    <span className={classes.row}>
                      <Button
                        variant="default"
                        size="compact-xs"
                        onClick={() => {
                          revive.mutate({ id });
                        }}
                      >
                        {t('outbox.revive')}
                      </Button>
                      {state === 'uncertain' && (
                        <Button
                          variant="default"
                          size="compact-xs"
                          onClick={() => {
                            confirm.mutate({ id });
                          }}
                        >
                          {t('outbox.confirm')}
                        </Button>
                      )}
                    </span>
                  ),
              },
            ]}
          />
        )}
      </QueryState>
    </Section>
  );
}
