import { Button, Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../connection/failure.ts';
import { failureSentence } from '../frame/failure-text.ts';
import { EmptyState } from './empty-state.tsx';
import classes from './query-state.module.css';

/** What is read of a query of TanStack Query. */
export interface QueryLike<Data> {
  readonly data: Data | undefined;
  readonly error: unknown;
  readonly isFetching: boolean;
  /** The data belong to an earlier question, and are shown until the answer to this one is there. */
  readonly isPlaceholderData?: boolean;
  readonly refetch: () => unknown;
}

export interface QueryStateProps<Data> {
  readonly query: QueryLike<Data>;
  /** How it looks while the first answer is awaited; lines of text where nothing is given. */
  readonly skeleton?: ReactNode;
  /** Height of the standard skeleton in pixels: that of what will come, so that nothing jumps. */
  readonly height?: number;
  readonly empty?: {
    readonly when: (data: Data) => boolean;
    readonly title: string;
    readonly text?: ReactNode;
    readonly action?: ReactNode;
  };
  readonly children: (data: Data) => ReactNode;
}

/** The four states of whatever is asked of the engine: awaited, failed, empty, there (and perhaps out of date). */
export function QueryState<Data>({ query, skeleton, height = 160, empty, children }: QueryStateProps<Data>) {
  const { t } = useTranslation('components');
  const { data, error } = query;
  if (data === undefined) {
    if (error !== null && error !== undefined) return <FailedState query={query} />;
    return (
      <div role="status" aria-label={t('state.loading')}>
        {skeleton ?? <Skeleton height={height} radius="md" />}
      </div>
    );
  }
  if (empty?.when(data) === true) {
    return <EmptyState title={empty.title} text={empty.text} action={empty.action} />;
  }
  const isOld = query.isPlaceholderData === true;
  return (
    <div className={isOld ? `${classes.content} ${classes.old}` : classes.content} aria-busy={isOld}>
      {error !== null && error !== undefined && <StaleMark query={query} />}
      {children(data)}
    </div>
  );
}

/** The sentence of the failure's code, what the developer said, and another try. */
export function FailedState<Data>({ query }: { readonly query: QueryLike<Data> }) {
  const { t } = useTranslation(['components', 'frame', 'engine']);
  const failure = failureOf(query.error);
  return (
    <div className={classes.failed} role="alert">
      <p className={classes.sentence}>{failureSentence(failure, t)}</p>
      <details className={classes.details}>
        <summary>{t('state.details')}</summary>
        <code dir="auto">{`${failure.code}: ${failure.message}`}</code>
      </details>
      <Button
        variant="default"
        size="xs"
        loading={query.isFetching}
        onClick={() => {
          void query.refetch();
        }}
      >
        {t('state.retry')}
      </Button>
    </div>
  );
}

/** The last answer stays in sight when a new one could not be had, but it says so. */
function StaleMark<Data>({ query }: { readonly query: QueryLike<Data> }) {
  const { t } = useTranslation(['components', 'frame', 'engine']);
  return (
    <p className={classes.stale} role="status">
      <span aria-hidden>⚠</span>
      {t('state.stale', { reason: failureSentence(failureOf(query.error), t) })}
      <button
        type="button"
        className={classes.again}
        onClick={() => {
          void query.refetch();
        }}
      >
        {t('state.retry')}
      </button>
    </p>
  );
}
