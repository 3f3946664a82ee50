import { SegmentedControl, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useChampionshipNames } from '../../components/use-championship-names.ts';
import type { contract } from '../../../engine/contract/router.ts';
import type { InferContractRouterOutputs } from '@orpc/contract';
import type { CalibrationSearch, ChangeCalibration } from './route.tsx';
import classes from './calibration.module.css';

export type CalibrationOptions = InferContractRouterOutputs<typeof contract>['calibration']['options'];

const presets = ['all', 'year', 'quarter', 'custom'] as const;
const daysOf = { year: 365, quarter: 90 } as const;

/** Whose probabilities, where, and when. Everything picked is in the address. */
export function CalibrationPickers(props: {
  readonly options: CalibrationOptions;
  readonly search: CalibrationSearch;
  readonly change: ChangeCalibration;
}) {
  const { options, search, change } = props;
  const { t } = useTranslation(['calibration', 'engine']);
  const nameOf = useChampionshipNames({ hasCountry: true });
  const preset = presetOf(search, options.until);
  const choose = (chosen: string | null) => {
    if (chosen === 'all') change({ from: undefined, until: undefined });
    else if (chosen === 'year' || chosen === 'quarter')
      change({ from: daysBefore(options.until, daysOf[chosen]), until: undefined });
    else
      change({
        from: search.from ?? daysBefore(options.until, 180),
        until: search.until ?? options.until ?? undefined,
      });
  };
  return (
    <div className={classes.pickers} role="group" aria-label={t('pickers.label')}>
      <Select
        label={t('pickers.model')}
        data={options.models.map((value) => ({ value, label: modelName(value, t) }))}
        value={search.model}
        onChange={(value) => {
          change({ model: options.models.find((one) => one === value) ?? 'published' });
        }}
        allowDeselect={false}
        w={250}
      />
      <Select
        label={t('pickers.championship')}
        data={[
          { value: '', label: t('pickers.all-championships') },
          ...options.championships.map(({ code, country, name }) => ({
            value: code,
            label: nameOf(code, `${country} · ${name}`),
          })),
        ]}
        value={search.championship ?? ''}
        onChange={(value) => {
          change({ championship: value === null || value === '' ? undefined : value });
        }}
        searchable
        allowDeselect={false}
        nothingFoundMessage={t('pickers.nothing')}
        w={260}
      />
      <Select
        label={t('pickers.period')}
        data={presets.map((value) => ({ value, label: t(`pickers.periods.${value}`) }))}
        value={preset}
        onChange={choose}
        allowDeselect={false}
        w={170}
      />
      {preset === 'custom' && (
        <>
          <DayInput
            label={t('pickers.from')}
            value={search.from}
            onChange={(from) => {
              change({ from });
            }}
          />
          <DayInput
            label={t('pickers.until')}
            value={search.until}
            onChange={(until) => {
              change({ until });
            }}
          />
        </>
      )}
      <SegmentedControl
        aria-label={t('pickers.origin')}
        data={(['all', 'live'] as const).map((value) => ({ value, label: t(`pickers.origins.${value}`) }))}
        value={search.origin}
        onChange={(value) => {
          change({ origin: value === 'live' ? 'live' : 'all' });
        }}
      />
    </div>
  );
}

/** `published` is the screens' own name; the others are named like everywhere. */
export function modelName(model: string, t: (key: string) => string): string {
  return model === 'published' ? t('calibration:published') : t(`engine:evaluation.families.${model}`);
}

function DayInput(props: {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (day: string | undefined) => void;
}) {
  return (
    <TextInput
      type="date"
      label={props.label}
      value={props.value ?? ''}
      onChange={(event) => {
        const { value } = event.currentTarget;
        props.onChange(value === '' ? undefined : value);
      }}
      w={150}
    />
  );
}

function presetOf({ from, until }: CalibrationSearch, last: string | null): (typeof presets)[number] {
  if (from === undefined && until === undefined) return 'all';
  if (until === undefined && from === daysBefore(last, daysOf.year)) return 'year';
  if (until === undefined && from === daysBefore(last, daysOf.quarter)) return 'quarter';
  return 'custom';
}

/** Counted from the last settled forecast, so that a pause in the data does not empty the screen. */
function daysBefore(last: string | null, days: number): string | undefined {
  if (last === null) return undefined;
  return new Date(Date.parse(`${last}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}
