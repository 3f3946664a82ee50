import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../components/format.ts';
import { Section } from '../../../components/screen.tsx';
import { api } from '../../../connection/client.ts';
import { queryClient } from '../../../connection/query-client.ts';
import { desktop } from '../../../frame/desktop.ts';
import { notify } from '../../../frame/notify.ts';
import { useOpenedFiles } from '../../../frame/opened-files.ts';
import { useNow } from '../../../frame/use-now.ts';
import { refusalText } from '../refusal-text.ts';
import classes from '../settings.module.css';

/** Everything but the secrets as one verified file, and such a file in the place of what is here. */
export function ProjectPanel() {
  const { t } = useTranslation('settings');
  return (
    <Section title={t('panels.project')} info={t('project.info')}>
      <div className={classes.form}>
        <ProjectExport />
        <ProjectImport />
      </div>
    </Section>
  );
}

function ProjectExport() {
  const { t } = useTranslation(['settings', 'frame', 'engine']);
  const format = useFormat();
  const now = useNow(60_000);
  const about = useQuery(api.system.about.queryOptions());
  const [typed, setTyped] = useState<string>();
  const home = about.data?.home;
  const day = new Date(now).toISOString().slice(0, 10);
  const separator = home?.includes('\\') === true ? '\\' : '/';
  const file = typed ?? (home === undefined ? '' : [home, `auspex-${day}.auspex`].join(separator));
  const write = useMutation(
    api.recovery.exportProject.mutationOptions({
      onSuccess: (made) => {
        notify.success(t('settings:project.written', { size: format.bytes(made.bytes), file: made.file }));
      },
    }),
  );
  return (
    <form
      className={classes.pathForm}
      onSubmit={(event) => {
        event.preventDefault();
        write.mutate({ file: file.trim() });
      }}
    >
      <TextInput
        label={t('settings:project.write-to')}
        description={t('settings:project.write-help')}
        value={file}
        data-private
        error={write.error === null ? undefined : refusalText(write.error, t)}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          write.reset();
        }}
      />
      <Button type="submit" disabled={file.trim() === ''} loading={write.isPending}>
        {t('settings:project.write')}
      </Button>
    </form>
  );
}

function ProjectImport() {
  const { t } = useTranslation(['settings', 'frame', 'engine']);
  const opened = useOpenedFiles((state) => state.project);
  const [typed, setFile] = useState<string>();
  const file = typed ?? opened ?? '';
  // What is here is set aside and runs end, which no key takes back, so it is asked for twice.
  const [isAsked, setAsked] = useState(false);
  const read = useMutation(
    api.recovery.importProject.mutationOptions({
      onSuccess: async ({ setAside }) => {
        setFile(undefined);
        useOpenedFiles.setState({ project: undefined });
        await queryClient.invalidateQueries();
        notify.success(
          setAside === null
            ? t('settings:project.read-in')
            : t('settings:project.read-in-aside', { file: setAside }),
        );
      },
      onSettled: () => {
        setAsked(false);
      },
    }),
  );
  return (
    <form
      className={classes.pathForm}
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
      }}
    >
      <TextInput
        label={t('settings:project.read-from')}
        description={t('settings:project.read-help')}
        value={file}
        data-private
        error={read.error === null ? undefined : refusalText(read.error, t)}
        onChange={(event) => {
          setFile(event.currentTarget.value);
          setAsked(false);
          read.reset();
        }}
      />
      {isAsked ? (
        <div className={classes.row}>
          <span className={classes.note} role="status">
            {t('settings:project.sure')}
          </span>
          <Button
            color="red"
            loading={read.isPending}
            onClick={() => {
              read.mutate({ file: file.trim() });
            }}
          >
            {t('settings:project.replace')}
          </Button>
          <Button
            variant="default"
            disabled={read.isPending}
            onClick={() => {
              setAsked(false);
            }}
          >
            {t('settings:cancel')}
          </Button>
        </div>
      ) : (
        <div className={classes.row}>
          {desktop !== undefined && (
            <Button
              variant="default"
              onClick={() => {
                void desktop?.chooseFiles({ purpose: 'project', many: false }).then((answer) => {
                  const [chosen] = 'value' in answer ? answer.value : [];
                  if (chosen !== undefined) setFile(chosen);
                });
              }}
            >
              {t('settings:project.choose')}
            </Button>
          )}
          <Button type="submit" variant="default" disabled={file.trim() === ''}>
            {t('settings:project.read')}
          </Button>
        </div>
      )}
    </form>
  );
}
