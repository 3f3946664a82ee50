import { Popover } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './info-tip.module.css';

export interface InfoTipProps {
  /** What is explained; read out with the button. */
  readonly about: string;
  readonly children: ReactNode;
}

/** "What is this?": a definition in plain words, on hover, on focus by key press, and kept open by a click. */
export function InfoTip({ about, children }: InfoTipProps) {
  const { t } = useTranslation('components');
  const [hovered, hover] = useDisclosure(false);
  const [pinned, setPinned] = useState(false);
  return (
    <Popover
      opened={hovered || pinned}
      onChange={(opened) => {
        if (!opened) setPinned(false);
      }}
      onDismiss={() => {
        setPinned(false);
      }}
      width={320}
      position="top"
      withArrow
      shadow="sm"
      closeOnEscape
      trapFocus={false}
    >
      <Popover.Target>
        <button
          type="button"
          className={classes.button}
          aria-label={t('info.about', { about })}
          onMouseEnter={hover.open}
          onMouseLeave={hover.close}
          onClick={() => {
            setPinned(!pinned);
          }}
          onBlur={() => {
            setPinned(false);
          }}
        >
          <span className={classes.mark} aria-hidden>
            ?
          </span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={classes.text}>{children}</div>
      </Popover.Dropdown>
    </Popover>
  );
}
