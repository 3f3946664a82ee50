import { Button, Group, Stepper } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportPreview } from '../../../../engine/contract/imports.ts';
import { Section } from '../../../components/screen.tsx';
import { api, client } from '../../../connection/client.ts';
import { queryClient } from '../../../connection/query-client.ts';
import { forgetDraft } from '../../../frame/drafts.ts';
import { notify } from '../../../frame/notify.ts';
import { ChooseFile } from './choose-file.tsx';
import { draftOf, mappingOf, missingFields } from './import-draft.ts';
import type { ImportDraft } from './import-draft.ts';
import { draftName, useKeptImport } from './kept-import.ts';
import type { OpenFile } from './kept-import.ts';
import { MappingForm } from './mapping-form.tsx';
import { TablePreview } from './table-preview.tsx';
import { TrialReport } from './trial-report.tsx';
import { useOpenedTable } from './use-opened-table.ts';
import classes from '../data.module.css';

/** A file of the analyst's own: chosen, given a meaning, tried without keeping anything, and then written. */
export function ImportWizard() {
  const { t } = useTranslation('data');
  const navigate = useNavigate();
  const [file, setFile] = useState<OpenFile>();
  const [draft, setDraft] = useState<ImportDraft>();
  const [isTrying, setTrying] = useState(false);
  const championships = useQuery(api.imports.championships.queryOptions()).data ?? [];
  const known = championships.map(({ code }) => code);
  const missing = draft === undefined ? [] : missingFields(draft);

  useKeptImport(file, draft, (kept) => {
    // A file that was chosen or opened meanwhile goes first.
    setFile((present) => present ?? kept.file);
    setDraft((present) => present ?? kept.draft);
  });
  const leave = () => {
    forgetDraft(draftName);
    if (file) void client.imports.discard({ uploadId: file.uploadId }).catch(() => undefined);
    setFile(undefined);
    setDraft(undefined);
    setTrying(false);
    trial.reset();
  };
  const look = useMutation({
    mutationFn: (how: {
      uploadId: string;
      encoding?: ImportPreview['encoding'];
      delimiter?: string;
      sheet?: string;
    }) => client.imports.preview(how),
    onError: notify.failure,
  });
  const trial = useMutation({
    mutationFn: (given: { uploadId: string; mapping: Record<string, unknown> }) =>
      client.imports.tryOut(given),
    onError: (error) => {
      setTrying(false);
      notify.failure(error);
    },
  });
  const start = useMutation({
    mutationFn: (given: { uploadId: string; mapping: Record<string, unknown>; subject: string }) =>
      client.imports.start(given),
    onSuccess: ({ runId }) => {
      forgetDraft(draftName);
      notify.success(t('import.started'), { address: `/runs/${runId}` });
      setFile(undefined);
      setDraft(undefined);
      setTrying(false);
      void queryClient.invalidateQueries();
      void navigate({ to: '/data', search: { part: 'changes' } });
    },
    onError: notify.failure,
  });

  const take = async ({ uploadId, name }: { readonly uploadId: string; readonly name: string }) => {
    const preview = await look.mutateAsync({ uploadId });
    setFile({ uploadId, name, preview });
    setDraft(draftOf(preview));
  };
  useOpenedTable(take);

  const tryOut = () => {
    if (!file || !draft) return;
    setTrying(true);
    trial.mutate({ uploadId: file.uploadId, mapping: mappingOf(draft, file.preview, known) });
  };
  const step = file === undefined ? 0 : isTrying ? 2 : 1;
  const canWrite = trial.data !== undefined && trial.data.matches !== null;

  return (
    <Section title={t('import.title')} info={t('import.info')}>
      <div className={classes.stack}>
        <Stepper active={step} size="xs" allowNextStepsSelect={false} aria-label={t('import.steps.label')}>
          <Stepper.Step label={t('import.steps.file')} />
          <Stepper.Step label={t('import.steps.meaning')} />
          <Stepper.Step label={t('import.steps.trial')} />
        </Stepper>
        {file === undefined || draft === undefined ? (
          <ChooseFile onUploaded={take} />
        ) : isTrying ? (
          <TrialReport trial={trial.data} isUnderWay={trial.isPending} />
        ) : (
          <>
            <TablePreview
              name={file.name}
              preview={file.preview}
              onRead={async (how) => {
                const preview = await look.mutateAsync({ uploadId: file.uploadId, ...how });
                setFile({ ...file, preview });
                setDraft(draftOf(preview));
              }}
            />
            <MappingForm draft={draft} onDraft={setDraft} preview={file.preview} />
          </>
        )}
        {file !== undefined && (
          <Group gap="xs">
            {isTrying ? (
              <>
                <Button
                  size="xs"
                  disabled={!canWrite}
                  loading={start.isPending}
                  onClick={() => {
                    if (draft) {
                      start.mutate({
                        uploadId: file.uploadId,
                        mapping: mappingOf(draft, file.preview, known),
                        subject: file.name,
                      });
                    }
                  }}
                >
                  {t('import.write')}
                </Button>
                <Button size="xs" variant="default" loading={trial.isPending} onClick={tryOut}>
                  {t('import.try-again')}
                </Button>
                <Button
                  size="xs"
                  variant="default"
                  onClick={() => {
                    setTrying(false);
                  }}
                >
                  {t('import.back')}
                </Button>
              </>
            ) : (
              <Button size="xs" disabled={missing.length > 0} onClick={tryOut}>
                {t('import.try')}
              </Button>
            )}
            <Button size="xs" variant="subtle" color="gray" onClick={leave}>
              {t('import.discard')}
            </Button>
            {!isTrying && missing.length > 0 && (
              <span className={classes.muted} role="status">
                {t('import.missing', {
                  fields: missing.map((field) => t(`import.fields.${field}`)).join(', '),
                })}
              </span>
            )}
          </Group>
        )}
      </div>
    </Section>
  );
}
