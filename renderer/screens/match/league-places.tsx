import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { PlacedFeature } from '../../../engine/contract/match.ts';
import type { MatchView } from '../../../engine/contract/match-view.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { useFormat } from '../../components/format.ts';
import { InfoTip } from '../../components/info-tip.tsx';
import { Missing } from '../../components/missing.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { Section } from '../../components/screen.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import { api } from '../../connection/client.ts';
import { measuresOf, type Measure } from './measures.ts';
import { PlaceStrip } from './place-strip.tsx';
import classes from './match.module.css';

const route = getRouteApi('/match/$matchId');
/** What the models are trained on every day; the other sets are reached by their family. */
const core = 'core';

/** The features of the match beside the league's: where each value lies among the earlier matches. */
export function LeaguePlaces({ match }: { readonly match: MatchView }) {
  const { t } = useTranslation('match');
  const format = useFormat();
  const { family = core } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(api.match.features.queryOptions({ input: { matchId: match.matchId } }));
  const all = query.data?.features ?? [];
  const families = [core, ...new Set(all.map((one) => one.family))];
  const note =
    query.data?.from &&
    t('places.note', {
      count: Math.max(0, ...all.map(({ n }) => n)),
      n: format.count(Math.max(0, ...all.map(({ n }) => n))),
      from: format.day(query.data.from),
      until: format.day(query.data.until),
    });
  return (
    <Section
      title={t('places.title')}
      info={t('places.info')}
      note={note === null || note === '' ? undefined : note}
      flush
      actions={
        <NativeSelect
          aria-label={t('places.family')}
          value={family}
          data={families.map((value) => ({
            value,
            label: t(`places.families.${value}`, { defaultValue: value }),
          }))}
          onChange={(event) => {
            const next = event.currentTarget.value;
            void navigate({
              search: (old) => ({ ...old, family: next === core ? undefined : next }),
              replace: true,
            });
          }}
        />
      }
    >
      <QueryState
        query={query}
        height={480}
        empty={{
          when: (data) => data.features.length === 0,
          title: t('places.none'),
          text: t('places.none-text'),
        }}
      >
        {(data) => <Places features={data.features} family={family} match={match} />}
      </QueryState>
    </Section>
  );
}

function Places(props: {
  readonly features: readonly PlacedFeature[];
  readonly family: string;
  readonly match: MatchView;
}) {
  const { t } = useTranslation(['match', 'engine']);
  const { features, family, match } = props;
  const chosen = features.filter((one) => (family === core ? one.set === 'football' : one.family === family));
  const rows = measuresOf(chosen);
  if (rows.length === 0) return <EmptyState title={t('places.none')} />;
  const side = (which: 'home' | 'away') => ({
    key: which,
    title: match[which].name,
    cell: (measure: Measure) => {
      const feature = which === 'home' ? (measure.home ?? measure.value) : measure.away;
      if (!feature) return null;
      return <Place feature={feature} side={measure.value ? 'value' : which} />;
    },
  });
  return (
    <SimpleTable
      caption={t('places.title')}
      isDense
      rows={rows}
      rowKey={({ name }) => name}
      columns={[
        {
          key: 'measure',
          title: t('places.measure'),
          isRowHead: true,
          cell: (measure) => <MeasureName measure={measure} />,
        },
        side('home'),
        side('away'),
      ]}
    />
  );
}

function MeasureName({ measure }: { readonly measure: Measure }) {
  const { t } = useTranslation(['match', 'engine']);
  const feature = measure.home ?? measure.value ?? measure.away;
  if (!feature) return null;
  const group = t(`engine:explanation.groups.${feature.group}`, { defaultValue: '' });
  const words = t(`engine:explanation.measures.${measure.name}`, { defaultValue: '' });
  const title = [group, words].filter((part) => part !== '').join(': ');
  return (
    <span className={classes.measure}>
      {title === '' || words === '' ? <code>{measure.name}</code> : <span>{title}</span>}
      <InfoTip about={measure.name}>
        <span lang="en">
          <code>{feature.name}</code>
          <br />
          {[
            `${feature.description} (${feature.unit})`,
            ...(feature.formula === null ? [] : [feature.formula]),
            feature.asOf,
            `${t('places.missing-when')} ${feature.missing}`,
          ].join(' ')}
        </span>
      </InfoTip>
    </span>
  );
}

function Place({
  feature,
  side,
}: {
  readonly feature: PlacedFeature;
  readonly side: 'home' | 'away' | 'value';
}) {
  const { t } = useTranslation('match');
  const format = useFormat();
  const { value, quantiles, below, n } = feature;
  const number = (one: number) => format.number(one, Number.isInteger(one) || Math.abs(one) >= 100 ? 0 : 2);
  if (value === null) return <Missing reason={`${t('places.missing-when')} ${feature.missing}`} />;
  if (!quantiles || below === null) return <span className={classes.placeValue}>{number(value)}</span>;
  const label = t('places.label', {
    value: number(value),
    below: format.percent(below, 0),
    n: format.count(n),
    median: number(quantiles[2]),
    low: number(quantiles[0]),
    high: number(quantiles[4]),
  });
  return (
    <span className={classes.placeCell}>
      <span className={classes.placeValue}>{number(value)}</span>
      <PlaceStrip value={value} quantiles={quantiles} side={side} label={label} />
      <span className={classes.placeShare} title={label}>
        {t('places.above', { share: format.percent(below, 0) })}
      </span>
    </span>
  );
}
