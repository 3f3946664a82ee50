import { ActionIcon, Tooltip } from '@mantine/core';
import { Link, useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Icon } from './icons.tsx';
import { changeLayout, showOverlay, useLayout } from './layout.ts';
import { railPlaces, screenOf, settingsPlace } from './places.ts';
import classes from './rail.module.css';

/** The screens, the palette and the settings. */
export function Rail() {
  const { t } = useTranslation('frame');
  const isNarrow = useLayout((state) => state.isRailNarrow);
  const place = useRouterState({ select: (state) => screenOf(state.location.pathname).place });
  return (
    <nav className={classes.rail} data-narrow={isNarrow || undefined} aria-label={t('rail.label')}>
      <div className={classes.head}>
        <span className={classes.brand} aria-hidden>
          <Mark />
          <span className={classes.word}>Auspex</span>
        </span>
        <ActionIcon
          className={classes.fold}
          aria-label={isNarrow ? t('rail.widen') : t('rail.narrow')}
          aria-expanded={!isNarrow}
          onClick={() => {
            changeLayout({ isRailNarrow: !isNarrow });
          }}
        >
          <Icon name="panel" />
        </ActionIcon>
      </div>
      <button
        type="button"
        className={classes.search}
        aria-label={isNarrow ? t('rail.palette') : undefined}
        onClick={() => {
          showOverlay('palette');
        }}
      >
        <Icon name="search" />
        <span className={classes.label}>{t('rail.palette')}</span>
        <kbd className={classes.key} aria-hidden>
          Ctrl K
        </kbd>
      </button>
      <ul className={classes.list}>
        {railPlaces.map(({ name, address, icon }) => (
          <li key={name}>
            <Place name={name} address={address} icon={icon} isHere={place === name} isNarrow={isNarrow} />
          </li>
        ))}
      </ul>
      <div className={classes.end}>
        <Place {...settingsPlace} isHere={place === 'settings'} isNarrow={isNarrow} />
      </div>
    </nav>
  );
}

type AnyPlace = (typeof railPlaces)[number] | typeof settingsPlace;

interface PlaceProps {
  readonly name: AnyPlace['name'];
  readonly address: AnyPlace['address'];
  readonly icon: AnyPlace['icon'];
  readonly isHere: boolean;
  readonly isNarrow: boolean;
}

function Place({ name, address, icon, isHere, isNarrow }: PlaceProps) {
  const { t } = useTranslation('frame');
  const title = t(`screens.${name}`);
  return (
    <Tooltip label={title} position="right" disabled={!isNarrow}>
      <Link
        to={address}
        className={classes.place}
        aria-label={title}
        aria-current={isHere ? 'page' : undefined}
      >
        <Icon name={icon} />
        <span className={classes.label}>{title}</span>
      </Link>
    </Tooltip>
  );
}

/** The product's mark: a bird's wing over three outcomes. */
function Mark() {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" focusable="false" aria-hidden>
      <path
        d="M2 12.5C6 12 9 9.5 10 4c1 5.5 4 8 8 8.5-4 .2-6.7 1.3-8 4-1.3-2.7-4-3.8-8-4z"
        fill="var(--ax-accent-fill)"
      />
    </svg>
  );
}
