import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ChartFigure } from '../../components/chart-figure.tsx';
import { categoryAxis, valueAxis } from '../../components/chart-theme.ts';
import type { ChartTheme } from '../../components/chart-theme.ts';
import { useFormat } from '../../components/format.ts';
import type { DriftRow } from './answers.ts';

/** The shares of both periods in the tenths of the reference, side by side. */
export function DriftFigure({ row }: { readonly row: DriftRow }) {
  const { t } = useTranslation('features');
  const format = useFormat();
  const bins = binNames(row, {
    number: (value) => format.number(value, digitsOf(row)),
    missing: t('drift.missing'),
  });
  const option = useCallback(
    (theme: ChartTheme) => {
      const names = binNames(row, {
        number: (value) => theme.format.number(value, digitsOf(row)),
        missing: t('drift.missing'),
      });
      return {
        grid: { top: 32, bottom: 8 },
        legend: { data: [t('drift.reference'), t('drift.current')] },
        tooltip: { trigger: 'axis', valueFormatter: (value: number) => theme.format.percent(value) },
        xAxis: categoryAxis(theme, names),
        yAxis: valueAxis(theme, { label: (value) => theme.format.percent(value, 0) }),
        series: [
          {
            type: 'bar',
            name: t('drift.reference'),
            data: row.referenceShares,
            itemStyle: { color: theme.tokens.axis, opacity: 0.55 },
            barGap: '10%',
          },
          {
            type: 'bar',
            name: t('drift.current'),
            data: row.currentShares,
            itemStyle: { color: theme.tokens.series[0] },
          },
        ],
      };
    },
    [row, t],
  );
  return (
    <ChartFigure
      title={t('drift.shares', { feature: row.name })}
      description={t('drift.shares-description', {
        stability: format.number(row.stability?.value, 3),
        high: format.number(row.stability?.high, 3),
      })}
      option={option}
      height={220}
      table={{
        columns: [
          { key: 'bin', label: t('drift.bin') },
          { key: 'reference', label: t('drift.reference'), text: (value) => format.percent(value) },
          { key: 'current', label: t('drift.current'), text: (value) => format.percent(value) },
        ],
        rows: bins.map((bin, at) => ({
          bin,
          reference: row.referenceShares[at]!,
          current: row.currentShares[at]!,
        })),
      }}
    />
  );
}

/** As many digits as tell neighbouring edges apart. */
function digitsOf({ edges }: DriftRow): number {
  const gaps = edges.slice(1).map((edge, at) => edge - edges[at]!);
  const least = Math.min(...gaps, 1);
  return Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(least))));
}

function binNames(
  { edges }: DriftRow,
  words: { readonly number: (value: number) => string; readonly missing: string },
): string[] {
  const { number, missing } = words;
  const inner = edges.slice(1).map((edge, at) => `${number(edges[at]!)} – ${number(edge)}`);
  return [`< ${number(edges[0]!)}`, ...inner, `≥ ${number(edges.at(-1)!)}`, missing];
}
