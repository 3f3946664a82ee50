import type { TFunction } from 'i18next';
import { matchStatuses } from '../../../engine/contract/domain.ts';
import type { ListedMatch, MatchColumn } from '../../../engine/contract/match-list.ts';
import type { GridColumn } from '../../components/data-grid.tsx';
import type { Format } from '../../components/format-values.ts';
import { matchCells } from './match-cells.tsx';

/** What the filters of championship and season offer. */
export interface MatchChoices {
  readonly championships: readonly { readonly code: string; readonly name: string }[];
  readonly seasons: readonly string[];
  /** The name of a championship in the language that is shown. */
  readonly nameOf: (code: string, otherwise: string) => string;
}

type MatchGridColumn = GridColumn<ListedMatch> & { readonly id: MatchColumn | 'probabilities' };

/** The columns of the list of matches. Every identity is one that the engine sorts and filters by. */
export function matchesColumns(t: TFunction, format: Format, choices: MatchChoices): MatchGridColumn[] {
  const cells = matchCells(t, format);
  const title = (id: string) => t(`matches:columns.${id}`);
  const definition = (id: string) => t(`matches:definitions.${id}`);
  const set = (values: readonly (readonly [value: string, label: string])[]) => ({
    kind: 'set' as const,
    choices: values.map(([value, label]) => ({ value, label })),
  });
  const yesNo = set([
    ['yes', t('matches:yes')],
    ['no', t('matches:no')],
  ]);
  const statusWords = new Map<string, string>(
    matchStatuses.map((status) => [status, t(`matches:status.${status}`)]),
  );
  const share = { kind: 'number', isShare: true } as const;
  const number = { kind: 'number' } as const;
  const words = { H: 'home', D: 'draw', A: 'away' } as const;
  // What each row says is worded once: scrolling asks for it by the hundred.
  const signs = {
    H: t('engine:labels.sign.home'),
    D: t('engine:labels.sign.draw'),
    A: t('engine:labels.sign.away'),
  };
  const verdicts = { right: `✓ ${t('matches:yes')}`, wrong: `✗ ${t('matches:no')}` };
  const noVerdict = t('matches:no-verdict');

  return [
    {
      id: 'matchDay',
      title: title('matchDay'),
      definition: definition('matchDay'),
      kind: 'day',
      width: 104,
      isPinned: true,
      value: (match) => match.matchDay,
      filter: { kind: 'day' },
    },
    {
      id: 'home',
      title: title('match'),
      definition: definition('match'),
      kind: 'text',
      width: 280,
      isPinned: true,
      value: (match) => `${match.home} – ${match.away}`,
      cell: cells.teams,
      filter: { kind: 'text' },
    },
    {
      id: 'homeGoals',
      title: title('score'),
      definition: definition('score'),
      kind: 'text',
      width: 84,
      value: score,
      cell: (match) => score(match) ?? cells.textOr(null, t(`matches:no-score.${match.status}`)),
      filter: number,
    },
    {
      id: 'championship',
      title: title('championship'),
      kind: 'text',
      width: 176,
      value: (match) => choices.nameOf(match.championship, match.championshipName),
      filter: set(
        choices.championships.map(({ code, name }) => [code, `${choices.nameOf(code, name)} (${code})`]),
      ),
    },
    {
      id: 'season',
      title: title('season'),
      kind: 'text',
      width: 84,
      value: (match) => match.season,
      filter: set(choices.seasons.map((season) => [season, season])),
    },
    {
      id: 'probabilityHome',
      title: title('probabilities'),
      definition: definition('probabilities'),
      kind: 'probability',
      width: 168,
      value: (match) => match.forecast?.probabilities.H ?? null,
      cell: cells.probabilities,
      filter: share,
    },
    {
      id: 'forecast',
      title: title('forecast'),
      definition: definition('forecast'),
      kind: 'text',
      width: 108,
      value: ({ forecast }) => (forecast === null ? null : signs[forecast.label]),
      filter: set(
        (['H', 'D', 'A'] as const).map((label) => [label, t(`engine:labels.words.${words[label]}`)]),
      ),
    },
    {
      id: 'isRight',
      title: title('isRight'),
      definition: definition('isRight'),
      kind: 'text',
      width: 104,
      value: (match) => rightness(match, verdicts),
      cell: (match) => cells.textOr(rightness(match, verdicts), noVerdict),
      filter: yesNo,
    },
    {
      id: 'set80',
      title: title('set80'),
      definition: definition('set80'),
      kind: 'text',
      width: 128,
      value: ({ forecast }) =>
        forecast === null || forecast.set80 === null ? null : t(`engine:labels.set-sign.${forecast.set80}`),
      cell: cells.set80,
      filter: set(
        ([0, 1, 2, 3, 4, 5, 6, 7] as const).map((bits) => [
          String(bits),
          t(`engine:labels.set-words.${bits}`),
        ]),
      ),
    },
    {
      id: 'quality',
      title: title('quality'),
      definition: definition('quality'),
      kind: 'text',
      width: 112,
      value: ({ quality }) => (quality === null ? null : `${quality.hits}/${quality.n}`),
      cell: cells.quality,
      filter: yesNo,
    },
    {
      id: 'closingHome',
      title: title('closingHome'),
      definition: definition('closing'),
      kind: 'odds',
      value: ({ closing }) => closing?.home ?? null,
      filter: number,
    },
    {
      id: 'closingDraw',
      title: title('closingDraw'),
      definition: definition('closing'),
      kind: 'odds',
      value: ({ closing }) => closing?.draw ?? null,
      filter: number,
    },
    {
      id: 'closingAway',
      title: title('closingAway'),
      definition: definition('closing'),
      kind: 'odds',
      value: ({ closing }) => closing?.away ?? null,
      filter: number,
    },
    {
      id: 'status',
      title: title('status'),
      kind: 'text',
      width: 112,
      value: (match) => statusWords.get(match.status) ?? match.status,
      filter: set([...statusWords]),
    },
    {
      id: 'homeExpectedGoals',
      title: title('homeExpectedGoals'),
      definition: definition('expectedGoals'),
      kind: 'number',
      isHidden: true,
      value: (match) => match.homeExpectedGoals,
      filter: number,
    },
    {
      id: 'awayExpectedGoals',
      title: title('awayExpectedGoals'),
      definition: definition('expectedGoals'),
      kind: 'number',
      isHidden: true,
      value: (match) => match.awayExpectedGoals,
      filter: number,
    },
    {
      id: 'probabilityDraw',
      title: title('probabilityDraw'),
      kind: 'probability',
      isHidden: true,
      value: ({ forecast }) => forecast?.probabilities.D ?? null,
      filter: share,
    },
    {
      id: 'probabilityAway',
      title: title('probabilityAway'),
      kind: 'probability',
      isHidden: true,
      value: ({ forecast }) => forecast?.probabilities.A ?? null,
      filter: share,
    },
    {
      id: 'confidence',
      title: title('confidence'),
      definition: definition('confidence'),
      kind: 'percent',
      isHidden: true,
      value: ({ forecast }) => forecast?.confidence ?? null,
      filter: share,
    },
    {
      id: 'origin',
      title: title('origin'),
      definition: definition('origin'),
      kind: 'text',
      isHidden: true,
      value: ({ forecast }) => (forecast === null ? null : t(`matches:origin.${forecast.origin}`)),
      filter: set((['live', 'replay'] as const).map((origin) => [origin, t(`matches:origin.${origin}`)])),
    },
    {
      id: 'away',
      title: title('away'),
      kind: 'text',
      isHidden: true,
      value: (match) => match.away,
      filter: { kind: 'text' },
    },
    {
      id: 'awayGoals',
      title: title('awayGoals'),
      kind: 'integer',
      isHidden: true,
      value: (match) => match.awayGoals,
      filter: number,
    },
    {
      id: 'totalGoals',
      title: title('totalGoals'),
      kind: 'integer',
      isHidden: true,
      value: ({ homeGoals, awayGoals }) =>
        homeGoals === null || awayGoals === null ? null : homeGoals + awayGoals,
      filter: number,
    },
  ];
}

function score({ homeGoals, awayGoals }: ListedMatch): string | null {
  return homeGoals === null || awayGoals === null ? null : `${homeGoals}:${awayGoals}`;
}

function rightness(
  { forecast, homeGoals, awayGoals }: ListedMatch,
  verdicts: { readonly right: string; readonly wrong: string },
): string | null {
  if (forecast === null || homeGoals === null || awayGoals === null) return null;
  const result = homeGoals > awayGoals ? 'H' : homeGoals < awayGoals ? 'A' : 'D';
  return forecast.label === result ? verdicts.right : verdicts.wrong;
}
