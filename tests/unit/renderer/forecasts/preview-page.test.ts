import { expect, test } from 'vitest';
import { previewPage } from '../../../../renderer/screens/forecasts/preview-page.ts';

const page = (body: string): string =>
  `<!doctype html><html><head><style>p{color:red}</style></head><body>${body}</body></html>`;

test('style attributes become rules that are let in by the nonce and go before the page’s own', () => {
  const shown = previewPage(
    page('<p style="color:blue">a</p><p style="color:blue">b</p><p style="margin:0">c</p>'),
    'n1',
  );
  expect(shown).toContain('<style nonce="n1">p{color:red}</style>');
  expect(shown).toContain(
    '[data-style="0"][data-style="0"][data-style="0"]{color:blue}\n[data-style="1"][data-style="1"][data-style="1"]{margin:0}',
  );
  expect(shown).toContain('<p data-style="0">a</p><p data-style="0">b</p><p data-style="1">c</p>');
  expect(shown).not.toContain(' style="');
});

test('links lead within the page or nowhere', () => {
  const shown = previewPage(
    page('<a class="x" href="https://example.org/">out</a><a href="#failures">in</a>'),
    'n1',
  );
  expect(shown).toContain('<a class="x">out</a><a href="#failures">in</a>');
});

test('a name that looks like markup stays the text that the writer made of it', () => {
  const name = '&lt;b style=&quot;x&quot;&gt; $&amp; &lt;/head&gt;';
  expect(previewPage(page(`<bdi>${name}</bdi>`), 'n1')).toContain(`<bdi>${name}</bdi>`);
});
