import { NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChampionshipSelect, FamilySelect, StartButton, type FormProps } from './form-parts.tsx';
import classes from '../../components/models/models.module.css';

const samplers = ['tpe', 'random', 'grid'] as const;
const pruners = ['median', 'successive-halving', 'none'] as const;

/** A study: many trials, each a training, walk-forward over the seasons before the last. */
export function TuneForm({ options, family, onFamily, work }: FormProps) {
  const { t } = useTranslation('models');
  const spaces = options.families.find((one) => one.family === family)!.spaces;
  const [championship, setChampionship] = useState('');
  const [preset, setPreset] = useState(spaces[0]!);
  const [trials, setTrials] = useState(60);
  const [sampler, setSampler] = useState<(typeof samplers)[number]>('tpe');
  const [pruner, setPruner] = useState<(typeof pruners)[number]>('median');
  const [parallel, setParallel] = useState(2);
  const [seasons, setSeasons] = useState(5);
  const [seed, setSeed] = useState(0);
  const number = (
    name: string,
    field: {
      readonly value: number;
      readonly set: (value: number) => void;
      readonly min: number;
      readonly max: number;
    },
  ) => (
    <NumberInput
      label={t(`train.${name}`)}
      description={t(`train.${name}-hint`)}
      value={field.value}
      onChange={(value) => {
        if (typeof value === 'number') field.set(value);
      }}
      min={field.min}
      max={field.max}
      clampBehavior="strict"
      allowDecimal={false}
    />
  );
  return (
    <form
      className={classes.content}
      onSubmit={(event) => {
        event.preventDefault();
        work.start({
          family,
          trials,
          sampler,
          pruner,
          parallel,
          seasons,
          seed,
          preset,
          ...(championship === '' ? {} : { championship }),
        });
      }}
    >
      <div className={classes.fields}>
        <FamilySelect family={family} onFamily={onFamily} />
        <Select
          label={t('train.space')}
          description={t('train.space-hint')}
          data={spaces.map((value) => ({
            value,
            label: t(`train.spaces.${value}`, { defaultValue: value }),
          }))}
          value={preset}
          onChange={(value) => {
            setPreset(value ?? spaces[0]!);
          }}
          allowDeselect={false}
        />
        <ChampionshipSelect options={options} value={championship} onChange={setChampionship} />
        {number('trials', { value: trials, set: setTrials, min: 1, max: 100_000 })}
        <Select
          label={t('train.sampler')}
          description={t('train.sampler-hint')}
          data={samplers.map((value) => ({ value, label: t(`train.samplers.${value}`) }))}
          value={sampler}
          onChange={(value) => {
            setSampler(samplers.find((one) => one === value) ?? 'tpe');
          }}
          allowDeselect={false}
        />
        <Select
          label={t('train.pruner')}
          description={t('train.pruner-hint')}
          data={pruners.map((value) => ({ value, label: t(`train.pruners.${value}`) }))}
          value={pruner}
          onChange={(value) => {
            setPruner(pruners.find((one) => one === value) ?? 'median');
          }}
          allowDeselect={false}
        />
        {number('parallel', { value: parallel, set: setParallel, min: 1, max: 64 })}
        {number('seasons', { value: seasons, set: setSeasons, min: 2, max: 100 })}
        {number('seed', { value: seed, set: setSeed, min: 0, max: 2_147_483_647 })}
      </div>
      <p className={classes.note}>{t('train.tune-note', { trials })}</p>
      <StartButton work={work} label={t('train.start-tune')} />
    </form>
  );
}
