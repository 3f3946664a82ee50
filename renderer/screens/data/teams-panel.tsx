import { Button, Group } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SimilarTeams } from '../../../engine/contract/data.ts';
import { useFormat } from '../../components/format.ts';
import { QueryState } from '../../components/query-state.tsx';
import { Section } from '../../components/screen.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import { api, client } from '../../connection/client.ts';
import { queryClient } from '../../connection/query-client.ts';
import { notify } from '../../frame/notify.ts';
import { UnresolvedName } from './unresolved-name.tsx';
import classes from './data.module.css';

/** Names that wait for an answer, and teams that may be one. */
export function TeamsPanel() {
  return (
    <div className={classes.stack}>
      <UnresolvedNames />
      <SimilarNames />
    </div>
  );
}

function UnresolvedNames() {
  const { t } = useTranslation('data');
  const query = useQuery(api.teams.unresolved.queryOptions());
  return (
    <Section title={t('teams.title')} info={t('teams.info')} flush>
      <QueryState
        query={query}
        empty={{ when: (names) => names.length === 0, title: t('teams.empty'), text: t('teams.empty-text') }}
      >
        {(names) => (
          <ul className={classes.names}>
            {names.map((name) => (
              <UnresolvedName
                key={`${name.source} ${name.sport} ${name.country} ${name.name}`}
                unresolved={name}
              />
            ))}
          </ul>
        )}
      </QueryState>
    </Section>
  );
}

function SimilarNames() {
  const { t } = useTranslation('data');
  const format = useFormat();
  const query = useQuery(api.data.similarTeams.queryOptions());
  const merge = useMutation({
    mutationFn: ({ keep, other }: SimilarTeams) => client.data.mergeTeams({ keep: keep.id, other: other.id }),
    onSuccess: ({ changeSetId }, { keep, other }) => {
      void queryClient.invalidateQueries();
      notify.undo(t('similar.merged', { keep: keep.name, other: other.name }), async () => {
        await client.data.undo({ id: changeSetId });
        await queryClient.invalidateQueries();
      });
    },
    onError: notify.failure,
  });
  const team = ({ name, matches }: SimilarTeams['keep']) => (
    <>
      <bdi>{name}</bdi>{' '}
      <span className={classes.muted}>
        {t('similar.matches', { count: matches, n: format.count(matches) })}
      </span>
    </>
  );
  return (
    <Section title={t('similar.title')} info={t('similar.info')} flush>
      <QueryState query={query} empty={{ when: (pairs) => pairs.length === 0, title: t('similar.empty') }}>
        {(pairs) => (
          <SimpleTable
            caption={t('similar.title')}
            rows={pairs}
            rowKey={({ keep, other }) => `${keep.id} ${other.id}`}
            columns={[
              {
                key: 'keep',
                title: t('similar.columns.keep'),
                isRowHead: true,
                cell: ({ keep }) => team(keep),
              },
              { key: 'other', title: t('similar.columns.other'), cell: ({ other }) => team(other) },
              { key: 'country', title: t('similar.columns.country'), cell: ({ country }) => country },
              {
                key: 'score',
                title: t('similar.columns.score'),
                definition: t('similar.score-definition'),
                align: 'end',
                cell: ({ score }) => format.percent(score, 0),
              },
              {
                key: 'merge',
                title: t('similar.columns.merge'),
                cell: (pair) => (
                  <Group gap="xs">
                    <Button
                      size="xs"
                      variant="default"
                      loading={merge.isPending && merge.variables === pair}
                      aria-label={t('similar.merge-named', { keep: pair.keep.name, other: pair.other.name })}
                      onClick={() => {
                        merge.mutate(pair);
                      }}
                    >
                      {t('similar.merge')}
                    </Button>
                  </Group>
                ),
              },
            ]}
          />
        )}
      </QueryState>
    </Section>
  );
}
