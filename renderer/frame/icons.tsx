/** Drawn on a grid of 16, with a stroke of 1.5; each says nothing by itself: a name always stands beside it. */
const paths = {
  today: 'M3 4.5h10v8.5H3z M3 7h10 M5.5 2.5v3 M10.5 2.5v3 M6 10l1.5 1.5L10.5 9',
  matches: 'M2.5 3.5h11v9h-11z M2.5 6.5h11 M2.5 9.5h11 M6.5 3.5v9',
  features: 'M3 13V9 M6.5 13V3 M10 13V6 M13.5 13v-2.5',
  models: 'M8 2.5l5 2.75v5.5L8 13.5l-5-2.75v-5.5z M3 5.25L8 8l5-2.75 M8 8v5.5',
  calibration: 'M2.5 13.5h11 M2.5 13.5v-11 M4.5 11.5l8-8 M6 7.5h.01 M9 8.5h.01 M11 4.5h.01',
  forecasts: 'M2.5 11.5l3.5-4 2.5 2.5 5-6 M10.5 4h3v3',
  results:
    'M4.5 2.5h7v3.5a3.5 3.5 0 0 1-7 0z M8 9.5v3 M5.5 13h5 M4.5 4H2.5c0 2 .8 3 2.2 3.2 M11.5 4h2c0 2-.8 3-2.2 3.2',
  monitoring: 'M1.8 8h3l1.7-4.5 3 9L11.2 8h3',
  data: 'M3 4c0-1 2.2-1.8 5-1.8s5 .8 5 1.8-2.2 1.8-5 1.8S3 5 3 4z M3 4v8c0 1 2.2 1.8 5 1.8s5-.8 5-1.8V4 M3 8c0 1 2.2 1.8 5 1.8s5-.8 5-1.8',
  runs: 'M5 3l8 5-8 5z',
  settings:
    'M8 5.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4z M8 2v1.8 M8 12.2V14 M2 8h1.8 M12.2 8H14 M3.8 3.8l1.2 1.2 M11 11l1.2 1.2 M3.8 12.2L5 11 M11 5l1.2-1.2',
  team: 'M8 2.2l5 1.8v3.6c0 3-2.1 5.1-5 6.2-2.9-1.1-5-3.2-5-6.2V4z',
  search: 'M7 2.8a4.2 4.2 0 1 0 0 8.4 4.2 4.2 0 0 0 0-8.4z M10.2 10.2l3.3 3.3',
  bell: 'M4 11V7.5a4 4 0 0 1 8 0V11l1 1H3z M6.8 13.8h2.4',
  close: 'M4 4l8 8 M12 4l-8 8',
  plus: 'M8 3v10 M3 8h10',
  chevron: 'M4 6l4 4 4-4',
  'chevron-right': 'M6 4l4 4-4 4',
  'chevron-left': 'M10 4L6 8l4 4',
  stop: 'M4 4h8v8H4z',
  resume: 'M3.5 8a4.5 4.5 0 1 0 1.4-3.2 M3.2 2.8v2.6h2.6',
  replay: 'M12.5 8a4.5 4.5 0 1 1-1.4-3.2 M12.8 2.8v2.6h-2.6',
  link: 'M7 9l2-2 M6.5 5.5l1.8-1.8a2.5 2.5 0 0 1 3.5 3.5L10 9 M9.5 10.5l-1.8 1.8a2.5 2.5 0 0 1-3.5-3.5L6 7',
  undo: 'M3 6.5h6.5a3.5 3.5 0 0 1 0 7H6 M5.5 3.5L2.8 6.5l2.7 3',
  check: 'M3 8.5l3.2 3.2L13 5',
  warning: 'M8 2.5l6 10.5H2z M8 6.5v3 M8 11.3h.01',
  panel: 'M2.5 3h11v10h-11z M6 3v10',
  bookmark: 'M4.5 2.5h7v11L8 10.8l-3.5 2.7z',
  help: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2z M6.2 6.3a1.8 1.8 0 1 1 2.6 1.6c-.6.3-.8.6-.8 1.2 M8 11.3h.01',
  more: 'M3.5 8h.01 M8 8h.01 M12.5 8h.01',
  download: 'M8 2.5v7.5 M4.8 7L8 10.2 11.2 7 M3 13.2h10',
  upload: 'M8 10.5V3 M4.8 6L8 2.8 11.2 6 M3 13.2h10',
  mask: 'M2 8s2.2-4 6-4 6 4 6 4-2.2 4-6 4-6-4-6-4z M3 13L13 3',
  offline: 'M2 2l12 12 M3 7a7 7 0 0 1 3-1.7 M8.5 5a7 7 0 0 1 4.5 2 M5 9.5a4 4 0 0 1 2-1.1 M8 12.5h.01',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}
