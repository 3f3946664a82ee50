import { Button, NativeSelect, PasswordInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { QueryState } from '../../../components/query-state.tsx';
import { Section } from '../../../components/screen.tsx';
import { SimpleTable } from '../../../components/simple-table.tsx';
import { api } from '../../../connection/client.ts';
import { queryClient } from '../../../connection/query-client.ts';
import { notify } from '../../../frame/notify.ts';
import { channelForms } from '../channel-forms.ts';
import classes from '../settings.module.css';

/** Passwords and tokens: written here, never shown again. */
export function SecretsPanel() {
  const { t } = useTranslation('settings');
  const held = useQuery({ ...api.channels.secrets.queryOptions(), retry: false });
  const channels = useQuery(api.channels.list.queryOptions());
  const places = (channels.data ?? []).flatMap(({ name, kind }) =>
    (channelForms[kind]?.secrets ?? []).map((what) => ({ name, what, key: `${name}.${what}` })),
  );
  const [chosen, setChosen] = useState<string>();
  const [secret, setSecret] = useState('');
  const place = places.find(({ key }) => key === chosen) ?? places[0];
  const options = {
    onError: (error: Error) => {
      notify.failure(error);
    },
  };
  const put = useMutation(
    api.channels.setSecret.mutationOptions({
      ...options,
      onSuccess: async () => {
        setSecret('');
        await queryClient.invalidateQueries({ queryKey: api.channels.key() });
        notify.success(t('secrets.saved'));
      },
    }),
  );
  const remove = useMutation(
    api.channels.removeSecret.mutationOptions({
      ...options,
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.channels.key() }),
    }),
  );
  return (
    <Section title={t('panels.secrets')} info={t('secrets.info')}>
      {places.length === 0 ? (
        <p className={classes.note}>{t('secrets.no-places')}</p>
      ) : (
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (place) put.mutate({ name: place.name, what: place.what, secret });
          }}
        >
          <NativeSelect
            label={t('secrets.place')}
            value={place?.key ?? ''}
            data={places.map(({ key, name, what }) => ({
              value: key,
              label: `${name} · ${t(`secrets.kinds.${what}`)}`,
            }))}
            onChange={(event) => {
              setChosen(event.currentTarget.value);
            }}
          />
          <PasswordInput
            label={t('secrets.secret')}
            description={t('secrets.means')}
            autoComplete="off"
            visibilityToggleButtonProps={{ 'aria-label': t('secrets.show') }}
            value={secret}
            onChange={(event) => {
              setSecret(event.currentTarget.value);
            }}
          />
          <div className={classes.row}>
            <Button type="submit" disabled={secret === ''} loading={put.isPending}>
              {t('secrets.save')}
            </Button>
          </div>
        </form>
      )}
      <QueryState query={held}>
        {(secrets) => (
          <SimpleTable
            caption={t('secrets.held')}
            rows={secrets}
            rowKey={({ channel, what }) => `${channel}.${what}`}
            empty={t('secrets.none')}
            columns={[
              {
                key: 'channel',
                title: t('secrets.channel'),
                isRowHead: true,
                cell: ({ channel }) => channel,
              },
              {
                key: 'what',
                title: t('secrets.what'),
                cell: ({ what }) => t(`secrets.kinds.${what}`, { defaultValue: what }),
              },
              { key: 'value', title: t('secrets.value'), cell: () => '••••••••' },
              {
                key: 'remove',
                title: t('secrets.actions'),
                align: 'end',
                cell: ({ channel, what }) => (
                  <Button
                    variant="subtle"
                    color="red"
                    size="compact-xs"
                    onClick={() => {
                      remove.mutate({ name: channel, what });
                    }}
                  >
                    {t('secrets.remove')}
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
