import { Button, FileButton, Progress } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notify } from '../../../frame/notify.ts';
import { uploadFile } from './upload-file.ts';
import classes from '../data.module.css';

export interface ChooseFileProps {
  readonly onUploaded: (file: { readonly uploadId: string; readonly name: string }) => Promise<void>;
}

/** A file by its dialogue or dropped here. It goes to the engine on this machine and nowhere else. */
export function ChooseFile({ onUploaded }: ChooseFileProps) {
  const { t } = useTranslation('data');
  const [share, setShare] = useState<number>();
  const [isOver, setOver] = useState(false);
  const stop = useRef<AbortController>(undefined);

  const take = async (file: File | null | undefined) => {
    if (!file || share !== undefined) return;
    stop.current = new AbortController();
    setShare(0);
    try {
      const uploadId = await uploadFile(file, { signal: stop.current.signal, told: setShare });
      await onUploaded({ uploadId, name: file.name });
    } catch (error) {
      if (!stop.current.signal.aborted) notify.failure(error);
    } finally {
      setShare(undefined);
    }
  };

  return (
    <div
      className={classes.drop}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void take(event.dataTransfer.files[0]);
      }}
    >
      <p className={classes.text}>{t('import.drop')}</p>
      <FileButton accept=".csv,.tsv,.txt,.json,.xlsx" onChange={(file) => void take(file)}>
        {(props) => (
          <Button {...props} size="xs" loading={share !== undefined}>
            {t('import.choose')}
          </Button>
        )}
      </FileButton>
      <p className={classes.muted}>{t('import.kinds')}</p>
      {share !== undefined && (
        <>
          <Progress value={share * 100} w={240} aria-label={t('import.uploading')} />
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              stop.current?.abort();
            }}
          >
            {t('import.stop')}
          </Button>
        </>
      )}
    </div>
  );
}
