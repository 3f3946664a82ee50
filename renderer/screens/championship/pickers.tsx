import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ChampionshipShow } from '../../../engine/contract/championship.ts';

export interface PickersProps {
  readonly data: ChampionshipShow;
  readonly onChange: (next: { season?: string | undefined; asOf?: string | undefined }) => void;
}

/** The season, and the day at whose end the table is read. */
export function Pickers({ data, onChange }: PickersProps) {
  const { t } = useTranslation('championship');
  const { seasons, season, asOf, today } = data;
  const own = seasons.find(({ code }) => code === season);
  return (
    <>
      <NativeSelect
        aria-label={t('pick.season')}
        value={season}
        data={seasons.map(({ code }) => code)}
        onChange={(event) => {
          const next = seasons.find(({ code }) => code === event.currentTarget.value);
          if (!next) return;
          // A past season is shown as it ended.
          onChange({ season: next.code, asOf: next.lastDay < today ? next.lastDay : undefined });
        }}
      />
      <TextInput
        type="date"
        aria-label={t('pick.as-of')}
        value={asOf}
        {...(own ? { min: own.firstDay, max: own.lastDay } : {})}
        onChange={(event) => {
          const { value } = event.currentTarget;
          if (/^\d{4}-\d{2}-\d{2}$/.test(value)) onChange({ asOf: value });
        }}
      />
      <Button
        variant="default"
        disabled={asOf === today}
        onClick={() => {
          onChange({ season: undefined, asOf: undefined });
        }}
      >
        {t('pick.today')}
      </Button>
    </>
  );
}
