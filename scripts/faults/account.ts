/** What `npm run faults` tries: things that happen to a running program, and input that is broken or means harm. */
export const faultKinds = {
  'pipeline killed': 'fault',
  'publishing killed': 'fault',
  'log torn off': 'fault',
  'page of the database corrupted': 'fault',
  'disk full': 'fault',
  'read-only folder': 'fault',
  'clock jumps and summer time': 'fault',
  'source changes its layout': 'fault',
  'slow, half and refused answers': 'fault',
  'engine out of memory': 'fault',
  'two instances on one database': 'fault',
  'channel server misbehaves': 'fault',
  'tables, workbooks and other files': 'input',
  'settings, mappings and expressions': 'input',
  'models of a file': 'input',
  'backups and projects': 'input',
  'zip and XML bombs': 'input',
} as const;
export type FaultKind = keyof typeof faultKinds;

export interface FaultLine {
  readonly kind: FaultKind;
  readonly tried: number;
  readonly lost: number;
}

/** A line of the account's file: a fault begins, or has been survived. */
export const faultNote = (what: 'tried' | 'survived', kind: FaultKind): string => `${what}\t${kind}\n`;

/**
 * Sums up the notes that the tests made. What was begun and never survived is lost, also where a test ended in the middle.
 *
 * @throws Error if a line is no note
 */
export function readFaultAccount(notes: string): FaultLine[] {
  const tried = new Map<string, number>();
  const survived = new Map<string, number>();
  for (const line of notes.split('\n')) {
    if (line === '') continue;
    const [what, kind = ''] = line.split('\t');
    const counts = what === 'tried' ? tried : what === 'survived' ? survived : undefined;
    if (!counts || !(kind in faultKinds)) throw new Error(`"${line}" is no note of a fault.`);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return Object.keys(faultKinds).map((kind) => {
    const count = tried.get(kind) ?? 0;
    return { kind: kind as FaultKind, tried: count, lost: Math.max(0, count - (survived.get(kind) ?? 0)) };
  });
}

/** The account as it is printed, and whether every kind was tried and nothing was lost. */
export function faultReport(lines: readonly FaultLine[]): {
  readonly text: string;
  readonly isClean: boolean;
} {
  const row = (kind: string, ...numbers: readonly (number | string)[]) =>
    `${kind.padEnd(38)}${numbers.map((one) => one.toLocaleString('en').padStart(9)).join('')}`;
  const total = (of: 'fault' | 'input') =>
    lines.reduce((sum, { kind, tried }) => sum + (faultKinds[kind] === of ? tried : 0), 0);
  const lost = lines.reduce((sum, line) => sum + line.lost, 0);
  const missing = lines.filter(({ tried }) => tried === 0).map(({ kind }) => kind);
  return {
    text: [
      row('', 'tried', 'lost'),
      ...lines.map((line) => row(line.kind, line.tried, line.lost)),
      '',
      row('faults tried', total('fault')),
      row('bad inputs tried', total('input')),
      row('lost', lost),
      ...(missing.length === 0 ? [] : [`not tried at all: ${missing.join('; ')}`]),
    ].join('\n'),
    isClean: lost === 0 && missing.length === 0,
  };
}
