import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { MatchView } from '../../../engine/contract/match-view.ts';
import type { DayView } from '../../../engine/contract/today.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { useFormat } from '../../components/format.ts';
import { MatchTable } from '../../components/match-table/match-table.tsx';
import type { MatchColumn } from '../../components/match-table/match-table.tsx';
import { Section } from '../../components/screen.tsx';
import { useShownName } from '../../components/use-shown-name.ts';
import { api } from '../../connection/client.ts';
import { EdgeNote } from './edge-note.tsx';
import { noiseText } from './edge-noise.ts';
import classes from './today.module.css';

const keeps = {
  all: () => true,
  selected: ({ forecast }: MatchView) =>
    forecast !== null && (forecast.quality !== null || forecast.qualityTypes > 0),
  value: ({ forecast }: MatchView) => (forecast?.value?.edge ?? 0) > 0,
} as const;

export interface DayMatchesProps {
  readonly view: DayView;
  readonly only: keyof typeof keeps;
  readonly onPick: (day: string) => void;
}

/** The matches of the day under the names of their championships. */
export function DayMatches({ view, only, onPick }: DayMatchesProps) {
  const { t } = useTranslation('today');
  const format = useFormat();
  const nameOf = useShownName();
  const edges = useQuery(api.today.edges.queryOptions({ input: { before: view.day } }));
  const groups = view.championships
    .map(({ championship, matches }) => ({ championship, matches: matches.filter(keeps[only]) }))
    .filter(({ matches }) => matches.length > 0);
  if (view.totals.matches === 0) return <NoMatches view={view} onPick={onPick} />;
  const isSettled = view.championships.some(({ matches }) => matches.some(({ score }) => score !== null));
  const columns: MatchColumn[] = [
    ...(['when', 'match', 'probabilities', 'set', 'quality'] as const),
    ...(isSettled ? (['verdict'] as const) : (['value'] as const)),
  ];
  return (
    <Section title={t('matches.title')} info={t('matches.info')} flush>
      {groups.length === 0 ? (
        <EmptyState title={t('matches.none-kept')} text={t(`matches.none-${only}`)} />
      ) : (
        <MatchTable
          caption={t('matches.title')}
          columns={columns}
          noiseOf={(edge) => noiseText(edges.data, edge, format)}
          groups={groups.map(({ championship, matches }) => ({
            key: championship.code,
            title: (
              <span className={classes.groupTitle}>
                <Link
                  to="/championship/$code"
                  params={{ code: championship.code }}
                  className={classes.groupLink ?? ''}
                >
                  {`${nameOf(championship.country)} · ${nameOf(championship.name)}`}
                </Link>
                {championship.isSample && <span className={classes.sample}>{t('sample')}</span>}
                <span className={classes.groupCount}>{t('counts.matches', { count: matches.length })}</span>
              </span>
            ),
            matches,
          }))}
        />
      )}
      {!isSettled && edges.data && <EdgeNote edges={edges.data} />}
    </Section>
  );
}

function NoMatches({ view, onPick }: { readonly view: DayView; readonly onPick: (day: string) => void }) {
  const { t } = useTranslation('today');
  const format = useFormat();
  const { before, after } = view.nearest;
  const nothing = before === null && after === null;
  return (
    <Section title={t('matches.title')}>
      <EmptyState
        title={t(nothing ? 'empty.nothing' : 'empty.title', { day: format.day(view.day, 'long') })}
        text={t(nothing ? 'empty.nothing-text' : 'empty.text')}
        action={
          <Group gap="xs" justify="center">
            {after && (
              <Button
                onClick={() => {
                  onPick(after.day);
                }}
              >
                {t('empty.after', { day: format.day(after.day), count: after.matches })}
              </Button>
            )}
            {before && (
              <Button
                variant={after ? 'default' : 'filled'}
                onClick={() => {
                  onPick(before.day);
                }}
              >
                {t('empty.before', { day: format.day(before.day), count: before.matches })}
              </Button>
            )}
            {nothing && (
              <Button component={Link} to="/welcome">
                {t('empty.begin')}
              </Button>
            )}
          </Group>
        }
      />
    </Section>
  );
}
