import { Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/empty-state.tsx';
import { useFormat } from '../../components/format.ts';
import { Missing } from '../../components/missing.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { Section } from '../../components/screen.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import { api } from '../../connection/client.ts';
import type { DriftAnswer, DriftRow, FeatureSeason } from './answers.ts';
import { DriftFigure } from './drift-figure.tsx';
import { FeatureName, type FeatureViewProps } from './feature-name.tsx';
import classes from './features.module.css';

const order = { fail: 0, warn: 1, pass: 2, 'too-few': 3 } as const;
const signs = { fail: '✕', warn: '!', pass: '✓', 'too-few': '?' } as const;
const tones = { fail: 'fail', warn: 'warn', pass: 'pass', 'too-few': 'few' } as const;
/** A season that has hardly begun is no period to compare with. */
const fewestMatches = 100;

/** Whether features still are what they were: a reference and a current period, feature by feature. */
export function DriftTab(props: FeatureViewProps) {
  const { t } = useTranslation('features');
  const periods = useQuery(api.features.periods.queryOptions());
  return (
    <QueryState query={periods} height={480}>
      {({ seasons }) => {
        const usable = seasons.filter(({ n }) => n >= fewestMatches);
        if (usable.length < 2) {
          return <EmptyState title={t('drift.too-short')} text={t('drift.too-short-text')} />;
        }
        return <Drift seasons={usable} {...props} />;
      }}
    </QueryState>
  );
}

function Drift({
  seasons,
  search,
  change,
}: FeatureViewProps & { readonly seasons: readonly FeatureSeason[] }) {
  const { t } = useTranslation('features');
  const last = seasons.at(-1)!;
  const before = seasons.at(-2)!;
  const reference = {
    from: search.referenceFrom ?? before.from,
    until: search.referenceUntil ?? before.until,
  };
  const current = { from: search.currentFrom ?? last.from, until: search.currentUntil ?? last.until };
  const drift = useQuery(
    api.features.drift.queryOptions({
      input: { set: search.set, championship: search.championship ?? null, reference, current },
      placeholderData: keepPreviousData,
    }),
  );
  const pick = (kind: 'reference' | 'current', season: FeatureSeason | undefined) => {
    if (!season) return;
    change({ [`${kind}From`]: season.from, [`${kind}Until`]: season.until });
  };
  return (
    <div className={classes.content}>
      <div className={classes.pickers} role="group" aria-label={t('drift.periods')}>
        {(['reference', 'current'] as const).map((kind) => {
          const { from, until } = kind === 'reference' ? reference : current;
          const picked = seasons.find((season) => season.from === from && season.until === until);
          return (
            <Select
              key={kind}
              label={t(`drift.${kind}`)}
              data={seasons.map(({ code }) => code)}
              value={picked?.code ?? null}
              placeholder={`${from} – ${until}`}
              onChange={(code) => {
                pick(
                  kind,
                  seasons.find((season) => season.code === code),
                );
              }}
              allowDeselect={false}
              w={180}
            />
          );
        })}
      </div>
      <QueryState query={drift} height={480}>
        {(answer) => <DriftView answer={answer} picked={search.feature} change={change} />}
      </QueryState>
    </div>
  );
}

function DriftView(props: {
  readonly answer: DriftAnswer;
  readonly picked: string | undefined;
  readonly change: FeatureViewProps['change'];
}) {
  const { answer, picked, change } = props;
  const { t } = useTranslation('features');
  const format = useFormat();
  const rows = answer.features.toSorted(
    (a, b) => order[a.status] - order[b.status] || (b.stability?.value ?? 0) - (a.stability?.value ?? 0),
  );
  const count = (status: DriftRow['status']) => rows.filter((row) => row.status === status).length;
  const chosen = rows.find(({ name }) => name === picked) ?? rows[0];
  return (
    <div className={classes.content}>
      <div className={classes.counts}>
        {(['fail', 'warn', 'pass', 'too-few'] as const).map((status) => (
          <span key={status} className={`${classes.status} ${classes[tones[status]]}`}>
            <span aria-hidden>{signs[status]}</span>
            {t(`drift.counts.${status}`, { count: count(status) })}
          </span>
        ))}
      </div>
      <Section
        title={t('drift.title')}
        info={t('drift.info')}
        note={t('drift.note', {
          reference: format.count(answer.referenceRows),
          current: format.count(answer.currentRows),
          referenceDays: format.count(answer.referenceDays),
          currentDays: format.count(answer.currentDays),
          draws: format.count(answer.draws),
          made: format.instant(answer.age.madeAt),
        })}
      >
        {chosen && chosen.edges.length > 0 && <DriftFigure row={chosen} />}
        <DriftTable rows={rows} chosen={chosen?.name} change={change} />
      </Section>
    </div>
  );
}

function DriftTable(props: {
  readonly rows: readonly DriftRow[];
  readonly chosen: string | undefined;
  readonly change: FeatureViewProps['change'];
}) {
  const { rows, chosen, change } = props;
  const { t } = useTranslation('features');
  const format = useFormat();
  const none = <Missing reason={t('drift.no-figure')} />;
  const beside = (statistic: DriftRow['stability']) =>
    statistic === null ? (
      none
    ) : (
      <>
        {format.number(statistic.value, 3)}{' '}
        <span className={classes.small}>{t('drift.null', { high: format.number(statistic.high, 3) })}</span>
      </>
    );
  return (
    <SimpleTable
      caption={t('drift.title')}
      isDense
      rows={rows}
      rowKey={(row) => row.name}
      isMarked={(row) => row.name === chosen}
      columns={[
        {
          key: 'name',
          title: t('columns.name.title'),
          isRowHead: true,
          cell: (row) => <FeatureName name={row.name} change={change} />,
        },
        {
          key: 'status',
          title: t('drift.status'),
          definition: t('drift.status-definition'),
          cell: (row) => (
            <span className={`${classes.status} ${classes[tones[row.status]]}`}>
              <span aria-hidden>{signs[row.status]}</span>
              {t(`drift.statuses.${row.status}`)}
            </span>
          ),
        },
        {
          key: 'stability',
          title: t('drift.stability'),
          definition: t('drift.stability-definition'),
          align: 'end',
          cell: (row) => beside(row.stability),
        },
        {
          key: 'distance',
          title: t('drift.distance'),
          definition: t('drift.distance-definition'),
          align: 'end',
          cell: (row) => beside(row.distance),
        },
        {
          key: 'p',
          title: t('drift.p'),
          definition: t('drift.p-definition'),
          align: 'end',
          cell: (row) => (row.adjusted === null ? none : format.number(row.adjusted, 3)),
        },
        {
          key: 'mean',
          title: t('drift.means'),
          definition: t('drift.means-definition'),
          align: 'end',
          cell: (row) =>
            row.reference.mean === null || row.current.mean === null
              ? none
              : t('drift.from-to', {
                  from: format.number(row.reference.mean, 3),
                  to: format.number(row.current.mean, 3),
                }),
        },
        {
          key: 'missing',
          title: t('drift.missing'),
          align: 'end',
          cell: (row) =>
            t('drift.from-to', {
              from: format.percent(row.reference.missing),
              to: format.percent(row.current.missing),
            }),
        },
      ]}
    />
  );
}
