import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultStaking } from '../../../engine/contract/results.ts';
import { ChartFigure } from '../../components/chart-figure.tsx';
import type { ChartTheme } from '../../components/chart-theme.ts';
import { fanChart } from '../../components/charts/fan-chart.ts';
import { useFormat } from '../../components/format.ts';

export interface BankrollChartProps {
  readonly staking: ResultStaking;
  readonly days: readonly string[];
  readonly draws: number;
}

const level = 0.9;

/** The bank as a multiple of the start, and how far the same bets in another order would have taken it. */
export function BankrollChart({ staking, days, draws }: BankrollChartProps) {
  const { t } = useTranslation('results');
  const format = useFormat();
  const { plan, fraction, actual, low, middle, high } = staking;
  const option = useCallback(
    (theme: ChartTheme) =>
      fanChart(theme, {
        xKind: 'value',
        xName: t('bank.across'),
        levels: [level],
        fan: middle.map((median, x) => ({ x, median, lows: [low[x]!], highs: [high[x]!] })),
        actual: { name: t('bank.actual'), points: actual.map((y, x) => ({ x, y })) },
        medianName: t('bank.middle'),
        bandName: (of) => t('bank.band', { level: theme.format.percent(of, 0) }),
        text: (value) => theme.format.number(value, 2),
        reference: 1,
      }),
    [actual, low, middle, high, t],
  );
  const text = (value: number) => format.number(value, 3);
  // The last stakes may cost a little more than is left.
  const fall = (share: number | null | undefined) =>
    format.percent(share == null ? null : Math.min(1, share));
  return (
    <ChartFigure
      title={t(`bank.plans.${plan}`, { fraction: format.percent(fraction, 0) })}
      description={t('bank.description', {
        final: format.number(staking.final, 2),
        drawdown: fall(staking.drawdown),
        usual: fall(staking.drawdowns[1]),
        worst: fall(staking.drawdowns[2]),
        ruined: format.percent(staking.ruined),
        draws: format.count(draws),
      })}
      option={option}
      height={260}
      table={{
        columns: [
          { key: 'day', label: t('bank.day') },
          { key: 'actual', label: t('bank.actual'), text },
          { key: 'low', label: t('bank.low'), text },
          { key: 'middle', label: t('bank.middle'), text },
          { key: 'high', label: t('bank.high'), text },
        ],
        rows: days.map((day, at) => ({
          day,
          actual: actual[at] ?? null,
          low: low[at] ?? null,
          middle: middle[at] ?? null,
          high: high[at] ?? null,
        })),
      }}
    />
  );
}
