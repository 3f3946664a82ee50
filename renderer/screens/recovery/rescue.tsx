import { Button, Code } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/format.ts';
import { Section } from '../../components/screen.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import { api } from '../../connection/client.ts';
import { notify } from '../../frame/notify.ts';
import classes from './recovery.module.css';

/** Saves what can still be read, and says of each table whether that was all of it. */
export function Rescue() {
  const { t } = useTranslation('recovery');
  const format = useFormat();
  const rescue = useMutation(api.recovery.rescue.mutationOptions({ onError: notify.failure }));
  const saved = rescue.data?.tables.filter(({ rows, isWhole }) => rows > 0 || !isWhole);
  return (
    <Section
      title={t('rescue')}
      note={t('rescue-note')}
      actions={
        <Button
          variant="default"
          loading={rescue.isPending}
          onClick={() => {
            rescue.mutate({});
          }}
        >
          {t('rescue-start')}
        </Button>
      }
    >
      {rescue.data === undefined || saved === undefined ? (
        <p className={classes.text}>{t('rescue-text')}</p>
      ) : (
        <>
          <p className={classes.text} role="status">
            {t('rescued')} <Code>{rescue.data.folder}</Code>
          </p>
          <SimpleTable
            caption={t('rescue')}
            isDense
            rows={saved}
            rowKey={({ name }) => name}
            columns={[
              { key: 'table', title: t('table'), isRowHead: true, cell: ({ name }) => name },
              { key: 'rows', title: t('rows'), align: 'end', cell: ({ rows }) => format.count(rows) },
              {
                key: 'whole',
                title: t('extent'),
                cell: ({ isWhole }) => t(isWhole ? 'all-rows' : 'some-rows'),
              },
            ]}
          />
        </>
      )}
    </Section>
  );
}
