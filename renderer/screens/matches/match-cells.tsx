import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import type { ListedMatch } from '../../../engine/contract/match-list.ts';
import type { Format } from '../../components/format-values.ts';
import { Missing } from '../../components/missing.tsx';
import { probabilitySummary } from '../../components/probability-summary.ts';
import { ProbabilityStrip } from '../../components/probability-strip.tsx';
import { QualityMark } from '../../components/quality-mark.tsx';
import { setBadge } from '../../components/set-badge.tsx';
import { MatchCell } from './match-cell.tsx';

export interface MatchCells {
  readonly teams: (match: ListedMatch) => ReactNode;
  readonly probabilities: (match: ListedMatch) => ReactNode;
  readonly set80: (match: ListedMatch) => ReactNode;
  readonly quality: (match: ListedMatch) => ReactNode;
  /** A text, or a dash with the reason why there is none. */
  readonly textOr: (text: string | null, reason: string) => ReactNode;
}

/**
 * The cells that are more than text. Scrolling draws them by the hundred, so that what is the same for many is made once
 * and none of them looks for its texts or settings by itself.
 */
export function matchCells(t: TFunction, format: Format): MatchCells {
  const missing = new Map<string, ReactNode>();
  const textOr = (text: string | null, reason: string) => {
    if (text !== null) return text;
    if (!missing.has(reason)) missing.set(reason, <Missing reason={reason} />);
    return missing.get(reason);
  };
  const noForecast = <Missing reason={t('matches:no-forecast')} />;
  const badges = [0, 1, 2, 3, 4, 5, 6, 7].map((set) => setBadge({ set }, { t, format }));
  const noBadge = setBadge({ set: null }, { t, format });
  const figure = (share: number) => format.number(share * 100, 0);
  return {
    textOr,
    teams: (match) => <MatchCell match={match} />,
    probabilities: ({ forecast }) => {
      if (forecast === null) return noForecast;
      const { H, D, A } = forecast.probabilities;
      const shares = [H, D, A] as const;
      const summary = probabilitySummary(shares, { t, format });
      return <ProbabilityStrip shares={shares} height={18} figure={figure} summary={summary} />;
    },
    set80: ({ forecast }) => {
      if (forecast === null) return noForecast;
      return forecast.set80 === null ? noBadge : badges[forecast.set80];
    },
    quality: ({ quality }) => (quality === null ? null : <QualityMark quality={quality} />),
  };
}
