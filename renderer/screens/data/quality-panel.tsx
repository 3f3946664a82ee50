import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { QualityFinding } from '../../../engine/contract/data.ts';
import { useFormat } from '../../components/format.ts';
import { QueryState } from '../../components/query-state.tsx';
import { Section } from '../../components/screen.tsx';
import { api } from '../../connection/client.ts';
import { ToneBadge } from './tone.tsx';
import type { Tone } from './tone.tsx';
import classes from './data.module.css';

const tones: Readonly<Record<QualityFinding['status'], Tone>> = {
  pass: 'good',
  info: 'neutral',
  warn: 'warning',
  fail: 'bad',
};
const order: readonly QualityFinding['status'][] = ['fail', 'warn', 'info', 'pass'];

/** Every check of the data, the worst first, with cases that can be opened. */
export function QualityPanel() {
  const { t } = useTranslation('data');
  const format = useFormat();
  const query = useQuery(api.data.quality.queryOptions());
  const note = query.data && t('quality.note', { instant: format.instant(query.data.age.madeAt) });
  return (
    <Section title={t('quality.title')} info={t('quality.info')} note={note} flush>
      <QueryState
        query={query}
        height={420}
        empty={{
          when: ({ report }) => report.matches === 0,
          title: t('quality.empty'),
          text: t('quality.empty-text'),
        }}
      >
        {({ report }) =>
          report.findings
            .toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status))
            .map((finding) => <Finding key={finding.check} finding={finding} />)
        }
      </QueryState>
    </Section>
  );
}

function Finding({ finding }: { readonly finding: QualityFinding }) {
  const { t } = useTranslation('data');
  const format = useFormat();
  const { check, status, count, of, examples } = finding;
  return (
    <article className={classes.finding}>
      <div className={classes.findingHead}>
        <ToneBadge tone={tones[status]} text={t(`quality.status.${status}`)} />
        <h3 className={classes.findingTitle}>{t(`quality.checks.${check}.title`)}</h3>
        <span>{t('quality.count', { count, n: format.count(count), of: format.count(of) })}</span>
      </div>
      <p className={classes.muted}>{t(`quality.checks.${check}.text`)}</p>
      {examples.length > 0 && (
        <details>
          <summary className={classes.muted}>
            {t('quality.examples', { count: examples.length, n: format.count(examples.length) })}
          </summary>
          <ul className={classes.examples}>
            {examples.map((example, at) => (
              <li key={at}>
                <ExamplePlace example={example} />
                {example.matchId === undefined ? (
                  <bdi>{example.what}</bdi>
                ) : (
                  <Link to="/match/$matchId" params={{ matchId: String(example.matchId) }}>
                    <bdi>{example.what}</bdi>
                  </Link>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
    </article>
  );
}

function ExamplePlace({ example }: { readonly example: QualityFinding['examples'][number] }) {
  const format = useFormat();
  const parts = [example.championship, example.season, example.day && format.day(example.day)];
  const text = parts.filter((part) => part !== undefined && part !== '').join(', ');
  return text === '' ? null : <span className={classes.muted}>{`${text}: `}</span>;
}
