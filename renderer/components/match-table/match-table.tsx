import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MatchView } from '../../../engine/contract/match-view.ts';
import { useFormat } from '../format.ts';
import { InfoTip } from '../info-tip.tsx';
import { ProbabilityBar } from '../probability-bar.tsx';
import { QualityMark } from '../quality-mark.tsx';
import { SetBadge } from '../set-badge.tsx';
import { Missing } from '../missing.tsx';
import classes from './match-table.module.css';
import { KickOff } from './kick-off.tsx';
import { ValueCell } from './value-cell.tsx';
import { VerdictMark } from './verdict-mark.tsx';

export const matchColumns = ['when', 'match', 'probabilities', 'set', 'quality', 'value', 'verdict'] as const;
export type MatchColumn = (typeof matchColumns)[number];

export interface MatchGroup {
  readonly key: string;
  /** Heads the group; without one the rows stand by themselves. */
  readonly title?: ReactNode;
  readonly matches: readonly MatchView[];
}

export interface MatchTableProps {
  readonly caption: string;
  readonly groups: readonly MatchGroup[];
  readonly columns: readonly MatchColumn[];
  /** The day of each match rather than its time alone. */
  readonly hasDays?: boolean;
  /** Of claimed values of a size, the share that the closing price denied. */
  readonly noiseOf?: (edge: number) => string | undefined;
}

/** Matches in a table that all screens share: when, who, how probable, which set, at what price, and what came of it. */
export function MatchTable({ caption, groups, columns, hasDays = false, noiseOf }: MatchTableProps) {
  const { t } = useTranslation('match-table');
  return (
    <div className={classes.scroll} role="region" aria-label={caption} tabIndex={0}>
      <table className={classes.table}>
        <caption className={classes.hidden}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" className={classes[column]}>
                <span className={classes.heading}>
                  {t(`columns.${column}.title`)}
                  {column !== 'match' && column !== 'when' && (
                    <InfoTip about={t(`columns.${column}.title`)}>
                      {t(`columns.${column}.definition`)}
                    </InfoTip>
                  )}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        {groups.map(({ key, title, matches }) => (
          <tbody key={key}>
            {title !== undefined && (
              <tr className={classes.group}>
                <th scope="rowgroup" colSpan={columns.length}>
                  {title}
                </th>
              </tr>
            )}
            {matches.map((match) => (
              <tr key={match.matchId}>
                {columns.map((column) => (
                  <Fragment key={column}>
                    <Cell column={column} match={match} hasDays={hasDays} noiseOf={noiseOf} />
                  </Fragment>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

interface CellProps {
  readonly column: MatchColumn;
  readonly match: MatchView;
  readonly hasDays: boolean;
  readonly noiseOf: MatchTableProps['noiseOf'];
}

function Cell({ column, match, hasDays, noiseOf }: CellProps) {
  const { t } = useTranslation(['match-table', 'engine']);
  const { forecast, failure } = match;
  if (column === 'when') {
    return (
      <td className={classes.when}>
        <KickOff match={match} hasDay={hasDays} />
      </td>
    );
  }
  if (column === 'match') {
    return (
      <th scope="row" className={classes.match}>
        <Sides match={match} />
      </th>
    );
  }
  if (!forecast) {
    const reason = failure
      ? t(`engine:errors.${failure.code}`, { defaultValue: failure.code })
      : t('no-forecast');
    return (
      <td className={classes[column]}>
        {column === 'probabilities' && failure && match.status === 'scheduled' ? (
          <span className={classes.failure} title={reason}>
            {t('failed-at', { stage: t(`engine:stages.${failure.stage}`) })}
          </span>
        ) : (
          <Missing reason={reason} />
        )}
      </td>
    );
  }
  const content = {
    probabilities: () => <ProbabilityBar {...barOf(forecast.probabilities)} />,
    set: () => <SetBadge set={forecast.set80} />,
    quality: () => <Marks match={match} />,
    value: () => <ValueCell forecast={forecast} noiseOf={noiseOf} />,
    verdict: () => <VerdictMark match={match} />,
  }[column]();
  return <td className={classes[column]}>{content}</td>;
}

const barOf = ({ H, D, A }: { readonly H: number; readonly D: number; readonly A: number }) => ({
  home: H,
  draw: D,
  away: A,
});

/** Both sides and, once there is one, the score; the whole opens the match. */
function Sides({ match }: { readonly match: MatchView }) {
  const { t } = useTranslation('match-table');
  const { home, away, score, status } = match;
  return (
    <Link to="/match/$matchId" params={{ matchId: String(match.matchId) }} className={classes.link ?? ''}>
      <bdi className={classes.home} title={home.name}>
        {home.name}
      </bdi>
      {score ? (
        <strong className={classes.score}>{`${score.home}:${score.away}`}</strong>
      ) : (
        <span className={classes.against}>
          {status === 'scheduled' || status === 'finished' ? '–' : t(`status.${status}`)}
        </span>
      )}
      <bdi className={classes.away} title={away.name}>
        {away.name}
      </bdi>
    </Link>
  );
}

function Marks({ match }: { readonly match: MatchView }) {
  const { t } = useTranslation('match-table');
  const format = useFormat();
  const { forecast } = match;
  if (!forecast) return null;
  const { quality, qualityTypes } = forecast;
  return (
    <span className={classes.marks}>
      <QualityMark quality={quality} />
      {qualityTypes > 0 && (
        <span className={classes.more} title={t('quality-types', { count: qualityTypes })}>
          {`+${format.count(qualityTypes)}`}
        </span>
      )}
    </span>
  );
}
