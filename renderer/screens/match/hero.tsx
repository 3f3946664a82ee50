import { useTranslation } from 'react-i18next';
import { Link } from '@tanstack/react-router';
import type { MatchShow } from '../../../engine/contract/match.ts';
import { useFormat } from '../../components/format.ts';
import { useNow } from '../../frame/use-now.ts';
import { Metric } from '../../components/metric.tsx';
import { ProbabilityBar } from '../../components/probability-bar.tsx';
import { QualityMark } from '../../components/quality-mark.tsx';
import { SetBadge } from '../../components/set-badge.tsx';
import { VerdictMark } from '../../components/match-table/verdict-mark.tsx';
import classes from './match.module.css';

const names = { H: 'home', D: 'draw', A: 'away' } as const;

/** Who plays whom, when or how it ended, and the forecast at a glance. */
export function Hero({ data }: { readonly data: MatchShow }) {
  const { match } = data;
  const { home, away, forecast } = match;
  return (
    <section className={classes.hero} aria-label={`${home.name} – ${away.name}`}>
      <div className={classes.sides}>
        <TeamName id={home.id} name={home.name} side="home" />
        <Middle data={data} />
        <TeamName id={away.id} name={away.name} side="away" />
      </div>
      {forecast ? (
        <>
          <ProbabilityBar
            home={forecast.probabilities.H}
            draw={forecast.probabilities.D}
            away={forecast.probabilities.A}
            height={36}
          />
          <ClassNames data={data} />
          <Facts data={data} />
        </>
      ) : (
        <NoForecast data={data} />
      )}
    </section>
  );
}

function TeamName(props: { readonly id: number; readonly name: string; readonly side: 'home' | 'away' }) {
  const { t } = useTranslation('match');
  const { id, name, side } = props;
  return (
    <div className={classes.team} data-side={side}>
      <Link
        to="/team/$teamId"
        params={{ teamId: String(id) }}
        className={classes.teamName ?? ''}
        title={name}
      >
        <bdi>{name}</bdi>
      </Link>
      <span className={classes.teamSide}>{t(`sides.${side}`)}</span>
    </div>
  );
}

function Middle({ data }: { readonly data: MatchShow }) {
  const { t } = useTranslation(['match', 'match-table']);
  const format = useFormat();
  const now = useNow(30_000);
  const { match, halfTime } = data;
  if (match.score) {
    return (
      <div className={classes.middle}>
        <span className={classes.score}>{`${match.score.home}:${match.score.away}`}</span>
        <span className={classes.teamSide}>
          {halfTime
            ? t('half-time', { score: `${halfTime.home}:${halfTime.away}` })
            : t(match.status === 'awarded' ? 'match-table:status.awarded' : 'final')}
        </span>
        {match.forecast && <VerdictMark match={match} />}
      </div>
    );
  }
  const isTimed = match.kickOffPrecision === 'minute';
  return (
    <div className={classes.middle}>
      <span className={classes.clock}>
        {isTimed ? format.time(match.kickOff) : format.day(match.day, 'weekday')}
      </span>
      <span className={classes.teamSide}>
        {match.status === 'scheduled'
          ? isTimed
            ? format.relative(match.kickOff, now)
            : t('match-table:day-only')
          : t(`match-table:status.${match.status}`, { defaultValue: match.status })}
      </span>
    </div>
  );
}

/** The three results under the bar: each with its words and fair odds, so that colour is not the only carrier. */
function ClassNames({ data }: { readonly data: MatchShow }) {
  const { t } = useTranslation(['match', 'engine']);
  const format = useFormat();
  const { forecast } = data.match;
  if (!forecast) return null;
  return (
    <div className={classes.classes} aria-hidden>
      {(['H', 'D', 'A'] as const).map((one) => (
        <div key={one} className={classes.class} data-class={names[one]}>
          <span className={classes.classDot} data-class={names[one]} />
          <span>{t(`engine:labels.words.${names[one]}`)}</span>
          <strong>{format.probability(forecast.probabilities[one])}</strong>
          <span className={classes.fair}>
            {t('fair-odds', { odds: format.odds(1 / forecast.probabilities[one]) })}
          </span>
        </div>
      ))}
    </div>
  );
}

function Facts({ data }: { readonly data: MatchShow }) {
  const { t } = useTranslation(['match', 'engine']);
  const format = useFormat();
  const { match, making } = data;
  const { forecast } = match;
  if (!forecast || !making) return null;
  const words = (set: number | null) => t(`engine:labels.set-words.${set ?? 'not-enough'}`);
  return (
    <div className={classes.facts}>
      <Metric
        label={t('set80')}
        value={forecast.set80 === null ? null : words(forecast.set80)}
        missing={t('engine:labels.set-words.not-enough')}
        definition={
          <>
            <SetBadge set={forecast.set80} />{' '}
            {t('set-definition', { window: t(`window.${making.windowScope}`) })}
          </>
        }
        n={making.windowCount}
      />
      <Metric
        label={t('set90')}
        value={forecast.set90 === null ? null : words(forecast.set90)}
        missing={t('engine:labels.set-words.not-enough')}
        definition={
          <>
            <SetBadge set={forecast.set90} level={0.9} /> {t('set90-definition')}
          </>
        }
        n={making.windowCount}
      />
      <Metric
        label={t('confidence')}
        value={forecast.confidence === null ? null : format.percent(forecast.confidence)}
        missing={t('engine:labels.set-words.not-enough')}
        definition={t('confidence-definition', { credibility: format.percent(forecast.credibility) })}
        n={making.windowCount}
      />
      <Metric
        label={t('quality')}
        value={forecast.quality ? `${forecast.quality.hits} / ${forecast.quality.n}` : t('not-selected')}
        definition={
          forecast.quality ? (
            <>
              <QualityMark quality={forecast.quality} compact />{' '}
              {t('quality-definition', {
                from: format.day(forecast.quality.from),
                until: format.day(forecast.quality.until),
                bound: format.percent(forecast.quality.bound),
                target: format.percent(forecast.quality.target, 0),
                since: `${forecast.quality.since.hits} / ${forecast.quality.since.n}`,
              })}
            </>
          ) : (
            t('not-selected-definition')
          )
        }
      />
      <Metric
        label={t('made')}
        value={t(`origin.${forecast.origin}`)}
        definition={t(`origin-definition.${forecast.origin}`, {
          madeAt: format.instant(forecast.madeAt),
          asOf: format.instant(forecast.asOf),
        })}
      />
    </div>
  );
}

function NoForecast({ data }: { readonly data: MatchShow }) {
  const { t } = useTranslation(['match', 'engine']);
  const { failure } = data.match;
  return (
    <div className={classes.noForecast} role={failure ? 'alert' : undefined}>
      <strong>{t('no-forecast')}</strong>
      {failure && <p>{t(`engine:errors.${failure.code}`, { defaultValue: failure.code })}</p>}
      {failure && (
        <Link to="/runs" className={classes.quietLink ?? ''}>
          {t('to-runs', { stage: t(`engine:stages.${failure.stage}`) })}
        </Link>
      )}
    </div>
  );
}
