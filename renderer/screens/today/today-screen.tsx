import { SegmentedControl } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { addDays } from '../../../engine/contract/zones.ts';
import { api } from '../../connection/client.ts';
import { Screen } from '../../components/screen.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { useFormat } from '../../components/format.ts';
import { useCommands } from '../../frame/commands/use-commands.ts';
import { SavedViews } from '../../frame/saved-views.tsx';
import { Attention } from './attention.tsx';
import { DateStrip } from './date-strip.tsx';
import { DayMatches } from './day-matches.tsx';
import { LastResults } from './last-results.tsx';
import classes from './today.module.css';

const route = getRouteApi('/today');
const filters = ['all', 'selected', 'value'] as const;

/** The first screen: a day's matches, what came of the last ones, and what needs a look. */
export function TodayScreen() {
  const { t } = useTranslation('today');
  const format = useFormat();
  const { day, only = 'all' } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(
    api.today.day.queryOptions({
      input: day === undefined ? {} : { day },
      placeholderData: keepPreviousData,
    }),
  );
  const view = query.data;
  const shown = view?.day;
  const show = (next: string | undefined) => {
    void navigate({ search: (old) => ({ ...old, day: next === view?.today ? undefined : next }) });
  };
  useCommands([
    {
      id: 'today.go-to-today',
      title: t('commands.today'),
      category: 'go',
      run: () => {
        show(undefined);
      },
    },
    {
      id: 'today.previous-day',
      title: t('commands.previous'),
      category: 'go',
      shortcut: 'BracketLeft',
      ...(view?.nearest.before ? {} : { disabledReason: t('no-earlier') }),
      run: () => {
        show(view?.nearest.before?.day ?? addDays(shown ?? '', -1));
      },
    },
    {
      id: 'today.next-day',
      title: t('commands.next'),
      category: 'go',
      shortcut: 'BracketRight',
      ...(view?.nearest.after ? {} : { disabledReason: t('no-later') }),
      run: () => {
        show(view?.nearest.after?.day ?? addDays(shown ?? '', 1));
      },
    },
  ]);
  const isToday = view !== undefined && view.day === view.today;
  const subtitle =
    view &&
    [
      t('counts.matches', { count: view.totals.matches }),
      t('counts.forecasts', { count: view.totals.forecasts }),
      t('counts.selected', { count: view.totals.quality }),
      ...(view.totals.failed > 0 ? [t('counts.failed', { count: view.totals.failed })] : []),
      t('zone', { zone: view.zone }),
    ].join(' · ');
  return (
    <Screen
      title={view && !isToday ? format.day(view.day, 'long') : t('title')}
      subtitle={view && (isToday ? `${format.day(view.day, 'long')} · ${subtitle ?? ''}` : subtitle)}
      actions={
        <>
          <SavedViews screen="today" />
          <SegmentedControl
            aria-label={t('filter.label')}
            value={only}
            data={filters.map((value) => ({ value, label: t(`filter.${value}`) }))}
            onChange={(value) => {
              const next = filters.find((one) => one === value);
              void navigate({ search: (old) => ({ ...old, only: next === 'all' ? undefined : next }) });
            }}
          />
        </>
      }
    >
      {view && <DateStrip day={view.day} today={view.today} nearest={view.nearest} onPick={show} />}
      <div className={classes.columns}>
        <QueryState query={query} height={480}>
          {(data) => <DayMatches view={data} only={only} onPick={show} />}
        </QueryState>
        <div className={classes.side}>
          <Attention />
          {view && <LastResults before={view.day} />}
        </div>
      </div>
    </Screen>
  );
}
