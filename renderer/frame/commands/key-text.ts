const isMac = /mac/i.test(navigator.platform);

const named: Readonly<Record<string, string>> = {
  $mod: isMac ? '⌘' : 'Ctrl',
  Control: 'Ctrl',
  Alt: isMac ? '⌥' : 'Alt',
  Shift: isMac ? '⇧' : 'Shift',
  Comma: ',',
  Period: '.',
  Slash: '/',
  Backslash: '\\',
  Semicolon: ';',
  Quote: "'",
  Minus: '-',
  Equal: '=',
  BracketLeft: '[',
  BracketRight: ']',
  Backquote: '`',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
};

/** A shortcut as it stands on the keys: `$mod+KeyK` -> `Ctrl K`, `KeyG KeyT` -> `G then T` as two presses. */
export function keyPresses(shortcut: string): string[] {
  return shortcut.split(' ').map((press) =>
    press
      .split('+')
      .map((key) => named[key] ?? key.replace(/^(Key|Digit)/, ''))
      .join(isMac ? '' : ' '),
  );
}

const modifierCodes = /^(Control|Shift|Alt|Meta|OS)(Left|Right)?$/;

/** What was pressed, as a shortcut is written; undefined while only modifiers are down. */
export function pressOf(
  event: Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): string | undefined {
  if (event.code === '' || modifierCodes.test(event.code)) return undefined;
  const modifiers = [
    ...((isMac ? event.metaKey : event.ctrlKey) ? ['$mod'] : []),
    ...(event.altKey ? ['Alt'] : []),
    ...(event.shiftKey ? ['Shift'] : []),
  ];
  return [...modifiers, event.code].join('+');
}
