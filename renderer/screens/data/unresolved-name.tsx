import { Autocomplete, Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sports } from '../../../engine/contract/domain.ts';
import { useFormat } from '../../components/format.ts';
import { api, client } from '../../connection/client.ts';
import { queryClient } from '../../connection/query-client.ts';
import { notify } from '../../frame/notify.ts';
import classes from './data.module.css';

export interface Unresolved {
  readonly source: string;
  readonly sport: string;
  readonly country: string;
  readonly name: string;
  readonly suggestions: readonly { readonly team: string; readonly score: number }[];
}

/** One name: the likeliest teams a click away, any other by typing, and a new one where it is rightly new. */
export function UnresolvedName({ unresolved }: { readonly unresolved: Unresolved }) {
  const { t } = useTranslation('data');
  const format = useFormat();
  const { source, sport, country, name, suggestions } = unresolved;
  const [typed, setTyped] = useState('');
  const teams = useQuery(api.data.teams.queryOptions({ input: { sport, country } })).data ?? [];
  const names = [...new Set(teams.map((team) => team.name))];
  const answer = useMutation({
    mutationFn: (team: string) =>
      client.teams.addAlias({
        source,
        sport: sports.find((one) => one === sport) ?? 'football',
        country,
        name,
        team,
      }),
    onSuccess: (_, team) => {
      void queryClient.invalidateQueries();
      notify.undo(t('teams.answered', { name, team }), async () => {
        await client.data.removeAlias({ source, sport, country, name });
        await queryClient.invalidateQueries();
      });
    },
    onError: notify.failure,
  });
  const isNew = typed.trim() !== '' && !names.includes(typed.trim());
  return (
    <li className={classes.name}>
      <div>
        <p className={classes.nameTitle}>
          <bdi>{name}</bdi>
        </p>
        <span className={classes.muted}>{`${source} · ${country}`}</span>
      </div>
      <div className={classes.row}>
        {suggestions.map(({ team, score }) => (
          <Button
            key={team}
            size="xs"
            variant="default"
            disabled={answer.isPending}
            onClick={() => {
              answer.mutate(team);
            }}
          >
            {t('teams.suggestion', { team, score: format.percent(score, 0) })}
          </Button>
        ))}
        <Autocomplete
          size="xs"
          w={200}
          aria-label={t('teams.other-named', { name })}
          placeholder={t('teams.other')}
          data={names}
          limit={12}
          value={typed}
          maxLength={120}
          onChange={setTyped}
        />
        <Button
          size="xs"
          disabled={typed.trim() === ''}
          loading={answer.isPending}
          onClick={() => {
            answer.mutate(typed.trim());
          }}
        >
          {isNew ? t('teams.make') : t('teams.take')}
        </Button>
      </div>
    </li>
  );
}
