import { create } from 'zustand';

/** What the notification centre keeps. */
export interface Notice {
  readonly id: number;
  readonly kind: 'success' | 'info' | 'warning' | 'error';
  readonly text: string;
  readonly instant: number;
  /** How often it came, the same text in a row. */
  readonly times: number;
  readonly isRead: boolean;
  /** Code, developer's sentence and detail, to be copied into a report. */
  readonly report?: string | undefined;
  /** An address within the product that shows more. */
  readonly address?: string | undefined;
}

const kept = 200;
let lastId = 0;

interface Notices {
  readonly items: readonly Notice[];
}

export const useNotices = create<Notices>(() => ({ items: [] }));

/** Keeps a notice and answers its id; the same text again only counts up. */
export function keepNotice(notice: Omit<Notice, 'id' | 'times' | 'isRead'>): number {
  const [newest, ...rest] = useNotices.getState().items;
  if (newest?.text === notice.text && newest.kind === notice.kind) {
    const again = { ...newest, ...notice, times: newest.times + 1, isRead: false };
    useNotices.setState({ items: [again, ...rest] });
    return newest.id;
  }
  lastId++;
  const item = { ...notice, id: lastId, times: 1, isRead: false };
  useNotices.setState(({ items }) => ({ items: [item, ...items].slice(0, kept) }));
  return lastId;
}

export function markNoticesRead(): void {
  useNotices.setState(({ items }) => ({ items: items.map((item) => ({ ...item, isRead: true })) }));
}

export function clearNotices(): void {
  useNotices.setState({ items: [] });
}
