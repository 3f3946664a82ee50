import { Button, NativeSelect, NumberInput, Switch, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Section } from '../../../components/screen.tsx';
import { api } from '../../../connection/client.ts';
import { failureOf } from '../../../connection/failure.ts';
import { queryClient } from '../../../connection/query-client.ts';
import { DraftNote } from '../../../frame/draft-note.tsx';
import { useDraft } from '../../../frame/drafts.ts';
import { notify } from '../../../frame/notify.ts';
import { channelForms, draftOf, isAsked, settingsOf } from '../channel-forms.ts';
import type { ChannelField, ChannelForm } from '../channel-forms.ts';
import classes from '../settings.module.css';

export interface KeptChannel {
  readonly name: string;
  readonly kind: string;
  readonly settings: Record<string, unknown>;
}

/** Secrets are written elsewhere, so a draft holds none. */
const channelDraftSchema = z.object({
  kind: z.string(),
  name: z.string(),
  draft: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

const formOf = (kind: string): ChannelForm => channelForms[kind] ?? { fields: [], secrets: [] };

const goodName = /^[a-z0-9][a-z0-9-]{0,40}$/;

/** Adds a channel or changes one. What the engine refuses is said under the form. */
export function ChannelFormPanel(props: {
  readonly channel: KeptChannel | undefined;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('settings');
  const { channel, onClose } = props;
  const firstKind = channel?.kind ?? 'folder';
  const kept = useDraft(`channel.${channel?.name ?? ''}`, channelDraftSchema, {
    kind: firstKind,
    name: channel?.name ?? '',
    draft: draftOf(formOf(firstKind), channel?.settings),
  });
  const { kind, name, draft } = kept.value;
  const form = formOf(kind);
  const put = useMutation(
    api.channels.put.mutationOptions({
      onSuccess: async () => {
        kept.done();
        await queryClient.invalidateQueries();
        notify.success(t('channels.saved', { name }));
        onClose();
      },
    }),
  );
  const isNameWrong = name !== '' && !goodName.test(name);
  return (
    <Section title={channel ? t('channels.change', { name: channel.name }) : t('channels.new')}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          put.mutate({ name, kind, settings: settingsOf(form, draft, channel?.settings) });
        }}
      >
        <DraftNote draft={kept} />
        <div className={classes.fields}>
          <TextInput
            label={t('channels.columns.name')}
            description={t('channels.name-means')}
            required
            readOnly={channel !== undefined}
            value={name}
            error={isNameWrong ? t('channels.name-wrong') : undefined}
            onChange={(event) => {
              kept.change({ name: event.currentTarget.value });
            }}
          />
          <NativeSelect
            label={t('channels.columns.kind')}
            disabled={channel !== undefined}
            value={kind}
            data={Object.keys(channelForms).map((value) => ({ value, label: t(`channels.kinds.${value}`) }))}
            onChange={(event) => {
              const next = event.currentTarget.value;
              kept.change({ kind: next, draft: draftOf(formOf(next)) });
            }}
          />
          {form.fields
            .filter((field) => isAsked(field, draft))
            .map((field) => (
              <Field
                key={field.key}
                field={field}
                value={draft[field.key] ?? ''}
                onChange={(value) => {
                  kept.change({ draft: { ...draft, [field.key]: value } });
                }}
              />
            ))}
        </div>
        {form.secrets.length > 0 && <p className={classes.note}>{t('channels.secrets-later')}</p>}
        {put.error !== null && (
          <p className={classes.problem} role="alert" dir="auto">
            {failureOf(put.error).message}
          </p>
        )}
        <div className={classes.row}>
          <Button
            variant="default"
            onClick={() => {
              kept.clear();
              onClose();
            }}
          >
            {t('cancel')}
          </Button>
          <Button type="submit" loading={put.isPending} disabled={!goodName.test(name)}>
            {t('channels.save')}
          </Button>
        </div>
      </form>
    </Section>
  );
}

function Field(props: {
  readonly field: ChannelField;
  readonly value: string | number | boolean;
  readonly onChange: (value: string | number | boolean) => void;
}) {
  const { t } = useTranslation('settings');
  const { field, value, onChange } = props;
  const label = t(`channels.fields.${field.key.replace('.', '-')}`);
  if (field.kind === 'switch') {
    return (
      <Switch
        label={label}
        checked={value === true}
        onChange={(event) => {
          onChange(event.currentTarget.checked);
        }}
      />
    );
  }
  if (field.kind === 'choice') {
    return (
      <NativeSelect
        label={label}
        value={String(value)}
        data={(field.options ?? []).map((option) => ({
          value: option,
          label: t(`channels.options.${option}`),
        }))}
        onChange={(event) => {
          onChange(event.currentTarget.value);
        }}
      />
    );
  }
  if (field.kind === 'number') {
    return (
      <NumberInput
        required
        label={label}
        allowDecimal={false}
        value={value === '' ? '' : Number(value)}
        onChange={onChange}
      />
    );
  }
  if (field.kind === 'recipients') {
    return (
      <Textarea
        label={label}
        data-private
        description={t('channels.recipients-means')}
        autosize
        minRows={2}
        value={String(value)}
        onChange={(event) => {
          onChange(event.currentTarget.value);
        }}
      />
    );
  }
  return (
    <TextInput
      label={label}
      data-private
      type={field.kind === 'address' ? 'url' : 'text'}
      required={field.isOptional !== true}
      value={String(value)}
      onChange={(event) => {
        onChange(event.currentTarget.value);
      }}
    />
  );
}
