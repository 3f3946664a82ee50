import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ChartFigure } from '../../components/chart-figure.tsx';
import type { ChartTheme } from '../../components/chart-theme.ts';
import { intervalBars } from '../../components/charts/interval-bars.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { useFormat } from '../../components/format.ts';
import { QueryState } from '../../components/query-state.tsx';
import { Section } from '../../components/screen.tsx';
import { api } from '../../connection/client.ts';

type Share = { readonly name: string; readonly share: number };

/** Which parameters moved the loss. */
export function ImportancesSection({ id }: { readonly id: number }) {
  const { t } = useTranslation('models');
  const format = useFormat();
  const importances = useQuery(api.studies.importances.queryOptions({ input: { id } }));
  const found = importances.data;
  return (
    <Section
      title={t('study.importances')}
      info={t('study.importances-info')}
      note={
        found
          ? t('study.importances-note', {
              explained: format.percent(found.explained, 0),
              n: format.count(found.trials),
            })
          : undefined
      }
    >
      <QueryState query={importances} height={160}>
        {(known) =>
          known === null ? (
            <EmptyState title={t('study.importances-few')} />
          ) : (
            <Importances shares={known.parameters} />
          )
        }
      </QueryState>
    </Section>
  );
}

function Importances({ shares }: { readonly shares: readonly Share[] }) {
  const { t } = useTranslation('models');
  const format = useFormat();
  const nameOf = useCallback((name: string) => t(`parameters.${name}`, { defaultValue: name }), [t]);
  const option = useCallback(
    (theme: ChartTheme) =>
      intervalBars(theme, {
        bars: shares.map(({ name, share }) => ({ name: nameOf(name), value: share })),
        text: (value) => theme.format.percent(value, 0),
        nameWidth: 200,
      }),
    [shares, nameOf],
  );
  return (
    <ChartFigure
      title={t('study.importances')}
      isTitleHidden
      description={t('study.importances-description', {
        first: nameOf(shares[0]?.name ?? ''),
        share: format.percent(shares[0]?.share, 0),
      })}
      option={option}
      height={50 + shares.length * 26}
      table={{
        columns: [
          { key: 'name', label: t('study.parameter') },
          { key: 'share', label: t('study.share'), text: (value) => format.percent(value) },
        ],
        rows: shares.map(({ name, share }) => ({ name: nameOf(name), share })),
      }}
    />
  );
}
