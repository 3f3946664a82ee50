import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { languages } from '../../engine/contract/domain.ts';
import { showLanguage } from '../texts/i18n.ts';
import { desktop } from './desktop.ts';
import { rememberAppearance } from './remembered.ts';
import { useSetting } from './settings.ts';

/** Carries the settings of appearance to where they take effect, at once and in every window. */
export function Preferences() {
  const [language, theme] = [useSetting('language'), useSetting('appearance.theme')];
  const [density, motion] = [useSetting('appearance.density'), useSetting('appearance.motion')];
  const mask = useSetting('appearance.mask');
  const { setColorScheme } = useMantineColorScheme();

  useEffect(() => {
    if (theme === 'system') setColorScheme('auto');
    else if (theme === 'light' || theme === 'dark') setColorScheme(theme);
  }, [theme, setColorScheme]);

  useEffect(() => {
    const known = languages.find((one) => one === language);
    if (known) void showLanguage(known);
  }, [language]);

  useEffect(() => {
    const known = languages.find((one) => one === language);
    if (!known || (theme !== 'system' && theme !== 'light' && theme !== 'dark')) return;
    rememberAppearance({ language: known, theme });
    void desktop?.setAppearance({ language: known, theme });
  }, [language, theme]);

  useEffect(() => {
    document.documentElement.dataset.density = density === 'comfortable' ? 'comfortable' : 'compact';
    document.documentElement.dataset.motion = motion === 'reduced' ? 'reduced' : 'system';
  }, [density, motion]);

  useEffect(() => {
    if (mask === true) document.documentElement.dataset.mask = '';
    else delete document.documentElement.dataset.mask;
  }, [mask]);

  return null;
}
