import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/empty-state.tsx';
import { useFormat } from '../../components/format.ts';
import { styleNonce } from '../../frame/style-nonce.ts';
import { previewPage } from './preview-page.ts';
import classes from './forecasts.module.css';

export interface DocumentFile {
  readonly name: string;
  readonly mediaType: string;
  readonly base64: string;
}

export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** A page in a closed frame, a picture as a picture, a text as text; what a browser cannot show is said and saved. */
export function DocumentView({ file }: { readonly file: DocumentFile }) {
  const { t } = useTranslation('forecasts');
  const format = useFormat();
  const bytes = useMemo(() => bytesOf(file.base64), [file.base64]);
  if (file.mediaType.startsWith('text/html')) {
    const html = previewPage(new TextDecoder().decode(bytes), styleNonce());
    return (
      <iframe
        className={classes.frame}
        sandbox=""
        srcDoc={html}
        title={t('documents.frame', { name: file.name })}
      />
    );
  }
  if (file.mediaType.startsWith('image/')) return <Picture file={file} bytes={bytes} />;
  if (/^text\/|json|xml|calendar/.test(file.mediaType) && !file.mediaType.includes('openxml')) {
    return (
      // Focusable, so that it can be scrolled by keys.
      <pre className={classes.text} tabIndex={0} aria-label={file.name}>
        {new TextDecoder().decode(bytes)}
      </pre>
    );
  }
  return (
    <EmptyState
      title={t('documents.no-view.title', { name: file.name })}
      text={t('documents.no-view.text', { size: format.bytes(bytes.byteLength) })}
    />
  );
}

function Picture({ file, bytes }: { readonly file: DocumentFile; readonly bytes: Uint8Array<ArrayBuffer> }) {
  const { t } = useTranslation('forecasts');
  return (
    <img
      className={classes.picture}
      alt={t('documents.picture', { name: file.name })}
      // The address lives as long as the picture.
      ref={(image) => {
        const address = URL.createObjectURL(new Blob([bytes], { type: file.mediaType }));
        if (image) image.src = address;
        return () => {
          URL.revokeObjectURL(address);
        };
      }}
    />
  );
}
