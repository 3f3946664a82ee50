import i18next from 'i18next';
import type { ResourceLanguage } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { languages } from '../../engine/contract/domain.ts';
import type { Language } from '../../engine/contract/domain.ts';

const loaders: Readonly<Record<Language, () => Promise<{ readonly texts: ResourceLanguage }>>> = {
  en: () => import('./en.ts'),
  ru: () => import('./ru.ts'),
};

/** Begins with a language; its texts are one file, fetched when it is first shown. */
export async function startTexts(language: Language): Promise<void> {
  const { texts } = await loaders[language]();
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: texts },
    defaultNS: 'common',
    // React escapes what it shows.
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = language;
}

/** Shows another language at once, without reloading anything. */
export async function showLanguage(language: Language): Promise<void> {
  if (i18next.language === language) return;
  const { texts } = await loaders[language]();
  for (const [namespace, tree] of Object.entries(texts)) {
    i18next.addResourceBundle(language, namespace, tree, true, true);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** The language that is shown, as the contract names it. */
export function shownLanguage(): Language {
  return languages.find((language) => language === i18next.language) ?? 'en';
}
