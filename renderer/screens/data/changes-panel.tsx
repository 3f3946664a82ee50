import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/format.ts';
import { QueryState } from '../../components/query-state.tsx';
import { Section } from '../../components/screen.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import { api } from '../../connection/client.ts';
import { queryClient } from '../../connection/query-client.ts';
import { notify } from '../../frame/notify.ts';
import { ToneBadge } from './tone.tsx';

const tones = { open: 'neutral', done: 'good', undone: 'warning' } as const;

/** Imports and merges, each of which can be taken back to the last digit. */
export function ChangesPanel() {
  const { t } = useTranslation('data');
  const format = useFormat();
  const query = useQuery(api.data.changes.queryOptions());
  const undo = useMutation(
    api.data.undo.mutationOptions({
      onSuccess: ({ undone }) => {
        void queryClient.invalidateQueries();
        if (undone) notify.success(t('changes.undone'));
      },
      onError: notify.failure,
    }),
  );
  return (
    <Section title={t('changes.title')} info={t('changes.info')} flush>
      <QueryState
        query={query}
        empty={{
          when: (sets) => sets.length === 0,
          title: t('changes.empty'),
          text: t('changes.empty-text'),
        }}
      >
        {(sets) => (
          <SimpleTable
            caption={t('changes.title')}
            rows={sets}
            rowKey={({ id }) => id}
            columns={[
              {
                key: 'subject',
                title: t('changes.columns.subject'),
                isRowHead: true,
                cell: ({ subject }) => <bdi>{subject}</bdi>,
              },
              {
                key: 'kind',
                title: t('changes.columns.kind'),
                cell: ({ kind }) => t(`changes.kinds.${kind}`),
              },
              { key: 'made', title: t('changes.columns.made'), cell: ({ madeAt }) => format.instant(madeAt) },
              {
                key: 'new',
                title: t('changes.columns.new'),
                align: 'end',
                cell: ({ newMatches }) => format.count(newMatches),
              },
              {
                key: 'changed',
                title: t('changes.columns.changed'),
                definition: t('changes.changed-definition'),
                align: 'end',
                cell: ({ changedRows }) => format.count(changedRows),
              },
              {
                key: 'state',
                title: t('changes.columns.state'),
                cell: ({ state, runId }) =>
                  runId === null ? (
                    <ToneBadge tone={tones[state]} text={t(`changes.states.${state}`)} />
                  ) : (
                    <Link to="/runs/$runId" params={{ runId: String(runId) }}>
                      <ToneBadge tone={tones[state]} text={t(`changes.states.${state}`)} />
                    </Link>
                  ),
              },
              {
                key: 'undo',
                title: t('changes.columns.undo'),
                cell: ({ id, state, subject }) =>
                  state === 'done' && (
                    <Button
                      size="xs"
                      variant="default"
                      loading={undo.isPending && undo.variables.id === id}
                      aria-label={t('changes.undo-named', { subject })}
                      onClick={() => {
                        undo.mutate({ id });
                      }}
                    >
                      {t('changes.undo')}
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
