import { Button, Switch } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { QueryState } from '../../components/query-state.tsx';
import { Section } from '../../components/screen.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import { api } from '../../connection/client.ts';
import { useTokens } from '../../theme/use-tokens.ts';
import type { ModelsViewProps } from './route.tsx';
import { runColour } from './run-colour.ts';
import { useRunNames } from '../../components/models/run-names.ts';
import { ParameterValue } from '../../components/models/parameter-value.tsx';
import classes from '../../components/models/models.module.css';

/** Runs side by side, one row a parameter, metric or property; what is the same can be left out. */
export function ComparisonSection({ search, change }: ModelsViewProps) {
  const { t } = useTranslation('models');
  const tokens = useTokens();
  const names = useRunNames();
  const comparison = useQuery(
    api.experiments.compare.queryOptions({
      input: { ids: search.compared ?? [], differencesOnly: search.differences },
      placeholderData: keepPreviousData,
    }),
  );
  return (
    <Section
      title={t('comparison.title')}
      info={t('comparison.info')}
      flush
      actions={
        <>
          <Switch
            label={t('comparison.differences')}
            checked={search.differences}
            onChange={(event) => {
              change({ differences: event.currentTarget.checked });
            }}
          />
          <Button
            variant="default"
            onClick={() => {
              change({ compared: undefined });
            }}
          >
            {t('comparison.clear')}
          </Button>
        </>
      }
    >
      <QueryState
        query={comparison}
        empty={{ when: ({ rows }) => rows.length === 0, title: t('comparison.same') }}
      >
        {({ columns, rows }) => (
          <SimpleTable
            caption={t('comparison.title')}
            isDense
            rows={rows}
            rowKey={({ group, key }) => `${group} ${key}`}
            columns={[
              {
                key: 'key',
                title: t('comparison.key'),
                isRowHead: true,
                cell: ({ group, key, differs }) => (
                  <span className={classes.mark}>
                    <span className={classes.small}>{t(`comparison.groups.${group}`)}</span>
                    {differs ? <strong>{key}</strong> : key}
                  </span>
                ),
              },
              ...columns.map(({ id, name }, at) => ({
                key: String(id),
                title: names.run(name),
                align: 'end' as const,
                cell: ({ values }: (typeof rows)[number]) => <ParameterValue value={values[at]} />,
                definition: (
                  <span className={classes.mark}>
                    <span
                      className={classes.swatch}
                      style={{ '--run-colour': runColour(tokens, id) } as CSSProperties}
                      aria-hidden
                    />
                    {t('comparison.run', { id })}
                  </span>
                ),
              })),
            ]}
          />
        )}
      </QueryState>
    </Section>
  );
}
