import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Attention as AttentionItem } from '../../../engine/contract/today.ts';
import { useFormat } from '../../components/format.ts';
import { QueryState } from '../../components/query-state.tsx';
import { Section } from '../../components/screen.tsx';
import { useNow } from '../../frame/use-now.ts';
import { api } from '../../connection/client.ts';
import classes from './today.module.css';

const signs = { critical: '✗', warning: '!', info: 'i' } as const;

/** What needs a look, or the word that nothing does. */
export function Attention() {
  const { t } = useTranslation('today');
  const query = useQuery(api.today.attention.queryOptions());
  return (
    <Section title={t('attention.title')} info={t('attention.info')} flush>
      <QueryState query={query} height={56}>
        {(items) =>
          items.length === 0 ? (
            <p className={classes.quiet}>
              <span aria-hidden>✓</span>
              {t('attention.none')}
            </p>
          ) : (
            <ul className={classes.attention}>
              {items.map((item) => (
                <li key={`${item.kind} ${item.code ?? ''} ${item.subject}`} data-severity={item.severity}>
                  <span className={classes.sign} data-severity={item.severity}>
                    <span aria-hidden>{signs[item.severity]}</span>
                    <span className={classes.hidden}>{t(`attention.severity.${item.severity}`)}</span>
                  </span>
                  <Item item={item} />
                </li>
              ))}
            </ul>
          )
        }
      </QueryState>
    </Section>
  );
}

function Item({ item }: { readonly item: AttentionItem }) {
  const { t } = useTranslation(['today', 'engine', 'frame']);
  const format = useFormat();
  const now = useNow(60_000);
  const { kind, count, instant, runId, code } = item;
  const isStage =
    kind === 'failed-run' ||
    kind === 'interrupted-run' ||
    kind === 'failed-items' ||
    (kind === 'alert' && code === 'run-failed');
  const subject = isStage ? t(`frame:stages.${item.subject}`, { defaultValue: item.subject }) : item.subject;
  const rule = `engine:monitoring.rules.${code ?? ''}`;
  const isAlert = kind === 'alert';
  const text = isAlert
    ? t('attention.alert', { title: t(`${rule}.title`, { defaultValue: code ?? '' }), subject })
    : t(`attention.kinds.${kind}`, { subject, count });
  const notes = [
    ...(code === null
      ? []
      : [
          isAlert
            ? t(`${rule}.action`, { defaultValue: '' })
            : t(`engine:errors.${code}`, { defaultValue: code }),
        ]),
    ...(instant === null ? [] : [format.relative(instant, now)]),
  ];
  return (
    <div className={classes.attentionText}>
      {runId === null ? (
        <Link to={kind === 'forecast-missing' ? '/runs' : '/data'} className={classes.attentionLink ?? ''}>
          {text}
        </Link>
      ) : (
        <Link to="/runs/$runId" params={{ runId: String(runId) }} className={classes.attentionLink ?? ''}>
          {text}
        </Link>
      )}
      {notes.length > 0 && <span className={classes.attentionNote}>{notes.join(' · ')}</span>}
    </div>
  );
}
