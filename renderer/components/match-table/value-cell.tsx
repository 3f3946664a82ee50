import { useTranslation } from 'react-i18next';
import type { MatchView } from '../../../engine/contract/match-view.ts';
import { useFormat } from '../format.ts';
import { Missing } from '../missing.tsx';
import classes from './match-table.module.css';

const signs = { H: 'home', D: 'draw', A: 'away' } as const;

/** The best value at the price that stands in the forecast, never without how often such values were noise. */
export function ValueCell({
  forecast,
  noiseOf,
}: {
  readonly forecast: NonNullable<MatchView['forecast']>;
  readonly noiseOf: ((edge: number) => string | undefined) | undefined;
}) {
  const { t } = useTranslation(['match-table', 'engine']);
  const format = useFormat();
  const { price, value } = forecast;
  if (!price || !value) return <Missing reason={t('no-price')} />;
  const { selection, edge } = value;
  const words = t('value-of', {
    selection: t(`engine:labels.words.${signs[selection]}`),
    odds: format.odds(price.odds[selection]),
    bookmaker: price.bookmaker,
    instant: format.instant(price.instant),
  });
  const noise = edge > 0 ? noiseOf?.(edge) : undefined;
  return (
    <span className={classes.valueCell} title={words}>
      <span className={classes.price}>
        {`${t(`engine:labels.sign.${signs[selection]}`)} @ ${format.odds(price.odds[selection])}`}
      </span>
      <span className={edge > 0 ? classes.edge : classes.noEdge}>
        {edge > 0 ? `+${format.percent(edge)}` : t('no-value')}
      </span>
      {noise !== undefined && <span className={classes.noise}>{t('noise', { share: noise })}</span>}
    </span>
  );
}
