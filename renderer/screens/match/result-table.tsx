import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { MatchShow } from '../../../engine/contract/match.ts';
import { useFormat } from '../../components/format.ts';
import { Missing } from '../../components/missing.tsx';
import { Section } from '../../components/screen.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import { api } from '../../connection/client.ts';
import classes from './match.module.css';

const outcomes = ['H', 'D', 'A'] as const;
const names = { H: 'home', D: 'draw', A: 'away' } as const;

/** Home win, draw and away win in figures: probability, fair odds with their range, and the market beside them. */
export function ResultTable({ data }: { readonly data: MatchShow }) {
  const { t } = useTranslation(['match', 'engine']);
  const format = useFormat();
  const { match, fair, margin, making } = data;
  const { matchId, forecast } = match;
  const ranges = useQuery(api.match.ranges.queryOptions({ input: { matchId } })).data;
  if (!forecast) return null;
  const { probabilities, price } = forecast;
  const note =
    ranges &&
    (ranges.ranges
      ? t('result.range-note', {
          count: ranges.n,
          n: format.count(ranges.n),
          scope: t(`window.${ranges.scope}`),
          from: format.day(ranges.from),
          until: format.day(ranges.until),
        })
      : t('result.range-missing', { n: format.count(ranges.n), minimum: format.count(ranges.minimum) }));
  return (
    <Section title={t('result.title')} info={t('result.info')} note={note} flush>
      <SimpleTable
        caption={t('result.title')}
        rows={outcomes}
        rowKey={(one) => one}
        columns={[
          {
            key: 'result',
            title: t('result.outcome'),
            isRowHead: true,
            cell: (one) => (
              <span className={classes.classCell}>
                <span className={classes.classDot} data-class={names[one]} />
                {t(`engine:labels.words.${names[one]}`)}
              </span>
            ),
          },
          {
            key: 'probability',
            title: t('result.probability'),
            definition: t('result.probability-definition', {
              temperature: format.number(making?.temperature, 3),
              n: format.count(making?.calibrationCount),
            }),
            align: 'end',
            cell: (one) => format.probability(probabilities[one]),
          },
          {
            key: 'fair',
            title: t('result.fair'),
            definition: t('result.fair-definition'),
            align: 'end',
            cell: (one) => format.odds(1 / probabilities[one]),
          },
          {
            key: 'range',
            title: t('result.range'),
            definition: t('result.range-definition'),
            align: 'end',
            cell: (one) => {
              const range = ranges?.ranges?.[one];
              if (!range) return <Missing reason={note ?? t('result.waiting')} />;
              return (
                <span title={format.range(range.low, range.high, (value) => format.probability(value, 2))}>
                  {range.longestOdds === null
                    ? t('result.from', { odds: format.odds(range.shortestOdds) })
                    : format.range(range.shortestOdds, range.longestOdds, format.odds)}
                </span>
              );
            },
          },
          {
            key: 'p-value',
            title: t('result.p-value'),
            definition: t('result.p-value-definition'),
            align: 'end',
            cell: (one) => format.number(making?.pValues[one], 3),
          },
          {
            key: 'price',
            title: t('result.price'),
            definition: t('result.price-definition'),
            align: 'end',
            cell: (one) =>
              price ? (
                <span title={`${price.bookmaker} · ${format.instant(price.instant)}`}>
                  {format.odds(price.odds[one])}
                </span>
              ) : (
                <Missing reason={t('result.no-price')} />
              ),
          },
          {
            key: 'market',
            title: t('result.market'),
            definition: t('result.market-definition', { margin: format.percent(margin) }),
            align: 'end',
            cell: (one) => (fair ? format.probability(fair[one]) : <Missing reason={t('result.no-price')} />),
          },
          {
            key: 'value',
            title: t('result.value'),
            definition: t('result.value-definition'),
            align: 'end',
            cell: (one) => {
              if (!price) return <Missing reason={t('result.no-price')} />;
              const edge = probabilities[one] * price.odds[one] - 1;
              return <span className={edge > 0 ? classes.gain : classes.quiet}>{signed(format, edge)}</span>;
            },
          },
        ]}
      />
    </Section>
  );
}

function signed(format: ReturnType<typeof useFormat>, edge: number): string {
  return edge > 0 ? `+${format.percent(edge)}` : format.percent(edge);
}
