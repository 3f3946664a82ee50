import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../../renderer/', import.meta.url));
type Tree = { readonly [key: string]: string | Tree };

const tree = (namespace: string): Tree | undefined => {
  const path =
    namespace === 'engine' ? `${root}../resources/locales/en.json` : `${root}texts/en/${namespace}.json`;
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Tree;
  } catch {
    return undefined;
  }
};

function has(texts: Tree, key: string): boolean {
  if (Object.hasOwn(texts, key) || Object.hasOwn(texts, `${key}_other`)) return true;
  return key.split('.').some((_, at, parts) => {
    const below = texts[parts.slice(0, at + 1).join('.')];
    return typeof below === 'object' && has(below, parts.slice(at + 1).join('.'));
  });
}

const folders = ['frame', 'screens/settings', 'screens/runs', 'screens/run', 'screens/welcome'];
const sources = folders.flatMap((folder) =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => `${folder}/${path}`),
);

test.each(sources)('%s asks only for texts that there are', (path) => {
  const code = readFileSync(`${root}${path}`, 'utf8');
  const declared = [...code.matchAll(/useTranslation\(\[?'([\w-]+)'/g)].map(([, namespace]) => namespace!);
  const missing = [...code.matchAll(/\bt\('([\w:.-]+)'/g)]
    .map(([, key]) => key!)
    .filter((key) => {
      const [namespace, name] = key.includes(':') ? key.split(':') : [undefined, key];
      const texts = (namespace === undefined ? declared : [namespace]).map(tree);
      return !texts.some((one) => one === undefined || has(one, name!)) && texts.length > 0;
    });
  expect(missing).toEqual([]);
});
