import { useTranslation } from 'react-i18next';
import type { JointType } from '../../../engine/contract/match.ts';
import { useFormat } from '../../components/format.ts';
import { Missing } from '../../components/missing.tsx';
import { QualityMark } from '../../components/quality-mark.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import { betSign } from './bet-sign.ts';
import classes from './match.module.css';

/** Exact scores stand in the grid already. */
const inGrid = 'exact-score';

/** Every type that follows from the grid: those its readers know by number first, further markets folded up. */
export function TypeTable({ types }: { readonly types: readonly JointType[] }) {
  const { t } = useTranslation('match');
  const known = types.filter(({ originCode }) => originCode !== null && originCode !== 1);
  const further = types.filter(({ originCode, type }) => originCode === null && type !== inGrid);
  return (
    <>
      <Types types={known} caption={t('types.title')} isStored />
      <details className={classes.further}>
        <summary>{t('types.further', { count: further.length })}</summary>
        <Types types={further} caption={t('types.further-caption')} isStored={false} />
      </details>
    </>
  );
}

function Types(props: {
  readonly types: readonly JointType[];
  readonly caption: string;
  readonly isStored: boolean;
}) {
  const { t } = useTranslation(['match', 'engine']);
  return (
    <SimpleTable
      caption={props.caption}
      isDense
      rows={props.types}
      rowKey={({ type, line }) => `${type} ${line ?? ''}`}
      columns={[
        {
          key: 'type',
          title: t('types.type'),
          width: 132,
          isRowHead: true,
          cell: ({ type }) => t(`engine:forecast-types.${type}.name`),
        },
        {
          key: 'says',
          title: t('types.says'),
          definition: t('types.says-definition'),
          cell: (one) => <Says one={one} />,
        },
        ...(props.isStored
          ? [
              {
                key: 'set',
                title: t('types.set'),
                definition: t('types.set-definition'),
                cell: (one: JointType) => <StoredSet one={one} />,
              },
              {
                key: 'came',
                title: t('types.came'),
                cell: (one: JointType) => <Came one={one} />,
              },
            ]
          : []),
      ]}
    />
  );
}

function Says({ one }: { readonly one: JointType }) {
  const { t } = useTranslation(['match', 'engine']);
  const format = useFormat();
  const { kind, type, line, selections, points } = one;
  if (kind === 'points' && points) {
    return (
      <>{t('types.points', { home: format.number(points.home, 2), away: format.number(points.away, 2) })}</>
    );
  }
  const best = Math.max(...selections.map(({ probability }) => probability));
  return (
    <span className={classes.says}>
      {kind === 'amount' && <strong>{t('types.expected', { goals: format.number(one.expected, 2) })}</strong>}
      {kind !== 'amount' &&
        selections.map(({ selection, probability, fairOdds }) => (
          <span key={selection} className={probability === best ? classes.likely : classes.unlikely}>
            {`${betSign({ type, selection, line }, t, format)} ${format.probability(probability)}`}
            {fairOdds !== null && <small>{format.odds(fairOdds)}</small>}
          </span>
        ))}
    </span>
  );
}

function StoredSet({ one }: { readonly one: JointType }) {
  const { t } = useTranslation(['match', 'engine']);
  const format = useFormat();
  const { stored, type, line, selections, kind } = one;
  if (!stored) return <Missing reason={t('types.not-stored')} />;
  const n = t('types.window', { n: format.count(stored.windowCount) });
  if (kind === 'amount') {
    if (!stored.interval80) return <Missing reason={t('engine:labels.set-words.not-enough')} />;
    const [low, high] = stored.interval80;
    return <span title={n}>{t('types.interval', { low, high })}</span>;
  }
  if (stored.set80 === null) return <Missing reason={t('engine:labels.set-words.not-enough')} />;
  const kept = selections.filter((_, at) => (stored.set80! & (1 << at)) !== 0);
  const text =
    kept.length === 0
      ? t('engine:labels.set-words.0')
      : kept.length === selections.length
        ? t('types.both')
        : kept.map(({ selection }) => betSign({ type, selection, line }, t, format)).join(', ');
  return <span title={n}>{text}</span>;
}

function Came({ one }: { readonly one: JointType }) {
  const { t } = useTranslation('match');
  const { stored } = one;
  return (
    <span className={classes.came}>
      {stored?.quality && <QualityMark quality={stored.quality} />}
      {stored?.isHit === true && <span className={classes.hit}>{`✓ ${t('types.right')}`}</span>}
      {stored?.isHit === false && <span className={classes.miss}>{`✗ ${t('types.wrong')}`}</span>}
    </span>
  );
}
