import { useTranslation } from 'react-i18next';
import type { LabelRecord, SaidForecast } from '../../../engine/contract/forecasts.ts';
import { useFormat } from '../format.ts';
import { Missing } from '../missing.tsx';
import { QualityMark } from '../quality-mark.tsx';
import { ProbabilityBar } from '../probability-bar.tsx';
import { SetBadge } from '../set-badge.tsx';
import { useForecastWords } from './forecast-words.ts';
import classes from './said-cells.module.css';

/** The label with the words of it on hover, a star where it was selected, and its type. */
export function SaidLabel({ said }: { readonly said: SaidForecast }) {
  const words = useForecastWords();
  const format = useFormat();
  return (
    <span className={classes.said}>
      <span className={classes.label}>
        <strong title={words.words(said)}>
          {said.expected === null
            ? words.sign(said)
            : `${format.number(said.expected, 1)} → ${words.sign(said)}`}
        </strong>
        <QualityMark quality={said.selection} compact />
      </span>
      <span className={classes.muted}>{words.type(said.type)}</span>
    </span>
  );
}

/** The probability of the label; of a result the bar of all three. */
export function SaidProbability({ said }: { readonly said: SaidForecast }) {
  const format = useFormat();
  const { probabilities, probability } = said;
  if (probabilities) {
    const [home, draw, away] = probabilities;
    return (
      <div className={classes.bar}>
        <ProbabilityBar home={home} draw={draw} away={away} height={18} />
      </div>
    );
  }
  return (
    <div className={classes.bar}>
      <span
        className={classes.meter}
        role="img"
        aria-label={format.probability(probability)}
        title={format.probability(probability)}
      >
        <span className={classes.filled} style={{ width: `${probability * 100}%` }} />
        <span className={classes.figure}>{format.percent(probability, 0)}</span>
      </span>
    </div>
  );
}

/** The bounds at 80 and 90 %: sets of labels, or intervals of goals. */
export function SaidBounds({ said }: { readonly said: SaidForecast }) {
  const { t } = useTranslation('forecasts');
  const words = useForecastWords();
  const format = useFormat();
  if (said.type === '1x2') {
    return (
      <span className={classes.bounds}>
        <SetBadge set={said.set80} level={0.8} />
        <SetBadge set={said.set90} level={0.9} />
      </span>
    );
  }
  const goals = (interval: readonly [number, number] | null): string | null =>
    interval === null
      ? null
      : interval[0] === interval[1]
        ? format.count(interval[0])
        : `${format.count(interval[0])}–${format.count(interval[1])}`;
  const at = (level: 80 | 90): string | null =>
    said.expected === null
      ? words.set(said, level === 80 ? said.set80 : said.set90)
      : goals(level === 80 ? said.interval80 : said.interval90);
  const [at80, at90] = [at(80), at(90)];
  if (at80 === null || at90 === null) return <Missing reason={t('missing.history')} />;
  return (
    <span className={classes.two} title={t('bounds.meaning')}>
      <span>{at80}</span>
      <span className={classes.muted}>{at90}</span>
    </span>
  );
}

/** How sure the set is of its label, and under it what is left. */
export function SaidConfidence({ said }: { readonly said: SaidForecast }) {
  const { t } = useTranslation('forecasts');
  const format = useFormat();
  const { confidence } = said;
  if (confidence === null) {
    return <Missing reason={t(said.expected === null ? 'missing.history' : 'missing.amount')} />;
  }
  return (
    <Two title={t('columns.confidence.title')} under={format.percent(1 - confidence)}>
      {format.percent(confidence)}
    </Two>
  );
}

/** Hits of all such forecasts and, under them, of the last ten; replays say that they are. */
export function RecordAccuracy({ record }: { readonly record: LabelRecord | undefined }) {
  const { t } = useTranslation('forecasts');
  const format = useFormat();
  if (!record) return <Missing reason={t('missing.record')} />;
  const { hits, n, low, high, lastTen, origin } = record;
  const interval = format.range(low, high, (value) => format.percent(value));
  return (
    <Two
      title={t(origin === 'replay' ? 'record.interval-replay' : 'record.interval', { interval })}
      under={t('record.last-ten', { hits: lastTen.hits, n: lastTen.n })}
    >
      {`${format.percent(hits / n)} · ${format.count(hits)}/${format.count(n)}`}
    </Two>
  );
}

/** What was said on average and what came of it; under it the worst and the best season. */
export function RecordCalibration({ record }: { readonly record: LabelRecord | undefined }) {
  const { t } = useTranslation('forecasts');
  const format = useFormat();
  if (!record) return <Missing reason={t('missing.record')} />;
  const { stability, meanProbability, hits, n } = record;
  const seasons = stability
    ? format.range(stability.low, stability.high, (value) => format.percent(value, 0))
    : t('record.few-seasons');
  return (
    <Two
      title={stability ? t('record.seasons', { count: stability.seasons }) : t('missing.seasons')}
      under={seasons}
    >
      {`${format.percent(meanProbability)} → ${format.percent(hits / n)}`}
    </Two>
  );
}

/** A figure and, under it, its companion. */
function Two({
  title,
  under,
  children,
}: {
  readonly title: string;
  readonly under: string;
  readonly children: string;
}) {
  return (
    <span className={classes.two} title={title}>
      <span>{children}</span>
      <span className={classes.muted}>{under}</span>
    </span>
  );
}

/** Hit or miss, with a sign as well as a colour. */
export function Verdict({ isHit }: { readonly isHit: boolean | null }) {
  const { t } = useTranslation('forecasts');
  if (isHit === null) return <span className={classes.muted}>{t('verdict.awaited')}</span>;
  return (
    <span className={isHit ? classes.hit : classes.miss}>
      <span aria-hidden>{isHit ? '✓ ' : '✗ '}</span>
      {t(isHit ? 'verdict.hit' : 'verdict.miss')}
    </span>
  );
}
