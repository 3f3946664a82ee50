import { MultiSelect, SegmentedControl, Select, Switch, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useChampionshipNames } from '../use-championship-names.ts';
import { publishedTypes } from '../../../engine/contract/forecasts.ts';
import type { PublishedType } from '../../../engine/contract/forecasts.ts';
import { useFormat } from '../format.ts';
import { useForecastWords } from './forecast-words.ts';
import { strengths } from './forecast-search.ts';
import type { ForecastSearch, Period } from './forecast-search.ts';
import classes from './filter-bar.module.css';

export interface FilterBarProps {
  readonly search: ForecastSearch;
  readonly championships: readonly { readonly code: string; readonly name: string }[];
  readonly periods: readonly Period[];
  readonly change: (changed: Partial<ForecastSearch>) => void;
  /** Without these parts: where they mean nothing. */
  readonly hides?: readonly ('types' | 'team' | 'certain')[];
  readonly children?: ReactNode;
}

/** The filters that all pages of forecasts share. Every change is an address of its own. */
export function FilterBar({ search, championships, periods, change, hides = [], children }: FilterBarProps) {
  const { t } = useTranslation('forecasts');
  const format = useFormat();
  const nameOf = useChampionshipNames();
  const words = useForecastWords();
  return (
    <div className={classes.bar} role="search" aria-label={t('filters.label')}>
      <SegmentedControl
        size="xs"
        aria-label={t('filters.variant')}
        value={search.variant}
        onChange={(variant) => {
          change({ variant: variant as ForecastSearch['variant'] });
        }}
        data={[
          { value: 'regular', label: t('filters.regular') },
          { value: 'quality', label: t('filters.quality') },
        ]}
      />
      <Select
        size="xs"
        w={150}
        aria-label={t('filters.period')}
        allowDeselect={false}
        value={search.period}
        onChange={(period) => {
          change({ period: period as Period });
        }}
        data={periods.map((period) => ({ value: period, label: t(`filters.periods.${period}`) }))}
      />
      {search.period === 'custom' && (
        <>
          <TextInput
            size="xs"
            type="date"
            aria-label={t('filters.from')}
            value={search.from ?? ''}
            onChange={({ currentTarget }) => {
              change({ from: currentTarget.value || undefined });
            }}
          />
          <TextInput
            size="xs"
            type="date"
            aria-label={t('filters.until')}
            value={search.until ?? ''}
            onChange={({ currentTarget }) => {
              change({ until: currentTarget.value || undefined });
            }}
          />
        </>
      )}
      <MultiSelect
        size="xs"
        className={classes.many}
        aria-label={t('filters.championships')}
        placeholder={search.championships.length === 0 ? t('filters.all-championships') : ''}
        searchable
        clearable
        value={search.championships}
        onChange={(codes) => {
          change({ championships: codes });
        }}
        data={championships.map(({ code, name }) => ({ value: code, label: nameOf(code, name) }))}
      />
      {!hides.includes('types') && (
        <MultiSelect
          size="xs"
          className={classes.many}
          aria-label={t('filters.types')}
          placeholder={search.types.length === 0 ? t('filters.all-types') : ''}
          clearable
          value={search.types}
          onChange={(types) => {
            change({ types: types as PublishedType[] });
          }}
          data={publishedTypes.map((type) => ({ value: type, label: words.type(type) }))}
        />
      )}
      <Select
        size="xs"
        w={150}
        aria-label={t('filters.strength')}
        allowDeselect={false}
        value={String(search.strength)}
        onChange={(strength) => {
          change({ strength: Number(strength) });
        }}
        data={strengths.map((points) => ({
          value: String(points),
          label:
            points === 0
              ? t('filters.any-strength')
              : t('filters.at-least', { share: format.percent(points / 100, 0) }),
        }))}
      />
      <Select
        size="xs"
        w={165}
        aria-label={t('filters.origin')}
        allowDeselect={false}
        value={search.origin}
        onChange={(origin) => {
          change({ origin: origin as ForecastSearch['origin'] });
        }}
        data={(['any', 'live', 'replay'] as const).map((origin) => ({
          value: origin,
          label: t(`filters.origins.${origin}`),
        }))}
      />
      {!hides.includes('team') && (
        <TeamFilter
          team={search.team}
          change={(team) => {
            change({ team });
          }}
        />
      )}
      {!hides.includes('certain') && (
        <Switch
          size="xs"
          label={t('filters.certain')}
          checked={search.certain}
          onChange={({ currentTarget }) => {
            change({ certain: currentTarget.checked });
          }}
        />
      )}
      {children}
    </div>
  );
}

function TeamFilter({ team, change }: { readonly team: string; readonly change: (team: string) => void }) {
  const { t } = useTranslation('forecasts');
  // What is typed counts until the address moves on: by this input, by back and forward, by a saved view.
  const [typed, setTyped] = useState({ team, text: team });
  const later = useDebouncedCallback(change, 250);
  return (
    <TextInput
      size="xs"
      w={150}
      aria-label={t('filters.team')}
      placeholder={t('filters.team')}
      value={typed.team === team ? typed.text : team}
      onChange={({ currentTarget }) => {
        setTyped({ team, text: currentTarget.value });
        later(currentTarget.value);
      }}
    />
  );
}
