/**
 * A page of the engine's own writers, made fit for a frame inside the screens. Their content policy lets style elements in
 * by a nonce and no style attributes at all, and a frame inherits it; so each attribute becomes a rule of one style
 * element. The writers quote attributes doubly and escape quotes in every text, so a name that looks like an attribute is
 * never taken for one.
 */
export function previewPage(html: string, nonce: string): string {
  const names = new Map<string, string>();
  const bare = html
    // Links lead within the page or nowhere: the frame is closed to everything else.
    .replaceAll(/(<a\b[^>]*) href="(?!#)[^"]*"/g, '$1')
    .replaceAll(/ style="([^"]*)"/g, (_, style: string) => {
      const name = names.get(style) ?? String(names.size);
      names.set(style, name);
      return ` data-style="${name}"`;
    });
  // The attribute stands thrice, so that it goes before the page's own rules as a style attribute would.
  const rules = [...names].map(([style, name]) => `${`[data-style="${name}"]`.repeat(3)}{${plain(style)}}`);
  const marked = bare.replaceAll('<style>', `<style nonce="${nonce}">`);
  return marked.replace('</head>', () => `<style nonce="${nonce}">${rules.join('\n')}</style></head>`);
}

/** Style as it is meant: in an attribute its signs are escaped. No text of an attribute may end the element. */
const plain = (style: string): string =>
  style.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&').replaceAll('<', '');
