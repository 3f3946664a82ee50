import { useTranslation } from 'react-i18next';
import type { ChampionshipShow } from '../../../engine/contract/championship.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { FormDots } from '../../components/form-dots.tsx';
import { useFormat } from '../../components/format.ts';
import { MatchTable } from '../../components/match-table/match-table.tsx';
import { Section } from '../../components/screen.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import { TeamLink } from '../../components/team-link.tsx';
import { zoneOf } from './zones.ts';
import classes from './championship.module.css';

/** The table at the end of the day, and the matches before and after it. */
export function TablePart({ data }: { readonly data: ChampionshipShow }) {
  const { t } = useTranslation('championship');
  const format = useFormat();
  const { table, format: rules, recent, next, asOf } = data;
  const isTable = rules.shape === 'table';
  const clubs = table.length;
  return (
    <div className={classes.part}>
      <Section
        title={t('table.title')}
        info={t('table.info')}
        note={
          isTable && rules.upper === 0
            ? t('table.no-zones')
            : isTable
              ? undefined
              : t(`shape-notes.${rules.shape}`)
        }
        flush
      >
        {table.every(({ played }) => played === 0) ? (
          <EmptyState title={t('table.empty')} text={t('table.empty-text', { day: format.day(asOf) })} />
        ) : (
          <SimpleTable
            caption={t('table.title')}
            isDense
            rows={table}
            rowKey={({ team }) => team.id}
            columns={[
              {
                key: 'position',
                title: '№',
                align: 'end',
                width: 64,
                cell: (line) => (
                  <span className={classes.position} data-zone={zoneOf(line.position, clubs, rules)}>
                    <span className={classes.hidden}>
                      {zoneWords(zoneOf(line.position, clubs, rules), t)}
                    </span>
                    {format.count(line.position)}
                  </span>
                ),
              },
              {
                key: 'team',
                title: t('table.team'),
                isRowHead: true,
                cell: ({ team }) => <TeamLink {...team} />,
              },
              {
                key: 'moved',
                title: t('table.moved'),
                definition: t('table.moved-definition'),
                align: 'end',
                cell: ({ moved }) => <Moved moved={moved} />,
              },
              {
                key: 'played',
                title: t('table.played'),
                align: 'end',
                cell: ({ played }) => format.count(played),
              },
              { key: 'won', title: t('table.won'), align: 'end', cell: ({ won }) => format.count(won) },
              {
                key: 'drawn',
                title: t('table.drawn'),
                align: 'end',
                cell: ({ drawn }) => format.count(drawn),
              },
              { key: 'lost', title: t('table.lost'), align: 'end', cell: ({ lost }) => format.count(lost) },
              {
                key: 'goals',
                title: t('table.goals'),
                align: 'end',
                cell: ({ goalsFor, goalsAgainst }) => `${goalsFor}:${goalsAgainst}`,
              },
              {
                key: 'difference',
                title: t('table.difference'),
                align: 'end',
                cell: ({ goalsFor, goalsAgainst }) => format.signed(goalsFor - goalsAgainst, 0),
              },
              {
                key: 'points',
                title: t('table.points'),
                align: 'end',
                cell: ({ points }) => <strong>{format.count(points)}</strong>,
              },
              {
                key: 'home',
                title: t('table.home'),
                definition: t('table.home-definition'),
                align: 'end',
                cell: ({ homePoints, homePlayed }) =>
                  homePlayed === 0 ? '–' : format.number(homePoints / homePlayed, 2),
              },
              {
                key: 'away',
                title: t('table.away'),
                definition: t('table.away-definition'),
                align: 'end',
                cell: ({ awayPoints, awayPlayed }) =>
                  awayPlayed === 0 ? '–' : format.number(awayPoints / awayPlayed, 2),
              },
              {
                key: 'form',
                title: t('table.form'),
                definition: t('table.form-definition'),
                cell: ({ form }) => <FormDots form={form} />,
              },
            ]}
          />
        )}
        {isTable && rules.upper !== null && rules.upper > 0 && (
          <p className={classes.legend}>
            <span className={classes.position} data-zone="upper" aria-hidden />
            {t('table.upper', { count: rules.upper })}
            <span className={classes.position} data-zone="lower" aria-hidden />
            {t('table.lower', { count: rules.lower ?? 0 })}
          </p>
        )}
      </Section>
      <div className={classes.two}>
        <Section title={t('next.title')} note={t('next.note', { day: format.day(asOf) })} flush>
          {next.length === 0 ? (
            <EmptyState title={t('next.none')} text={t('next.none-text')} />
          ) : (
            <MatchTable
              caption={t('next.title')}
              hasDays
              columns={['when', 'match', 'probabilities', 'set']}
              groups={[{ key: 'next', matches: next }]}
            />
          )}
        </Section>
        <Section title={t('recent.title')} note={t('recent.note', { day: format.day(asOf) })} flush>
          {recent.length === 0 ? (
            <EmptyState title={t('recent.none')} />
          ) : (
            <MatchTable
              caption={t('recent.title')}
              hasDays
              columns={['when', 'match', 'probabilities', 'verdict']}
              groups={[{ key: 'recent', matches: recent }]}
            />
          )}
        </Section>
      </div>
    </div>
  );
}

function zoneWords(zone: 'upper' | 'lower' | undefined, t: (key: string) => string): string {
  return zone === undefined ? '' : `${t(`table.in-${zone}`)} `;
}

function Moved({ moved }: { readonly moved: number | null }) {
  const { t } = useTranslation('championship');
  if (moved === null || moved === 0) return <span className={classes.still}>·</span>;
  const words = t(moved > 0 ? 'table.up' : 'table.down', { count: Math.abs(moved) });
  return (
    <span className={moved > 0 ? classes.up : classes.down} title={words}>
      <span aria-hidden>{`${moved > 0 ? '▲' : '▼'} ${Math.abs(moved)}`}</span>
      <span className={classes.hidden}>{words}</span>
    </span>
  );
}
