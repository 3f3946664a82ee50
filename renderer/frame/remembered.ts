import { languages } from '../../engine/contract/domain.ts';
import type { Language } from '../../engine/contract/domain.ts';

/** What has to be known before the engine can be asked, so that nothing flashes in other colours or another language. */
interface Appearance {
  readonly language: Language;
  readonly theme: 'system' | 'light' | 'dark';
}

const key = 'auspex.appearance';

export function rememberedAppearance(): Appearance {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Appearance>;
    const language = languages.find((one) => one === kept.language) ?? systemLanguage();
    return { language, theme: kept.theme ?? 'system' };
  } catch {
    return { language: systemLanguage(), theme: 'system' };
  }
}

export function rememberAppearance(appearance: Appearance): void {
  try {
    localStorage.setItem(key, JSON.stringify(appearance));
  } catch {
    // A browser without storage starts in the system's colours.
  }
}

/** The first language of the system's that the product speaks. */
function systemLanguage(): Language {
  for (const wanted of navigator.languages) {
    const language = languages.find((one) => wanted.toLowerCase().startsWith(one));
    if (language) return language;
  }
  return 'en';
}
