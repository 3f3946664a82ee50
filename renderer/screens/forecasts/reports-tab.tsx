import { Button, SegmentedControl, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { reportKinds } from '../../../engine/contract/stages.ts';
import { useFormat } from '../../components/format.ts';
import { QueryState } from '../../components/query-state.tsx';
import { saveFile } from '../../components/save-file.ts';
import { Section } from '../../components/screen.tsx';
import { api, client } from '../../connection/client.ts';
import { notify } from '../../frame/notify.ts';
import { DocumentView, bytesOf } from './document-view.tsx';
import type { DocumentsTabProps } from './documents-tab.tsx';
import classes from './forecasts.module.css';

/** Reports of no single day, as they were published: the week, all time, the models, the evaluation. */
export function ReportsTab({ search, change }: DocumentsTabProps) {
  const { t } = useTranslation('forecasts');
  const format = useFormat();
  const reports = useQuery(api.forecasts.reports.queryOptions());
  const idOf = ({ kind, day }: { readonly kind: string; readonly day: string }) => `${kind}/${day}`;
  const report = reports.data?.find((one) => idOf(one) === search.report) ?? reports.data?.[0];
  const wanted = search.language ?? format.preferences.language;
  const language = report?.languages.find((one) => one === wanted) ?? report?.languages[0] ?? wanted;
  const type = report?.formats.find((one) => one === search.format) ?? report?.formats[0] ?? 'html';
  const content = useQuery(
    api.forecasts.report.queryOptions({
      input: { kind: report?.kind ?? 'digest', day: report?.day ?? '', language, format: type },
      enabled: report !== undefined,
    }),
  );
  const make = () => {
    client.runs
      .start({ stage: 'publisher', parameters: { scope: 'today', reports: [...reportKinds] } })
      .catch((error: unknown) => {
        notify.failure(error);
      });
  };
  const makeButton = (
    <Button size="xs" onClick={make}>
      {t('reports.make')}
    </Button>
  );
  return (
    <Section
      title={t('reports.title')}
      info={t('reports.info')}
      actions={
        report && (
          <>
            <Button
              size="xs"
              variant="default"
              disabled={!content.data}
              onClick={() => {
                if (!content.data) return;
                const { name, mediaType, base64 } = content.data;
                saveFile(name, new Blob([bytesOf(base64)], { type: mediaType }));
              }}
            >
              {t('documents.save')}
            </Button>
            {makeButton}
          </>
        )
      }
    >
      <QueryState
        query={reports}
        height={520}
        empty={{
          when: (data) => data.length === 0,
          title: t('reports.none.title'),
          text: t('reports.none.text'),
          action: makeButton,
        }}
      >
        {(data) =>
          report && (
            <>
              <div className={classes.pickers} role="search" aria-label={t('reports.pickers')}>
                <Select
                  size="xs"
                  w={300}
                  searchable
                  allowDeselect={false}
                  aria-label={t('reports.which')}
                  value={idOf(report)}
                  onChange={(chosen) => {
                    change({ report: chosen ?? undefined });
                  }}
                  data={data.map((one) => ({
                    value: idOf(one),
                    label: `${t(`reports.kinds.${one.kind}`)} · ${format.day(one.day)}`,
                  }))}
                />
                <SegmentedControl
                  size="xs"
                  aria-label={t('documents.language')}
                  value={language}
                  onChange={(chosen) => {
                    change({ language: chosen as 'en' | 'ru' });
                  }}
                  data={report.languages.map((value) => ({
                    value,
                    label: value === 'ru' ? 'Русский' : 'English',
                  }))}
                />
                <Select
                  size="xs"
                  w={200}
                  allowDeselect={false}
                  aria-label={t('documents.format')}
                  value={type}
                  onChange={(chosen) => {
                    change({ format: chosen ?? 'html' });
                  }}
                  data={report.formats.map((value) => ({
                    value,
                    label: t(`documents.formats.${value.replace('.', '-')}`),
                  }))}
                />
              </div>
              <QueryState query={content} height={520}>
                {(file) => <DocumentView file={file} />}
              </QueryState>
            </>
          )
        }
      </QueryState>
    </Section>
  );
}
