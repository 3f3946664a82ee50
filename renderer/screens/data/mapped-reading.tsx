import { Button, Modal, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SourceHealth } from '../../../engine/contract/data.ts';
import classes from './data.module.css';

export interface MappedReadingProps {
  readonly source: SourceHealth;
  readonly isDisabled: boolean;
  readonly isPending: boolean;
  readonly onRead: (parameters: { readonly mapping: string; readonly from?: string }) => void;
}

/** Reads a source whose files mean nothing by themselves: a mapping says what their columns, or whose the feeds, are. */
export function MappedReading({ source, isDisabled, isPending, onRead }: MappedReadingProps) {
  const { t } = useTranslation('data');
  const [isOpen, open] = useDisclosure(false);
  const last = source.lastParameters;
  const [mapping, setMapping] = useState(textOf(last?.mapping));
  const [from, setFrom] = useState(textOf(last?.from));
  // The feeds' own addresses stand in the mapping; a table is somewhere.
  const isFromNeeded = source.name !== 'news';
  return (
    <>
      <Button
        size="xs"
        variant="default"
        disabled={isDisabled}
        aria-label={t('mapped.open-named', { name: source.name })}
        onClick={open.open}
      >
        {t('mapped.open')}
      </Button>
      <Modal opened={isOpen} onClose={open.close} title={t(`mapped.title.${source.name}`)} size="lg">
        <form
          className={classes.stack}
          onSubmit={(event) => {
            event.preventDefault();
            open.close();
            const place = from.trim();
            onRead({ mapping: mapping.trim(), ...(place === '' ? {} : { from: place }) });
          }}
        >
          <TextInput
            data-autofocus
            data-private
            required
            label={t('mapped.mapping')}
            description={t(`mapped.mapping-help.${source.name}`)}
            value={mapping}
            onChange={(event) => {
              setMapping(event.currentTarget.value);
            }}
          />
          <TextInput
            data-private
            required={isFromNeeded}
            label={t('mapped.from')}
            description={t(`mapped.from-help.${source.name}`)}
            value={from}
            onChange={(event) => {
              setFrom(event.currentTarget.value);
            }}
          />
          <details>
            <summary>{t('mapped.example')}</summary>
            <pre className={classes.example} dir="ltr">
              {examples[source.name]}
            </pre>
          </details>
          <div>
            <Button
              type="submit"
              size="sm"
              loading={isPending}
              disabled={mapping.trim() === '' || (isFromNeeded && from.trim() === '')}
            >
              {t('sources.run')}
            </Button>
          </div>
        </form>
      </Modal>
    </>
  );
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Whole mappings, to be copied; their words are the form's own and the same in every language. */
const examples: Readonly<Record<string, string>> = {
  facts: `{
  "kind": "absence",
  "championship": { "code": "E0" },
  "columns": { "team": "club", "knownAt": "reported", "player": "player" },
  "zone": "Europe/London"
}`,
  news: `{
  "feeds": [
    { "championship": "E0", "team": "Arsenal", "address": "https://news.example/arsenal.rss" }
  ]
}`,
};
