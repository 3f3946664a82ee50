/** Hands a file to the browser, which keeps it where downloads go. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has begun to read by the next turn; an address that is never given back would hold the memory.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 10_000);
}

/** Letters and digits of any language, joined by hyphens: a name that every file system takes. */
export function fileName(parts: readonly string[], ending: string): string {
  const stem = parts
    .join(' ')
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
    .toLowerCase()
    .slice(0, 100);
  return `${stem === '' ? 'auspex' : stem}.${ending}`;
}
