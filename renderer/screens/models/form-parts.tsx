import { Button, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { tunableFamilies } from '../../../engine/contract/stages.ts';
import type { TunableFamily } from '../../../engine/contract/stages.ts';
import type { Work } from '../../components/work/use-work.ts';
import type { TrainingOptions } from '../../components/models/answers.ts';
import classes from '../../components/models/models.module.css';

export interface FormProps {
  readonly options: TrainingOptions;
  readonly family: TunableFamily;
  readonly onFamily: (family: TunableFamily) => void;
  readonly work: Work;
}

export function FamilySelect({ family, onFamily }: Pick<FormProps, 'family' | 'onFamily'>) {
  const { t } = useTranslation(['models', 'engine']);
  return (
    <Select
      label={t('train.family')}
      description={t('train.family-hint')}
      data={tunableFamilies.map((value) => ({ value, label: t(`engine:evaluation.families.${value}`) }))}
      value={family}
      onChange={(value) => {
        const chosen = tunableFamilies.find((one) => one === value);
        if (chosen) onFamily(chosen);
      }}
      allowDeselect={false}
    />
  );
}

export function ChampionshipSelect(props: {
  readonly options: TrainingOptions;
  readonly value: string;
  readonly onChange: (code: string) => void;
}) {
  const { t } = useTranslation('models');
  return (
    <Select
      label={t('train.championship')}
      description={t('train.championship-hint')}
      data={[
        { value: '', label: t('places.everywhere') },
        ...props.options.championships.map(({ code, country, name }) => ({
          value: code,
          label: `${country} · ${name}`,
        })),
      ]}
      value={props.value}
      onChange={(value) => {
        props.onChange(value ?? '');
      }}
      searchable
      allowDeselect={false}
    />
  );
}

/** Starting is one click; while a run of the kind is under way it waits in the queue behind it. */
export function StartButton({ work, label }: { readonly work: Work; readonly label: string }) {
  const { t } = useTranslation('models');
  return (
    <div className={classes.buttons}>
      <Button type="submit" size="sm" loading={work.isStarting}>
        {label}
      </Button>
      {work.run && <span className={classes.small}>{t('train.queues')}</span>}
    </div>
  );
}
