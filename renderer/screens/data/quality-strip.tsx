import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/format.ts';
import { useNow } from '../../frame/use-now.ts';
import { api } from '../../connection/client.ts';
import type { dataParts } from './route.tsx';
import type { Tone } from './tone.tsx';
import classes from './data.module.css';

/** How the data stand, before anything is built upon them. */
export function QualityStrip() {
  const { t } = useTranslation('data');
  const format = useFormat();
  const now = useNow(60_000);
  const quality = useQuery(api.data.quality.queryOptions()).data?.report;
  const sources = useQuery(api.data.sources.queryOptions()).data;
  const unresolved = useQuery(api.teams.unresolved.queryOptions()).data;
  const found = (status: string) => quality?.findings.filter((one) => one.status === status).length;
  const lastRead = sources?.reduce<number>((newest, one) => Math.max(newest, one.lastReadAt ?? 0), 0);
  const rejected = sources?.reduce((sum, one) => sum + one.refused, 0);
  const [failed, warned] = [found('fail') ?? 0, found('warn') ?? 0];
  return (
    <nav className={classes.strip} aria-label={t('strip.label')}>
      <Tile
        part="coverage"
        label={t('strip.matches')}
        value={format.count(quality?.matches)}
        tone="neutral"
      />
      <Tile
        part="sources"
        label={t('strip.last-read')}
        value={lastRead ? format.relative(lastRead, now) : t('strip.never')}
        tone={lastRead ? 'neutral' : 'warning'}
      />
      <Tile
        part="quality"
        label={t('strip.checks')}
        value={
          quality === undefined
            ? '…'
            : t('strip.checks-value', {
                passed: quality.findings.length - failed - warned,
                all: quality.findings.length,
              })
        }
        tone={quality === undefined ? 'neutral' : failed > 0 ? 'bad' : warned > 0 ? 'warning' : 'good'}
      />
      <Tile
        part="quality"
        label={t('strip.refused')}
        value={format.count(rejected)}
        tone={rejected === undefined ? 'neutral' : rejected > 0 ? 'warning' : 'good'}
      />
      <Tile
        part="teams"
        label={t('strip.unresolved')}
        value={format.count(unresolved?.length)}
        tone={unresolved === undefined ? 'neutral' : unresolved.length > 0 ? 'bad' : 'good'}
      />
    </nav>
  );
}

function Tile(props: {
  readonly part: (typeof dataParts)[number];
  readonly label: string;
  readonly value: string;
  readonly tone: Tone;
}) {
  return (
    <Link to="/data" search={{ part: props.part }} className={classes.tile ?? ''} data-tone={props.tone}>
      <span className={classes.tileLabel}>{props.label}</span>
      <span className={classes.tileValue}>{props.value}</span>
    </Link>
  );
}
