import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { TeamFacts } from '../../../engine/contract/team.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { useFormat } from '../../components/format.ts';
import { QueryState } from '../../components/query-state.tsx';
import { Section } from '../../components/screen.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import { useNow } from '../../frame/use-now.ts';
import { api } from '../../connection/client.ts';
import { News } from './news.tsx';
import classes from './team.module.css';

/** What is known of the team beside its matches: each with its source and the instant from which it could be known. */
export function SquadPart({ teamId }: { readonly teamId: number }) {
  const { t } = useTranslation('team');
  const query = useQuery(api.team.facts.queryOptions({ input: { teamId } }));
  return (
    <div className={classes.part}>
      <QueryState query={query} height={360}>
        {(facts) => (
          <>
            <Section title={t('absences.title')} info={t('absences.info')} flush>
              <Absences absences={facts.absences} />
            </Section>
            <Section title={t('facts.title')} info={t('facts.info')} flush>
              <Facts facts={facts} />
            </Section>
            <Section title={t('news.title')} info={t('news.info')} flush>
              <News news={facts.news} />
            </Section>
          </>
        )}
      </QueryState>
    </div>
  );
}

function Absences({ absences }: { readonly absences: TeamFacts['absences'] }) {
  const { t } = useTranslation('team');
  const format = useFormat();
  const now = useNow(60_000);
  if (absences.length === 0) return <EmptyState title={t('absences.none')} text={t('absences.none-text')} />;
  return (
    <SimpleTable
      caption={t('absences.title')}
      isDense
      rows={absences}
      rowKey={({ player, knownAt }) => `${player} ${knownAt}`}
      columns={[
        {
          key: 'player',
          title: t('absences.player'),
          isRowHead: true,
          cell: ({ player, isKey }) => (
            <>
              <bdi>{player}</bdi>
              {isKey && <span className={classes.key}>{t('absences.key')}</span>}
            </>
          ),
        },
        { key: 'reason', title: t('absences.reason'), cell: ({ reason }) => t(`absences.reasons.${reason}`) },
        {
          key: 'state',
          title: t('absences.state'),
          cell: ({ isOut, backAt }) =>
            isOut
              ? backAt === null
                ? t('absences.out')
                : t('absences.out-until', { day: format.instant(backAt) })
              : t('absences.back', { day: format.instant(backAt) }),
        },
        {
          key: 'known',
          title: t('known'),
          cell: ({ knownAt }) => <span title={format.instant(knownAt)}>{format.relative(knownAt, now)}</span>,
        },
        { key: 'source', title: t('source'), cell: ({ source }) => <bdi>{source}</bdi> },
      ]}
    />
  );
}

function Facts({ facts }: { readonly facts: TeamFacts }) {
  const { t } = useTranslation('team');
  const format = useFormat();
  const rows = [
    ...facts.managers.map(({ name, ...rest }) => ({ ...rest, kind: 'manager' as const, value: name })),
    ...facts.squadValues.map(({ millionEuros, ...rest }) => ({
      ...rest,
      kind: 'squad-value' as const,
      value: t('facts.millions', { value: format.number(millionEuros, 1) }),
    })),
    ...(facts.stadium
      ? [
          {
            knownAt: facts.stadium.knownAt,
            source: facts.stadium.source,
            kind: 'stadium' as const,
            value: [
              ...(facts.stadium.name === null ? [] : [facts.stadium.name]),
              `${format.number(facts.stadium.latitude, 4)}, ${format.number(facts.stadium.longitude, 4)}`,
            ].join(' · '),
          },
        ]
      : []),
  ].sort((a, b) => b.knownAt - a.knownAt);
  if (rows.length === 0) return <EmptyState title={t('facts.none')} text={t('facts.none-text')} />;
  return (
    <SimpleTable
      caption={t('facts.title')}
      isDense
      rows={rows}
      rowKey={({ kind, knownAt }) => `${kind} ${knownAt}`}
      columns={[
        {
          key: 'kind',
          title: t('facts.kind'),
          isRowHead: true,
          cell: ({ kind }) => t(`facts.kinds.${kind}`),
        },
        { key: 'value', title: t('facts.value'), cell: ({ value }) => <bdi>{value}</bdi> },
        { key: 'known', title: t('known'), cell: ({ knownAt }) => format.instant(knownAt) },
        { key: 'source', title: t('source'), cell: ({ source }) => <bdi>{source}</bdi> },
      ]}
    />
  );
}
