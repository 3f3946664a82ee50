import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/empty-state.tsx';
import { QueryState } from '../../components/query-state.tsx';
import type { QueryLike } from '../../components/query-state.tsx';
import type { AnsweredReport } from './answers.ts';

export interface ReportTabProps {
  readonly report: QueryLike<AnsweredReport | null>;
  readonly onMake: () => void;
}

/** A tab that rests on the report: it says what to do while there is none. */
export function WithReport(
  props: ReportTabProps & { readonly children: (report: AnsweredReport) => ReactNode },
) {
  const { t } = useTranslation('features');
  return (
    <QueryState query={props.report} height={480}>
      {(report) =>
        report === null ? (
          <EmptyState
            title={t('report.empty')}
            text={t('report.none')}
            action={<Button onClick={props.onMake}>{t('report.make')}</Button>}
          />
        ) : (
          props.children(report)
        )
      }
    </QueryState>
  );
}
