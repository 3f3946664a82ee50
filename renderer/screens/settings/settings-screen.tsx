import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { SettingEntry } from '../../../engine/contract/settings.ts';
import { matchScore, searchable, wanted } from '../../../engine/contract/text-match.ts';
import { QueryState } from '../../components/query-state.tsx';
import { Screen, Section } from '../../components/screen.tsx';
import { api } from '../../connection/client.ts';
import { settingsRoute } from './route.tsx';
import { groupedSettings } from './setting-groups.ts';
import type { SettingGroup } from './setting-groups.ts';
import { SettingRow } from './setting-row.tsx';
import classes from './settings.module.css';

/** Everything that can be set, by group or found by a word. */
export function SettingsScreen() {
  const { t } = useTranslation('settings');
  const { find = '' } = settingsRoute.useSearch();
  const navigate = useNavigate({ from: settingsRoute.fullPath });
  const query = useQuery(api.settings.list.queryOptions());
  return (
    <Screen
      title={t('title')}
      subtitle={t('subtitle')}
      actions={
        <TextInput
          type="search"
          w={280}
          aria-label={t('search')}
          placeholder={t('search')}
          value={find}
          onChange={(event) => {
            const text = event.currentTarget.value;
            void navigate({
              search: (search) => ({ ...search, find: text === '' ? undefined : text }),
              replace: true,
            });
          }}
        />
      }
    >
      <QueryState query={query}>{(entries) => <Groups entries={entries} find={find} />}</QueryState>
    </Screen>
  );
}

function Groups({ entries, find }: { readonly entries: readonly SettingEntry[]; readonly find: string }) {
  const { t } = useTranslation('settings');
  const { group: wantedGroup } = settingsRoute.useSearch();
  const navigate = useNavigate({ from: settingsRoute.fullPath });
  const groups = groupedSettings(entries.map(({ key }) => key));
  const isFinding = find.trim() !== '';
  const shown = isFinding
    ? narrowed(
        groups,
        find,
        (key) => [t(`keys.${key}.label`), t(`keys.${key}.help`), key],
        (id) => t(`panels.${id}`),
      )
    : groups.filter(({ id }) => id === (wantedGroup ?? groups[0]?.id));
  return (
    <div className={classes.layout}>
      <nav className={classes.groups} aria-label={t('groups-label')}>
        {groups.map(({ id }) => (
          <button
            key={id}
            type="button"
            className={classes.group}
            aria-current={!isFinding && shown[0]?.id === id ? 'true' : undefined}
            onClick={() => {
              void navigate({ search: { group: id } });
            }}
          >
            {t(`groups.${id}`)}
          </button>
        ))}
      </nav>
      <div className={classes.content}>
        {shown.map((group) => (
          <Group key={group.id} group={group} entries={entries} />
        ))}
        {shown.length === 0 && (
          <p className={classes.none}>
            {t('none-found')}{' '}
            <Button
              variant="subtle"
              onClick={() => {
                void navigate({ search: {} });
              }}
            >
              {t('show-all')}
            </Button>
          </p>
        )}
      </div>
    </div>
  );
}

function Group({
  group,
  entries,
}: {
  readonly group: SettingGroup;
  readonly entries: readonly SettingEntry[];
}) {
  const { t } = useTranslation('settings');
  return (
    <>
      {group.keys.length > 0 && (
        <Section title={t(`groups.${group.id}`)} flush>
          {group.keys.map((key) => {
            const entry = entries.find((one) => one.key === key);
            return entry && <SettingRow key={key} entry={entry} />;
          })}
        </Section>
      )}
      {group.panels.map(({ id, panel: Panel }) => (
        <Panel key={id} />
      ))}
    </>
  );
}

/** What of the groups fits the words that are searched for. */
function narrowed(
  groups: readonly SettingGroup[],
  find: string,
  ...[wordsOf, titleOf]: [wordsOf: (key: string) => string[], titleOf: (panel: string) => string]
): SettingGroup[] {
  const want = wanted(find);
  const fits = (...words: string[]) => matchScore(searchable(...words), want) > 0;
  return groups
    .map((group) => ({
      ...group,
      keys: group.keys.filter((key) => fits(...wordsOf(key))),
      panels: group.panels.filter(({ id }) => fits(titleOf(id))),
    }))
    .filter(({ keys, panels }) => keys.length + panels.length > 0);
}
