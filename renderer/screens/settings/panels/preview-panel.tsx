import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { QueryState } from '../../../components/query-state.tsx';
import { Section } from '../../../components/screen.tsx';
import { api } from '../../../connection/client.ts';
import classes from '../settings.module.css';

const shownLength = 20_000;

/** What a channel would send of one of the latest documents, as text; nothing of it is run. */
export function PreviewPanel({ name }: { readonly name: string }) {
  const { t } = useTranslation('settings');
  const documents = useQuery(api.system.documents.queryOptions({ input: { limit: 400 } }));
  const [chosen, setChosen] = useState<string>();
  const messages = [
    ...new Map(
      (documents.data ?? [])
        .filter(({ format }) => format === 'html')
        .map((one) => [[one.kind, one.day, one.variant, one.language].join('/'), one] as const),
    ),
  ]
    .reverse()
    .slice(0, 60);
  const [, message] = messages.find(([key]) => key === chosen) ?? messages[0] ?? [];
  const preview = useQuery({
    ...api.channels.preview.queryOptions({
      input: {
        name,
        kind: message?.kind ?? '',
        day: message?.day ?? '2000-01-01',
        variant: message?.variant ?? '',
        language: message?.language === 'ru' ? 'ru' : 'en',
      },
    }),
    enabled: message !== undefined,
  });
  return (
    <Section
      title={t('channels.preview-of', { name })}
      actions={
        messages.length > 0 && (
          <NativeSelect
            aria-label={t('channels.document')}
            value={chosen ?? messages[0]?.[0] ?? ''}
            data={messages.map(([key]) => key)}
            onChange={(event) => {
              setChosen(event.currentTarget.value);
            }}
          />
        )
      }
    >
      {message === undefined ? (
        <p className={classes.note}>{t('channels.no-documents')}</p>
      ) : (
        <QueryState query={preview}>
          {(parts) => (
            <>
              {parts.map((part) => (
                <figure key={part.name} style={{ margin: 0 }}>
                  <figcaption className={classes.note}>{`${part.name} · ${part.mediaType}`}</figcaption>
                  {part.mediaType.startsWith('text/html') ? (
                    <iframe
                      className={classes.preview}
                      sandbox=""
                      title={part.name}
                      srcDoc={decoded(part.base64)}
                    />
                  ) : (
                    <pre className={classes.preview} tabIndex={0} aria-label={part.name}>
                      {decoded(part.base64).slice(0, shownLength)}
                    </pre>
                  )}
                </figure>
              ))}
            </>
          )}
        </QueryState>
      )}
    </Section>
  );
}

function decoded(base64: string): string {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}
