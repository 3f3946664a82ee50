import { NumberInput, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { DraftNote } from '../../frame/draft-note.tsx';
import { useDraft } from '../../frame/drafts.ts';
import { ChampionshipSelect, FamilySelect, StartButton, type FormProps } from './form-parts.tsx';
import classes from '../../components/models/models.module.css';

const samplers = ['tpe', 'random', 'grid'] as const;
const pruners = ['median', 'successive-halving', 'none'] as const;

const draftSchema = z.object({
  championship: z.string(),
  preset: z.string(),
  trials: z.number(),
  sampler: z.enum(samplers),
  pruner: z.enum(pruners),
  parallel: z.number(),
  seasons: z.number(),
  seed: z.number(),
});
type TuneDraft = z.infer<typeof draftSchema>;
const emptyForm: Omit<TuneDraft, 'preset'> = {
  ...{ championship: '', trials: 60, sampler: 'tpe', pruner: 'median', parallel: 2, seasons: 5, seed: 0 },
};

/** A study: many trials, each a training, walk-forward over the seasons before the last. */
export function TuneForm({ options, family, onFamily, work }: FormProps) {
  const { t } = useTranslation('models');
  const spaces = options.families.find((one) => one.family === family)!.spaces;
  const draft = useDraft(`tune.${family}`, draftSchema, { ...emptyForm, preset: spaces[0]! });
  const { championship, preset, trials, sampler, pruner, parallel, seasons, seed } = draft.value;
  const number = (
    name: 'trials' | 'parallel' | 'seasons' | 'seed',
    { min, max }: { readonly min: number; readonly max: number },
  ) => (
    <NumberInput
      label={t(`train.${name}`)}
      description={t(`train.${name}-hint`)}
      value={draft.value[name]}
      onChange={(value) => {
        if (typeof value === 'number') draft.change({ [name]: value });
      }}
      min={min}
      max={max}
      clampBehavior="strict"
      allowDecimal={false}
    />
  );
  return (
    <form
      className={classes.content}
      onSubmit={(event) => {
        event.preventDefault();
        draft.done();
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
      <DraftNote draft={draft} />
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
            draft.change({ preset: value ?? spaces[0]! });
          }}
          allowDeselect={false}
        />
        <ChampionshipSelect
          options={options}
          value={championship}
          onChange={(code) => {
            draft.change({ championship: code });
          }}
        />
        {number('trials', { min: 1, max: 100_000 })}
        <Select
          label={t('train.sampler')}
          description={t('train.sampler-hint')}
          data={samplers.map((value) => ({ value, label: t(`train.samplers.${value}`) }))}
          value={sampler}
          onChange={(value) => {
            draft.change({ sampler: samplers.find((one) => one === value) ?? 'tpe' });
          }}
          allowDeselect={false}
        />
        <Select
          label={t('train.pruner')}
          description={t('train.pruner-hint')}
          data={pruners.map((value) => ({ value, label: t(`train.pruners.${value}`) }))}
          value={pruner}
          onChange={(value) => {
            draft.change({ pruner: pruners.find((one) => one === value) ?? 'median' });
          }}
          allowDeselect={false}
        />
        {number('parallel', { min: 1, max: 64 })}
        {number('seasons', { min: 2, max: 100 })}
        {number('seed', { min: 0, max: 2_147_483_647 })}
      </div>
      <p className={classes.note}>{t('train.tune-note', { trials })}</p>
      <StartButton work={work} label={t('train.start-tune')} />
    </form>
  );
}
