import { Checkbox, NativeSelect, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ImportPreview } from '../../../../engine/contract/imports.ts';
import { useFormat } from '../../../components/format.ts';
import { api } from '../../../connection/client.ts';
import { furtherFields, neededFields, oddsKey } from './import-draft.ts';
import type { ImportDraft } from './import-draft.ts';
import classes from '../data.module.css';

export interface MappingFormProps {
  readonly draft: ImportDraft;
  readonly onDraft: (draft: ImportDraft) => void;
  readonly preview: ImportPreview;
}

/** What the columns mean. Suggested by their headings, said by the analyst. */
export function MappingForm({ draft, onDraft, preview }: MappingFormProps) {
  const { t } = useTranslation('data');
  const names = preview.columns.map(({ name }) => name).filter((name) => name !== '');
  const columnField = (field: string, isNeeded: boolean) => (
    <NativeSelect
      key={field}
      size="xs"
      label={t(`import.fields.${field}`)}
      required={isNeeded}
      value={draft.columns[field] ?? ''}
      data={[{ value: '', label: t('import.none') }, ...new Set(names)]}
      onChange={(event) => {
        onDraft({ ...draft, columns: { ...draft.columns, [field]: event.currentTarget.value } });
      }}
    />
  );
  return (
    <div className={classes.stack}>
      <fieldset className={classes.fields}>
        <legend className={classes.muted}>{t('import.what')}</legend>
        <ChampionshipFields draft={draft} onDraft={onDraft} preview={preview} />
        {neededFields.map((field) => columnField(field, true))}
      </fieldset>
      <details>
        <summary>{t('import.further')}</summary>
        <div className={classes.fields}>{furtherFields.map((field) => columnField(field, false))}</div>
      </details>
      {preview.suggestion.odds.length > 0 && (
        <Checkbox.Group
          label={t('import.odds')}
          value={[...draft.odds]}
          onChange={(odds) => {
            onDraft({ ...draft, odds });
          }}
        >
          <div className={classes.row}>
            {preview.suggestion.odds.map((one) => (
              <Checkbox
                key={oddsKey(one)}
                size="xs"
                value={oddsKey(one)}
                label={t(one.isClosing ? 'import.odds-closing' : 'import.odds-before', {
                  bookmaker: one.bookmaker,
                })}
              />
            ))}
          </div>
        </Checkbox.Group>
      )}
    </div>
  );
}

function ChampionshipFields({ draft, onDraft, preview }: MappingFormProps) {
  const { t } = useTranslation('data');
  const { language } = useFormat().preferences;
  const championships = useQuery(api.imports.championships.queryOptions()).data ?? [];
  const choices = championships.map(({ code, name }) => ({
    value: code,
    label: `${name[language]} (${code})`,
  }));
  const names = preview.columns.map(({ name }) => name).filter((name) => name !== '');
  const column = preview.columns.find(({ name }) => name === draft.championshipColumn);
  const known = new Set(championships.map(({ code }) => code));
  return (
    <>
      <NativeSelect
        size="xs"
        label={t('import.championship-from')}
        value={draft.championshipFrom}
        data={[
          { value: 'fixed', label: t('import.championship-fixed') },
          { value: 'column', label: t('import.championship-column') },
        ]}
        onChange={(event) => {
          const championshipFrom = event.currentTarget.value === 'column' ? 'column' : 'fixed';
          onDraft({ ...draft, championshipFrom });
        }}
      />
      {draft.championshipFrom === 'fixed' ? (
        <Select
          size="xs"
          label={t('import.fields.championship')}
          required
          searchable
          data={choices}
          value={draft.championship === '' ? null : draft.championship}
          onChange={(championship) => {
            onDraft({ ...draft, championship: championship ?? '' });
          }}
        />
      ) : (
        <NativeSelect
          size="xs"
          label={t('import.fields.championshipColumn')}
          required
          value={draft.championshipColumn}
          data={[{ value: '', label: t('import.none') }, ...new Set(names)]}
          onChange={(event) => {
            onDraft({ ...draft, championshipColumn: event.currentTarget.value, codes: {} });
          }}
        />
      )}
      {draft.championshipFrom === 'column' &&
        column?.samples
          .filter((value) => !known.has(value))
          .map((value) => (
            <Select
              key={value}
              size="xs"
              label={t('import.stands-for', { value })}
              searchable
              data={choices}
              value={draft.codes[value] ?? null}
              onChange={(code) => {
                onDraft({ ...draft, codes: { ...draft.codes, [value]: code ?? '' } });
              }}
            />
          ))}
      <TextInput
        size="xs"
        label={t('import.fields.source')}
        description={t('import.source-about')}
        value={draft.source}
        maxLength={40}
        onChange={(event) => {
          const source = event.currentTarget.value.toLowerCase().replaceAll(/[^a-z0-9-]+/g, '-');
          onDraft({ ...draft, source });
        }}
      />
    </>
  );
}
