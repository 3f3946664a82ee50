import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../components/format.ts';
import { QueryState } from '../../../components/query-state.tsx';
import { Section } from '../../../components/screen.tsx';
import { SimpleTable } from '../../../components/simple-table.tsx';
import { api } from '../../../connection/client.ts';

/** To whom the program speaks: the machines, and each call. */
export function PrivacyPanel() {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const [host, setHost] = useState<string>();
  const query = useQuery(api.system.outgoing.queryOptions({ input: { limit: 200, host } }));
  const purpose = (name: string) => t(`outgoing.purposes.${name}`, { defaultValue: name });
  return (
    <QueryState query={query}>
      {({ hosts, calls }) => (
        <>
          <Section title={t('panels.outgoing')} info={t('outgoing.info')} flush>
            <SimpleTable
              caption={t('panels.outgoing')}
              rows={hosts}
              rowKey={(row) => row.host}
              empty={t('outgoing.none')}
              columns={[
                {
                  key: 'host',
                  title: t('outgoing.columns.host'),
                  isRowHead: true,
                  cell: (row) => (
                    <code dir="auto" data-private>
                      {row.host}
                    </code>
                  ),
                },
                {
                  key: 'purposes',
                  title: t('outgoing.columns.purpose'),
                  cell: (row) => format.list(row.purposes.map(purpose)),
                },
                {
                  key: 'calls',
                  title: t('outgoing.columns.calls'),
                  align: 'end',
                  cell: (row) => format.count(row.calls),
                },
                {
                  key: 'failures',
                  title: t('outgoing.columns.failures'),
                  align: 'end',
                  cell: (row) => format.count(row.failures),
                },
                {
                  key: 'last',
                  title: t('outgoing.columns.last'),
                  align: 'end',
                  cell: (row) => format.instant(row.lastAt),
                },
                {
                  key: 'only',
                  title: t('outgoing.columns.calls-of'),
                  align: 'end',
                  cell: (row) => (
                    <Button
                      variant="default"
                      size="compact-xs"
                      aria-pressed={host === row.host}
                      onClick={() => {
                        setHost(host === row.host ? undefined : row.host);
                      }}
                    >
                      {host === row.host ? t('outgoing.all') : t('outgoing.only')}
                    </Button>
                  ),
                },
              ]}
            />
          </Section>
          {calls.length > 0 && (
            <Section title={t('outgoing.log')} note={host} flush>
              <SimpleTable
                caption={t('outgoing.log')}
                isDense
                rows={calls}
                rowKey={({ id }) => id}
                columns={[
                  {
                    key: 'instant',
                    title: t('outgoing.columns.instant'),
                    cell: (call) => format.instant(call.instant),
                  },
                  {
                    key: 'host',
                    title: t('outgoing.columns.host'),
                    isRowHead: true,
                    cell: (call) => (
                      <code dir="auto" data-private>
                        {call.host}
                      </code>
                    ),
                  },
                  {
                    key: 'purpose',
                    title: t('outgoing.columns.purpose'),
                    cell: (call) => purpose(call.purpose),
                  },
                  { key: 'method', title: t('outgoing.columns.method'), cell: (call) => call.method },
                  {
                    key: 'outcome',
                    title: t('outgoing.columns.outcome'),
                    cell: (call) => (call.outcome === 'ok' ? t('outgoing.ok') : call.outcome),
                  },
                  {
                    key: 'bytes',
                    title: t('outgoing.columns.bytes'),
                    align: 'end',
                    cell: (call) => (call.bytes === null ? '–' : format.bytes(call.bytes)),
                  },
                  {
                    key: 'duration',
                    title: t('outgoing.columns.duration'),
                    align: 'end',
                    cell: (call) => format.duration(call.durationMs),
                  },
                ]}
              />
            </Section>
          )}
        </>
      )}
    </QueryState>
  );
}
