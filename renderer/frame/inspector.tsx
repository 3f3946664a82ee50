import { ActionIcon, CloseIcon } from '@mantine/core';
import { useEffect, useId } from 'react';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';

interface InspectorPlace {
  readonly place: HTMLElement | null;
  /** Inspectors that are shown; the frame makes room while there is one. */
  readonly open: readonly string[];
}

export const useInspectorPlace = create<InspectorPlace>(() => ({ place: null, open: [] }));

/** Shows its children in the panel on the right while it is mounted. */
export function Inspector(props: {
  readonly title: string;
  readonly children: ReactNode;
  /** With it, the panel has a closing button. */
  readonly onClose?: () => void;
}) {
  const { t } = useTranslation('frame');
  const id = useId();
  const place = useInspectorPlace((state) => state.place);
  useEffect(() => {
    useInspectorPlace.setState(({ open }) => ({ open: [...open, id] }));
    return () => {
      useInspectorPlace.setState(({ open }) => ({ open: open.filter((one) => one !== id) }));
    };
  }, [id]);
  if (place === null) return null;
  return createPortal(
    <section className="inspector-panel" aria-label={props.title}>
      <header className="inspector-head">
        <h2>{props.title}</h2>
        {props.onClose && (
          <ActionIcon onClick={props.onClose} aria-label={t('inspector.close')}>
            <CloseIcon size="16" />
          </ActionIcon>
        )}
      </header>
      <div className="inspector-body">{props.children}</div>
    </section>,
    place,
  );
}
