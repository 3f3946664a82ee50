import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { QueryState } from '../../components/query-state.tsx';
import { RecordTable } from '../../components/record-table.tsx';
import { Section } from '../../components/screen.tsx';
import { api } from '../../connection/client.ts';
import classes from './championship.module.css';

/** What our forecasts of this championship came to. */
export function RecordPart({ code }: { readonly code: string }) {
  const { t } = useTranslation('championship');
  const query = useQuery(api.championship.record.queryOptions({ input: { code } }));
  return (
    <div className={classes.part}>
      <Section title={t('record.title')} info={t('record.info')} flush>
        <QueryState
          query={query}
          height={320}
          empty={{
            when: (records) => records.length === 0,
            title: t('record.none'),
            text: t('record.none-text'),
          }}
        >
          {(records) => <RecordTable caption={t('record.title')} records={records} />}
        </QueryState>
      </Section>
    </div>
  );
}
