import { Button, NativeSelect, NumberInput, Switch, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../../../components/screen.tsx';
import { api } from '../../../connection/client.ts';
import { failureOf } from '../../../connection/failure.ts';
import { queryClient } from '../../../connection/query-client.ts';
import { notify } from '../../../frame/notify.ts';
import { channelForms, draftOf, settingsOf } from '../channel-forms.ts';
import type { ChannelField, Draft } from '../channel-forms.ts';
import classes from '../settings.module.css';

export interface KeptChannel {
  readonly name: string;
  readonly kind: string;
  readonly settings: Record<string, unknown>;
}

const goodName = /^[a-z0-9][a-z0-9-]{0,40}$/;

/** Adds a channel or changes one. What the engine refuses is said under the form. */
export function ChannelFormPanel(props: {
  readonly channel: KeptChannel | undefined;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('settings');
  const { channel, onClose } = props;
  const [kind, setKind] = useState(channel?.kind ?? 'folder');
  const [name, setName] = useState(channel?.name ?? '');
  const form = channelForms[kind] ?? { fields: [], secrets: [] };
  const [draft, setDraft] = useState<Draft>(() => draftOf(form, channel?.settings));
  const put = useMutation(
    api.channels.put.mutationOptions({
      onSuccess: async () => {
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
        <div className={classes.fields}>
          <TextInput
            label={t('channels.columns.name')}
            description={t('channels.name-means')}
            required
            readOnly={channel !== undefined}
            value={name}
            error={isNameWrong ? t('channels.name-wrong') : undefined}
            onChange={(event) => {
              setName(event.currentTarget.value);
            }}
          />
          <NativeSelect
            label={t('channels.columns.kind')}
            disabled={channel !== undefined}
            value={kind}
            data={Object.keys(channelForms).map((value) => ({ value, label: t(`channels.kinds.${value}`) }))}
            onChange={(event) => {
              const next = event.currentTarget.value;
              setKind(next);
              setDraft(draftOf(channelForms[next] ?? form));
            }}
          />
          {form.fields.map((field) => (
            <Field
              key={field.key}
              field={field}
              value={draft[field.key] ?? ''}
              onChange={(value) => {
                setDraft((before) => ({ ...before, [field.key]: value }));
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
          <Button variant="default" onClick={onClose}>
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
  const label = t(`channels.fields.${field.key}`);
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
      type={field.kind === 'address' ? 'url' : 'text'}
      required={field.isOptional !== true}
      value={String(value)}
      onChange={(event) => {
        onChange(event.currentTarget.value);
      }}
    />
  );
}
