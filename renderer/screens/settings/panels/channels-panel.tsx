import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { QueryState } from '../../../components/query-state.tsx';
import { Section } from '../../../components/screen.tsx';
import { SimpleTable } from '../../../components/simple-table.tsx';
import { api, client } from '../../../connection/client.ts';
import { queryClient } from '../../../connection/query-client.ts';
import { notify } from '../../../frame/notify.ts';
import { shownLanguage } from '../../../texts/i18n.ts';
import { ChannelFormPanel } from './channel-form-panel.tsx';
import type { KeptChannel } from './channel-form-panel.tsx';
import { PreviewPanel } from './preview-panel.tsx';
import classes from '../settings.module.css';

/** Where documents go: the channels, each with its test and a look at what it would send. */
export function ChannelsPanel() {
  const { t } = useTranslation('settings');
  const query = useQuery(api.channels.list.queryOptions());
  const [edited, setEdited] = useState<KeptChannel | 'new'>();
  const [previewed, setPreviewed] = useState<string>();
  const [testing, setTesting] = useState<string>();
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      notify.failure(error);
    }
  };
  const test = (name: string) =>
    attempt(async () => {
      setTesting(name);
      try {
        const { parts } = await client.channels.test({ name, language: shownLanguage() });
        notify.success(t('channels.tested', { name, count: parts.length }));
      } finally {
        setTesting(undefined);
      }
    });
  const remove = (channel: KeptChannel) =>
    attempt(async () => {
      await client.channels.remove({ name: channel.name });
      await queryClient.invalidateQueries();
      notify.undo(t('channels.removed', { name: channel.name }), async () => {
        await client.channels.put(channel);
        await queryClient.invalidateQueries();
      });
    });
  return (
    <>
      <Section
        title={t('panels.channels')}
        info={t('channels.info')}
        flush
        actions={
          <Button
            onClick={() => {
              setEdited('new');
            }}
          >
            {t('channels.add')}
          </Button>
        }
      >
        <QueryState
          query={query}
          empty={{
            when: (channels) => channels.length === 0,
            title: t('channels.none'),
            text: t('channels.none-text'),
          }}
        >
          {(channels) => (
            <SimpleTable
              caption={t('panels.channels')}
              rows={channels}
              rowKey={({ name }) => name}
              columns={[
                { key: 'name', title: t('channels.columns.name'), isRowHead: true, cell: ({ name }) => name },
                {
                  key: 'kind',
                  title: t('channels.columns.kind'),
                  cell: ({ kind }) => t(`channels.kinds.${kind}`, { defaultValue: kind }),
                },
                {
                  key: 'where',
                  title: t('channels.columns.where'),
                  cell: ({ settings }) => (
                    <span dir="auto" data-private>
                      {whereOf(settings)}
                    </span>
                  ),
                },
                {
                  key: 'actions',
                  title: t('channels.columns.actions'),
                  align: 'end',
                  cell: (channel) => (
                    <span className={classes.row}>
                      <Button
                        variant="default"
                        size="compact-xs"
                        loading={testing === channel.name}
                        onClick={() => void test(channel.name)}
                      >
                        {t('channels.test')}
                      </Button>
                      <Button
                        variant="default"
                        size="compact-xs"
                        aria-pressed={previewed === channel.name}
                        onClick={() => {
                          setPreviewed(previewed === channel.name ? undefined : channel.name);
                        }}
                      >
                        {t('channels.preview')}
                      </Button>
                      <Button
                        variant="default"
                        size="compact-xs"
                        onClick={() => {
                          setEdited(channel);
                        }}
                      >
                        {t('channels.edit')}
                      </Button>
                      <Button
                        variant="subtle"
                        color="red"
                        size="compact-xs"
                        onClick={() => void remove(channel)}
                      >
                        {t('channels.remove')}
                      </Button>
                    </span>
                  ),
                },
              ]}
            />
          )}
        </QueryState>
      </Section>
      {edited !== undefined && (
        <ChannelFormPanel
          key={edited === 'new' ? '' : edited.name}
          channel={edited === 'new' ? undefined : edited}
          onClose={() => {
            setEdited(undefined);
          }}
        />
      )}
      {previewed !== undefined && <PreviewPanel name={previewed} />}
    </>
  );
}

/** The part of the settings that says where things go. */
function whereOf(settings: Readonly<Record<string, unknown>>): string {
  const { folder, chat, owner, address, host } = settings;
  const place = [folder, chat, owner, host, address].find((one) => one !== undefined);
  return typeof place === 'string' || typeof place === 'number' ? String(place) : '–';
}
