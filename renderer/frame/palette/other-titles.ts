import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

type Titles = Readonly<Record<string, readonly string[]>>;

/**
 * The frame's commands in the languages that are not shown, so that who thinks in one of them finds them, too. They are
 * fetched when the palette opens for the first time.
 */
export function useOtherTitles(): Titles {
  const { i18n } = useTranslation();
  const [titles, setTitles] = useState<Titles>({});
  useEffect(() => {
    let isGone = false;
    const other = i18n.language === 'ru' ? import('../../texts/en.ts') : import('../../texts/ru.ts');
    void other.then(({ texts }) => {
      const commands = (texts as Readonly<Record<string, unknown>>).commands as
        { readonly titles?: Readonly<Record<string, string>> } | undefined;
      if (isGone) return;
      setTitles(
        Object.fromEntries(Object.entries(commands?.titles ?? {}).map(([id, title]) => [id, [title]])),
      );
    });
    return () => {
      isGone = true;
    };
  }, [i18n.language]);
  return titles;
}
