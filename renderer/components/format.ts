import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { languages } from '../../engine/contract/domain.ts';
import { api } from '../connection/client.ts';
import { createFormat } from './format-values.ts';
import type { Format } from './format-values.ts';
import { oddsFormats } from './odds-format.ts';

export type { Format, Maybe } from './format-values.ts';

/** Turns values into text by the analyst's language, zone and way of writing prices; changes with the settings. */
export function useFormat(): Format {
  const { i18n } = useTranslation();
  const settings = useQuery(api.settings.list.queryOptions()).data;
  const setting = (key: string) => settings?.find((entry) => entry.key === key)?.value;
  const zone = setting('zone');
  const odds = setting('odds.format');
  return createFormat({
    language: languages.find((language) => i18n.language.startsWith(language)) ?? 'en',
    zone: typeof zone === 'string' ? zone : 'UTC',
    oddsFormat: oddsFormats.find((format) => format === odds) ?? 'decimal',
  });
}
