import { Outlet } from '@tanstack/react-router';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { FrameCommands } from './commands/frame-commands.tsx';
import { CheatSheet } from './commands/cheat-sheet.tsx';
import { useKeys } from './commands/use-keys.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import { DesktopLink } from './desktop-link.tsx';
import './frame.css';
import classes from './frame.module.css';
import { useInspectorPlace } from './inspector.tsx';
import { NoticeCentre } from './notice-centre.tsx';
import { Palette } from './palette/palette.tsx';
import { Preferences } from './preferences.tsx';
import { Rail } from './rail.tsx';
import { RunsPanel } from './runs/runs-panel.tsx';
import { StatusBar } from './status-bar.tsx';
import { TabStrip } from './tabs/tab-strip.tsx';
import { mainPlace } from './tabs/scroll-places.ts';
import { Tour } from './tour/tour.tsx';
import { useTabSync } from './tabs/use-tab-sync.ts';
import { useLifeline } from './use-lifeline.ts';

const takePlace = (place: HTMLElement | null) => {
  useInspectorPlace.setState({ place });
};

/** What stands around every screen. */
export function Frame() {
  const { t } = useTranslation('frame');
  const main = useRef<HTMLElement>(null);
  const hasInspector = useInspectorPlace((state) => state.open.length > 0);
  useLifeline();
  useKeys();
  useTabSync();
  return (
    <div className={classes.frame}>
      <a
        className={classes.skip}
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {t('skip')}
      </a>
      <Preferences />
      <FrameCommands />
      <DesktopLink />
      <Rail />
      <div className={classes.column}>
        <TabStrip />
        <ConnectionBanner />
        <div className={classes.middle}>
          <main id="main" ref={main} className={classes.main} tabIndex={-1} data-scroll-place={mainPlace}>
            <Outlet />
          </main>
          <aside
            className={classes.inspector}
            data-open={hasInspector || undefined}
            hidden={!hasInspector}
            aria-label={t('inspector.label')}
            ref={takePlace}
          />
        </div>
        <RunsPanel />
      </div>
      <div className={classes.status}>
        <StatusBar />
      </div>
      <Palette />
      <CheatSheet />
      <NoticeCentre />
      <Tour />
    </div>
  );
}
