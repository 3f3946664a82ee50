import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/empty-state.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import { api, client } from '../../connection/client.ts';
import { notify } from '../../frame/notify.ts';
import classes from './forecasts.module.css';

/** Sends what was published for a day to every channel; each document arrives once, however often this is pressed. */
export function SendMenu({ day }: { readonly day?: string | undefined }) {
  const { t } = useTranslation('forecasts');
  const [isOpen, open] = useDisclosure(false);
  const queries = useQueryClient();
  const channels = useQuery(api.channels.list.queryOptions({ enabled: isOpen }));
  const sending = useMutation({
    mutationFn: () => client.channels.send(day === undefined ? {} : { day }),
    onSuccess: ({ queued, sent, delayed, uncertain, dead }) => {
      open.close();
      void queries.invalidateQueries({ queryKey: api.channels.key() });
      if (queued === 0 && sent === 0) notify.info(t('send.nothing'));
      else if (dead + uncertain + delayed > 0)
        notify.warning(t('send.partly', { sent, waiting: delayed, trouble: dead + uncertain }));
      else notify.success(t('send.done', { count: sent }));
    },
    onError: notify.failure,
  });
  return (
    <>
      <Button variant="default" size="xs" onClick={open.open}>
        {t('send.open')}
      </Button>
      <Modal opened={isOpen} onClose={open.close} title={t('send.title')} size="lg">
        <p className={classes.paragraph}>{t(day === undefined ? 'send.today' : 'send.day', { day })}</p>
        <QueryState query={channels} height={120}>
          {(rows) =>
            rows.length === 0 ? (
              <EmptyState
                title={t('send.none.title')}
                text={t('send.none.text')}
                action={
                  <Button component={Link} to="/settings" variant="default" size="xs">
                    {t('send.none.action')}
                  </Button>
                }
              />
            ) : (
              <>
                <SimpleTable
                  caption={t('send.channels')}
                  isDense
                  rows={rows}
                  rowKey={({ name }) => name}
                  columns={[
                    { key: 'name', title: t('send.name'), isRowHead: true, cell: ({ name }) => name },
                    { key: 'kind', title: t('send.kind'), cell: ({ kind }) => t(`send.kinds.${kind}`, kind) },
                  ]}
                />
                <Button
                  mt="md"
                  size="sm"
                  loading={sending.isPending}
                  onClick={() => {
                    sending.mutate();
                  }}
                >
                  {t('send.send')}
                </Button>
              </>
            )
          }
        </QueryState>
      </Modal>
    </>
  );
}
