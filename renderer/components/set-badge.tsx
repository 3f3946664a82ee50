import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Format } from './format-values.ts';
import { useFormat } from './format.ts';
import { Missing } from './missing.tsx';
import { SetSigns } from './set-signs.tsx';

export interface SetBadgeProps {
  /** Bits of the set: 1 home win, 2 draw, 4 away win; null when the window is too short. */
  readonly set: number | null | undefined;
  /** Promised coverage, such as 0.8. */
  readonly level?: number;
}

/** The outcomes that a conformal set keeps, as signs in their places, with the meaning in words. */
export function SetBadge(props: SetBadgeProps) {
  const { t } = useTranslation(['components', 'engine']);
  return setBadge(props, { t, format: useFormat() });
}

/** The same for who draws many of them and has the words at hand. */
export function setBadge(
  { set, level = 0.8 }: SetBadgeProps,
  { t, format }: { readonly t: TFunction; readonly format: Format },
) {
  if (set === null || set === undefined) return <Missing reason={t('engine:labels.set-words.not-enough')} />;
  const words = t('components:set.meaning', {
    words: t(`engine:labels.set-words.${set}`),
    level: format.percent(level, 0),
  });
  return <SetSigns set={set} words={words} sign={(name) => t(`engine:labels.sign.${name}`)} />;
}
