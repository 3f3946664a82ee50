import { useTranslation } from 'react-i18next';
import type { TeamFacts } from '../../../engine/contract/team.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { useFormat } from '../../components/format.ts';
import { InfoTip } from '../../components/info-tip.tsx';
import { useNow } from '../../frame/use-now.ts';
import classes from './team.module.css';

/** News items as text, whatever they hold: when first seen, from where, and what a scorer made of them. */
export function News({ news }: { readonly news: TeamFacts['news'] }) {
  const { t } = useTranslation('team');
  const format = useFormat();
  const now = useNow(60_000);
  if (news.length === 0) return <EmptyState title={t('news.none')} text={t('news.none-text')} />;
  return (
    <ul className={classes.news}>
      {news.map((item) => (
        <li key={item.id}>
          <div className={classes.newsHead}>
            <strong dir="auto" lang={item.language}>
              {item.title}
            </strong>
            <span className={classes.newsNote}>
              <bdi>{item.source}</bdi>
              {' · '}
              <span title={format.instant(item.knownAt)}>
                {t('news.seen', { when: format.relative(item.knownAt, now) })}
              </span>
            </span>
          </div>
          {item.text !== '' && (
            <p dir="auto" lang={item.language}>
              {item.text}
            </p>
          )}
          {item.address !== null && <code className={classes.address}>{item.address}</code>}
          <Scores item={item} />
        </li>
      ))}
    </ul>
  );
}

function Scores({ item }: { readonly item: TeamFacts['news'][number] }) {
  const { t } = useTranslation('team');
  const format = useFormat();
  const scores = (['sentiment', 'injurySeverity', 'managerConfidence'] as const).flatMap((name) => {
    const value = item[name];
    return value === null ? [] : [{ name, value }];
  });
  if (item.scorer === null || scores.length === 0)
    return <p className={classes.newsNote}>{t('news.unscored')}</p>;
  return (
    <dl className={classes.scores}>
      {scores.map(({ name, value }) => (
        <div key={name}>
          <dt>
            {t(`news.scores.${name}.title`)}
            <InfoTip about={t(`news.scores.${name}.title`)}>
              {t(`news.scores.${name}.definition`, { scorer: item.scorer })}
            </InfoTip>
          </dt>
          <dd>{name === 'injurySeverity' ? format.number(value, 2) : format.signed(value, 2)}</dd>
        </div>
      ))}
    </dl>
  );
}
