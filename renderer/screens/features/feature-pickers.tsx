import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useChampionshipNames } from '../../components/use-championship-names.ts';
import { featureSetCodes, measuredFamilies } from '../../../engine/contract/stages.ts';
import { api } from '../../connection/client.ts';
import type { FeatureViewProps } from './feature-name.tsx';
import classes from './features.module.css';

/** Which features, of which matches, in whose hands. */
export function FeaturePickers({ search, change }: FeatureViewProps) {
  const { t } = useTranslation(['features', 'engine']);
  const nameOf = useChampionshipNames({ hasCountry: true });
  const options = useQuery(api.calibration.options.queryOptions());
  const championships = options.data?.championships ?? [];
  return (
    <div className={classes.pickers} role="group" aria-label={t('pickers.label')}>
      <Select
        label={t('pickers.set')}
        data={featureSetCodes.map((value) => ({ value, label: t(`sets.${value}`) }))}
        value={search.set}
        onChange={(value) => {
          change({ set: featureSetCodes.find((one) => one === value) ?? 'football', feature: undefined });
        }}
        allowDeselect={false}
        w={290}
      />
      <Select
        label={t('pickers.championship')}
        data={[
          { value: '', label: t('pickers.all-championships') },
          ...championships.map(({ code, country, name }) => ({
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
        w={260}
      />
      <Select
        label={t('pickers.family')}
        description={search.set === 'football' ? undefined : t('pickers.core-only')}
        data={measuredFamilies.map((value) => ({ value, label: t(`engine:evaluation.families.${value}`) }))}
        value={search.family}
        onChange={(value) => {
          change({ family: measuredFamilies.find((one) => one === value) ?? 'boosting' });
        }}
        allowDeselect={false}
        w={200}
      />
    </div>
  );
}
