/**
 * The nonce that the content policy lets style elements in by. Whoever serves `index.html` puts it into
 * `<meta property="csp-nonce" nonce="…">`.
 */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}
