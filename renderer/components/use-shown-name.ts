import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** Chooses the name in the language that is shown. */
export function useShownName(): (names: { readonly en: string; readonly ru: string }) => string {
  const { i18n } = useTranslation();
  const isRussian = i18n.language.startsWith('ru');
  return useCallback(({ en, ru }) => (isRussian ? ru : en), [isRussian]);
}
