import { NumberInput, Select, TextInput } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useFormat } from '../../components/format.ts';
import type { Trainable } from '../../components/models/answers.ts';
import { DraftNote } from '../../frame/draft-note.tsx';
import { useDraft } from '../../frame/drafts.ts';
import { ChampionshipSelect, FamilySelect, StartButton, type FormProps } from './form-parts.tsx';
import classes from '../../components/models/models.module.css';

type Value = number | string | boolean;

const draftSchema = z.object({
  given: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
  /** null once a parameter was changed by hand. */
  preset: z.string().nullable(),
  championship: z.string(),
  seasons: z.number(),
  seed: z.number(),
  name: z.string(),
});
const emptyForm: z.infer<typeof draftSchema> = {
  ...{ given: {}, preset: 'own', championship: '', seasons: 3, seed: 20_050_805, name: '' },
};

/** A training of the analyst's own: a preset, changed where wanted. */
export function TrainForm({ options, family, onFamily, work }: FormProps) {
  const { t } = useTranslation('models');
  const trainable = options.families.find((one) => one.family === family)!;
  const draft = useDraft(`train.${family}`, draftSchema, emptyForm);
  const { given, preset, championship, seasons, seed, name } = draft.value;
  const set = (key: string, value: Value | undefined) => {
    const { [key]: _, ...others } = given;
    draft.change({ given: value === undefined ? others : { ...others, [key]: value }, preset: null });
  };
  return (
    <form
      className={classes.content}
      onSubmit={(event) => {
        event.preventDefault();
        draft.done();
        work.start({
          family,
          parameters: given,
          championship: championship === '' ? null : championship,
          seasons,
          seed,
          ...(name.trim() === '' ? {} : { name: name.trim() }),
        });
      }}
    >
      <DraftNote draft={draft} />
      <div className={classes.fields}>
        <FamilySelect family={family} onFamily={onFamily} />
        <Select
          label={t('train.preset')}
          description={t('train.preset-hint')}
          placeholder={t('train.changed')}
          data={trainable.presets.map((one) => ({ value: presetKey(one), label: presetName(one, t) }))}
          value={preset}
          onChange={(value) => {
            const chosen = trainable.presets.find((one) => presetKey(one) === value);
            draft.change({ preset: value, given: { ...chosen?.parameters } });
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
        <NumberInput
          label={t('train.seasons')}
          description={t('train.seasons-hint')}
          value={seasons}
          onChange={(value) => {
            if (typeof value === 'number') draft.change({ seasons: value });
          }}
          min={2}
          max={20}
          clampBehavior="strict"
          allowDecimal={false}
        />
      </div>
      <div className={classes.fields} role="group" aria-label={t('train.parameters')}>
        {trainable.parameters.map((parameter) => (
          <ParameterField
            key={parameter.name}
            parameter={parameter}
            value={given[parameter.name]}
            onChange={set}
          />
        ))}
      </div>
      <div className={classes.fields}>
        <NumberInput
          label={t('train.seed')}
          description={t('train.seed-hint')}
          value={seed}
          onChange={(value) => {
            if (typeof value === 'number') draft.change({ seed: value });
          }}
          min={0}
          max={2_147_483_647}
          clampBehavior="strict"
          allowDecimal={false}
        />
        <TextInput
          label={t('train.name')}
          description={t('train.name-hint')}
          value={name}
          maxLength={80}
          onChange={(event) => {
            draft.change({ name: event.currentTarget.value });
          }}
        />
      </div>
      <p className={classes.note}>{t('train.train-note')}</p>
      <StartButton work={work} label={t('train.start-train')} />
    </form>
  );
}

type Parameter = Trainable['parameters'][number];

function ParameterField(props: {
  readonly parameter: Parameter;
  readonly value: Value | undefined;
  readonly onChange: (name: string, value: Value | undefined) => void;
}) {
  const { parameter, value, onChange } = props;
  const { name, dimension, own } = parameter;
  const { t } = useTranslation('models');
  const format = useFormat();
  const label = t(`parameters.${name}`, { defaultValue: name });
  const text = (one: unknown) => (typeof one === 'number' ? format.tick(one) : String(one));
  const ownText = own === null ? t('train.chooses-itself') : text(own);
  if (dimension.kind === 'categorical') {
    return (
      <Select
        label={label}
        description={t('train.own', { own: ownText })}
        data={dimension.choices.map(String)}
        value={value === undefined ? null : String(value)}
        placeholder={ownText}
        clearable
        onChange={(chosen) => {
          onChange(
            name,
            dimension.choices.find((choice) => String(choice) === chosen),
          );
        }}
      />
    );
  }
  const isInteger = dimension.kind === 'integer';
  return (
    <NumberInput
      label={label}
      description={t('train.usual', { own: ownText, low: text(dimension.low), high: text(dimension.high) })}
      value={typeof value === 'number' ? value : ''}
      placeholder={ownText}
      min={isInteger ? 1 : 0}
      allowDecimal={!isInteger}
      decimalScale={8}
      decimalSeparator={format.preferences.language === 'ru' ? ',' : '.'}
      allowedDecimalSeparators={['.', ',']}
      step={isInteger ? 1 : dimension.low}
      onChange={(next) => {
        onChange(name, typeof next === 'number' ? next : undefined);
      }}
    />
  );
}

type Preset = Trainable['presets'][number];

function presetKey({ name, study }: Preset): string {
  return study === null ? name : `study ${study}`;
}

function presetName({ name, study }: Preset, t: TFunction<'models'>): string {
  return study === null ? t(`train.presets.${name}`) : t('train.presets.study', { study });
}
