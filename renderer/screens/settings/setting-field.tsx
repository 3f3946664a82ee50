import { NativeSelect, NumberInput, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/format.ts';
import type { SettingEntry } from '../../../engine/contract/settings.ts';
import { api } from '../../connection/client.ts';
import { queryClient } from '../../connection/query-client.ts';
import { refusalText } from './refusal-text.ts';
import { zoneNames } from './zones.ts';

/** The control of a setting. A value is taken over as soon as it is given; what the engine refuses is said beside it. */
export function SettingField({ id, entry }: { readonly id: string; readonly entry: SettingEntry }) {
  const { t } = useTranslation(['settings', 'frame', 'engine']);
  const format = useFormat();
  const { key, value, control } = entry;
  const [draft, setDraft] = useState<{ readonly of: unknown; readonly text: string | number }>();
  const set = useMutation(
    api.settings.set.mutationOptions({ onSuccess: () => queryClient.invalidateQueries() }),
  );
  const refusal = set.error === null ? undefined : refusalText(set.error, t);
  const put = (next: unknown) => {
    if (JSON.stringify(next) === JSON.stringify(value)) set.reset();
    else set.mutate({ key, value: next });
  };
  const name = t(`settings:keys.${key}.label`, { defaultValue: key });
  const shared = { id, 'aria-describedby': `${id}-help`, error: refusal };
  // What is being typed stands until the engine has another value.
  const typed = draft && draft.of === value ? draft.text : undefined;

  if (control.kind === 'switch') {
    return (
      <Switch
        {...shared}
        checked={value === true}
        onChange={(event) => {
          put(event.currentTarget.checked);
        }}
      />
    );
  }
  if (control.kind === 'choice') {
    const data = (control.options ?? []).map((option) => ({
      value: option,
      label: t(`settings:keys.${key}.options.${option}`, { defaultValue: option }),
    }));
    if (data.length <= 3) {
      return <SegmentedControl aria-label={name} value={String(value)} data={data} onChange={put} />;
    }
    return (
      <NativeSelect
        {...shared}
        value={String(value)}
        data={data}
        onChange={(event) => {
          put(event.currentTarget.value);
        }}
      />
    );
  }
  if (control.kind === 'zone') {
    return (
      <NativeSelect
        {...shared}
        value={String(value)}
        data={zoneNames(String(value))}
        onChange={(event) => {
          put(event.currentTarget.value);
        }}
      />
    );
  }
  if (control.kind === 'number') {
    const { minimum, maximum } = control;
    return (
      <NumberInput
        {...shared}
        w={160}
        value={typed ?? Number(value)}
        allowDecimal={control.isWhole !== true}
        clampBehavior="none"
        decimalSeparator={format.preferences.language === 'ru' ? ',' : '.'}
        allowedDecimalSeparators={['.', ',']}
        step={control.isWhole === true ? 1 : 0.05}
        description={
          minimum === undefined || maximum === undefined
            ? undefined
            : t('settings:range', { minimum: format.tick(minimum), maximum: format.tick(maximum) })
        }
        onChange={(text) => {
          setDraft({ of: value, text });
        }}
        onBlur={() => {
          if (typed !== undefined) put(typeof typed === 'number' ? typed : Number(typed));
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
        }}
      />
    );
  }
  return (
    <TextInput
      {...shared}
      value={typed ?? String(value)}
      onChange={(event) => {
        setDraft({ of: value, text: event.currentTarget.value });
      }}
      onBlur={() => {
        if (typed !== undefined) put(typed);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
    />
  );
}
