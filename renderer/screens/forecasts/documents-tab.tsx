import { Button, SegmentedControl, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/empty-state.tsx';
import { useFormat } from '../../components/format.ts';
import { QueryState } from '../../components/query-state.tsx';
import { saveFile } from '../../components/save-file.ts';
import { Section } from '../../components/screen.tsx';
import { api } from '../../connection/client.ts';
import { DocumentView, bytesOf } from './document-view.tsx';
import { SendMenu } from './send-menu.tsx';
import type { ForecastsSearch } from './route.tsx';
import classes from './forecasts.module.css';

export interface DocumentsTabProps {
  readonly search: ForecastsSearch;
  readonly change: (changed: Partial<ForecastsSearch>) => void;
}

/** A document as its readers get it: day, kind, language and format of choice. */
export function DocumentsTab({ search, change }: DocumentsTabProps) {
  const { t } = useTranslation('forecasts');
  const format = useFormat();
  const days = useQuery(api.forecasts.days.queryOptions({ input: { limit: 400 } }));
  const formats = useQuery(api.forecasts.formats.queryOptions({ staleTime: Infinity }));
  const wantsResults = search.kind === 'outcome';
  const fitting = days.data?.filter(({ isComing }) => !wantsResults || !isComing) ?? [];
  // Without a choice: the next day to come, or the newest with results.
  const next = wantsResults ? fitting[0] : (fitting.findLast(({ isComing }) => isComing) ?? fitting[0]);
  const day = fitting.find((one) => one.day === search.day)?.day ?? next?.day;
  const language = search.language ?? format.preferences.language;
  const document = {
    kind: search.kind,
    day: day ?? '',
    variant: search.variant,
    language,
    format: search.format,
  };
  const preview = useQuery(
    api.forecasts.preview.queryOptions({ input: document, enabled: day !== undefined, staleTime: 30_000 }),
  );
  return (
    <Section
      title={t('documents.title')}
      info={t('documents.info')}
      actions={
        <>
          <Button
            size="xs"
            variant="default"
            disabled={!preview.data}
            onClick={() => {
              if (!preview.data) return;
              const { name, mediaType, base64 } = preview.data;
              saveFile(name, new Blob([bytesOf(base64)], { type: mediaType }));
            }}
          >
            {t('documents.save')}
          </Button>
          <SendMenu day={day} />
        </>
      }
    >
      <div className={classes.pickers} role="search" aria-label={t('documents.pickers')}>
        <SegmentedControl
          size="xs"
          aria-label={t('documents.kind')}
          value={search.kind}
          onChange={(kind) => {
            change({ kind: kind as ForecastsSearch['kind'], day: undefined });
          }}
          data={(['forecast', 'outcome'] as const).map((kind) => ({
            value: kind,
            label: t(`documents.kinds.${kind}`),
          }))}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('filters.variant')}
          value={search.variant}
          onChange={(variant) => {
            change({ variant: variant as ForecastsSearch['variant'] });
          }}
          data={[
            { value: 'regular', label: t('filters.regular') },
            { value: 'quality', label: t('filters.quality') },
          ]}
        />
        <Select
          size="xs"
          w={270}
          searchable
          allowDeselect={false}
          aria-label={t('documents.day')}
          value={day ?? null}
          onChange={(chosen) => {
            change({ day: chosen ?? undefined });
          }}
          data={fitting.map((one) => ({
            value: one.day,
            label: `${format.day(one.day)} · ${t('documents.matches', { count: one.matches })}`,
          }))}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('documents.language')}
          value={language}
          onChange={(chosen) => {
            change({ language: chosen as 'en' | 'ru' });
          }}
          data={[
            { value: 'en', label: 'English' },
            { value: 'ru', label: 'Русский' },
          ]}
        />
        <Select
          size="xs"
          w={200}
          allowDeselect={false}
          aria-label={t('documents.format')}
          value={search.format}
          onChange={(chosen) => {
            change({ format: chosen ?? 'html' });
          }}
          data={(formats.data ?? []).map((one) => ({
            value: one.format,
            label: t(`documents.formats.${one.format.replace('.', '-')}`),
          }))}
        />
        {preview.data && (
          <span className={classes.state}>
            {t(preview.data.isPublished ? 'documents.published' : 'documents.unpublished')}
          </span>
        )}
      </div>
      {days.data?.length === 0 ? (
        <EmptyState title={t('empty.none.title')} text={t('empty.none.text')} />
      ) : (
        <QueryState query={preview} height={520}>
          {(data) => <DocumentView file={data} />}
        </QueryState>
      )}
    </Section>
  );
}
