import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingEntry } from '../../../engine/contract/settings.ts';
import { api } from '../../connection/client.ts';
import { queryClient } from '../../connection/query-client.ts';
import { notify } from '../../frame/notify.ts';
import { SettingField } from './setting-field.tsx';
import classes from './settings.module.css';

/** One setting: what it is for, its value, its default, and the way back to it. */
export function SettingRow({ entry }: { readonly entry: SettingEntry }) {
  const { t } = useTranslation('settings');
  const id = useId();
  const { key, value, default: fallback } = entry;
  const isOwn = JSON.stringify(value) !== JSON.stringify(fallback);
  const reset = useMutation(
    api.settings.reset.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(),
      onError: (error) => {
        notify.failure(error);
      },
    }),
  );
  return (
    <div className={classes.setting} data-own={isOwn || undefined}>
      <div className={classes.words}>
        <label htmlFor={id} className={classes.name}>
          {t(`keys.${key}.label`, { defaultValue: key })}
        </label>
        <p id={`${id}-help`} className={classes.help}>
          {t(`keys.${key}.help`, { defaultValue: entry.description })}
        </p>
      </div>
      <div className={classes.control}>
        <SettingField id={id} entry={entry} />
        <div className={classes.default}>
          <span>{t('default', { value: shownValue(entry, t) })}</span>
          {isOwn && (
            <Button
              variant="subtle"
              size="compact-xs"
              aria-label={t('reset-named', { name: t(`keys.${key}.label`, { defaultValue: key }) })}
              onClick={() => {
                reset.mutate({ key });
              }}
            >
              {t('reset')}
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}

function shownValue({ key, default: value, control }: SettingEntry, t: TFunction<'settings'>): string {
  if (control.kind === 'switch') return value === true ? t('on') : t('off');
  const text = String(value);
  if (text === '') return t('empty');
  return control.kind === 'choice' ? t(`keys.${key}.options.${text}`, { defaultValue: text }) : text;
}
