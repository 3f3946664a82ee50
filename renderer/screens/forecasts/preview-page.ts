/**
 * A published page made fit for a frame inside the screens. Their content policy lets style elements in by a nonce and no
 * style attributes at all, and a frame inherits it; so the attributes become rules of one style element. Nothing is run:
 * the page is parsed, not loaded.
 */
export function previewPage(html: string, nonce: string): string {
  const page = new DOMParser().parseFromString(html, 'text/html');
  for (const active of page.querySelectorAll('script, iframe, object, embed, base')) active.remove();
  const rules = new Map<string, string>();
  for (const element of page.querySelectorAll('[style]')) {
    const style = element.getAttribute('style') ?? '';
    let name = rules.get(style);
    if (name === undefined) rules.set(style, (name = `preview-${rules.size}`));
    element.removeAttribute('style');
    element.setAttribute('data-style', name);
  }
  const own = page.createElement('style');
  // The attribute stands thrice, so that it goes before the page's own rules as a style attribute would.
  own.textContent = [...rules]
    .map(([style, name]) => `${`[data-style="${name}"]`.repeat(3)}{${style}}`)
    .join('\n');
  page.head.append(own);
  for (const style of page.querySelectorAll('style')) style.setAttribute('nonce', nonce);
  // Links lead within the page or nowhere: the frame is closed to everything else.
  for (const link of page.querySelectorAll('a[href]:not([href^="#"])')) link.removeAttribute('href');
  return `<!doctype html>\n${page.documentElement.outerHTML}`;
}
