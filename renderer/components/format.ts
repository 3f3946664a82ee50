import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { languages } from '../../engine/contract/domain.ts';
import { api } from '../connection/client.ts';
import { queryClient } from '../connection/query-client.ts';
import { createFormat } from './format-values.ts';
import type { Format, FormatPreferences } from './format-values.ts';
import { oddsFormats } from './odds-format.ts';

export type { Format } from './format-values.ts';

/** Turns values into text by the analyst's language, zone and way of writing prices; changes with the settings. */
export function useFormat(): Format {
  const { i18n } = useTranslation();
  const chosen = useSyncExternalStore(subscribe, preferences);
  const language = languages.find((one) => i18n.language.startsWith(one)) ?? 'en';
  return createFormat({ language, ...chosen });
}

type Chosen = Omit<FormatPreferences, 'language'>;

let kept: Chosen = { zone: 'UTC', oddsFormat: 'decimal' };

/** What the settings say now; the same object until they say something else. */
function preferences(): Chosen {
  const settings = queryClient.getQueryData(api.settings.list.queryKey());
  const valueOf = (key: string) => settings?.find((entry) => entry.key === key)?.value;
  const [zone, odds] = [valueOf('zone'), valueOf('odds.format')];
  const next: Chosen = {
    zone: typeof zone === 'string' ? zone : 'UTC',
    oddsFormat: oddsFormats.find((format) => format === odds) ?? 'decimal',
  };
  if (next.zone !== kept.zone || next.oddsFormat !== kept.oddsFormat) kept = next;
  return kept;
}

/** One look at the cache for all that format: a grid has hundreds of cells. */
function subscribe(changed: () => void): () => void {
  return queryClient.getQueryCache().subscribe(({ type, query }) => {
    if (type === 'updated' && query.queryHash === settingsHash()) changed();
  });
}

let hash: string | undefined;
function settingsHash(): string | undefined {
  hash ??= queryClient.getQueryCache().find({ queryKey: api.settings.list.queryKey() })?.queryHash;
  return hash;
}
