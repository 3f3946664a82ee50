import eslint from '@eslint/js';
import boundaries from 'eslint-plugin-boundaries';
import hooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { layers, restrictedLibraries } from './config/layers.js';

const sources = ['{electron,engine,db,scripts,tests}/**/*.ts', 'renderer/**/*.{ts,tsx}'];

/** One policy per layer and kind of import, from the one list of layers. */
const layerPolicies = layers.flatMap(({ name, may }) => {
  const from = { element: { types: name } };
  const allowed = (/** @type {string} */ permission) =>
    Object.keys(may).filter((layer) => may[layer] === permission);
  const policies = [{ from, allow: { to: { element: { types: allowed('yes') } } } }];
  if (allowed('types').length > 0) {
    policies.push({
      from,
      allow: { to: { element: { types: allowed('types') } }, dependency: { kind: 'type' } },
    });
  }
  return policies;
});

const libraryPolicies = [
  { allow: { to: { module: { origin: ['external', 'core'] } } } },
  ...restrictedLibraries.map(({ library, layers: importers }) => ({
    from: { element: { types: layers.map(({ name }) => name).filter((name) => !importers.includes(name)) } },
    disallow: { dependency: { source: [library, `${library}/**`] } },
    message: `Only ${importers[0]} imports ${library}: one place for what it stands for.`,
  })),
];

/** @param {number} parameterLimit How many parameters an exported function may have. */
function syntaxRules(parameterLimit) {
  return [
    {
      selector: 'ExportDefaultDeclaration',
      message: 'Export by name: one name for a thing, wherever it is used.',
    },
    {
      selector: `ExportNamedDeclaration > FunctionDeclaration[params.length>${parameterLimit}]`,
      message: 'At most three parameters, then one options object: a call must read by itself.',
    },
    {
      selector: 'TSEnumDeclaration',
      message: 'Types are erased, not compiled: use a union of literals.',
    },
  ];
}

export default defineConfig(
  { ignores: ['dist/', 'out/', 'coverage/'] },
  eslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strict, tseslint.configs.stylistic],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // Loops over typed arrays index within bounds that they set themselves; a check per element would cost the time.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-confusing-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      // A `type` can stand where JSON is asked for, an `interface` cannot; both are right in their place.
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-for-of': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      // `(…) => 'stop' | void` says in one word what a callback may answer.
      '@typescript-eslint/no-invalid-void-type': 'off',
    },
  },
  {
    files: sources,
    plugins: { boundaries },
    settings: {
      'boundaries/elements': layers.map(({ name, folder }) => ({
        type: name,
        pattern: folder,
        partialMatch: false,
      })),
      'boundaries/legacy-warnings': false,
      // Read for the version, by whoever shows it.
      'boundaries/ignore': ['package.json'],
      'import/resolver': { node: { extensions: ['.ts', '.tsx', '.js', '.json'] } },
    },
    rules: {
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          checkAllOrigins: true,
          message:
            '{{from.element.types.[0]}} may not import {{to.element.types.[0]}}{{to.module.source}}: see the table in docs/ARCHITECTURE.md.',
          policies: [...layerPolicies, ...libraryPolicies],
        },
      ],
      'boundaries/no-unknown-files': 'error',
      'boundaries/no-unknown-dependencies': 'error',
    },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    extends: [hooks.configs.flat['recommended-latest']],
    // Speaks of what React's compiler leaves out; there is none in this build.
    rules: { 'react-hooks/incompatible-library': 'off' },
  },
  { files: sources, rules: { 'no-restricted-syntax': ['error', ...syntaxRules(3)] } },
  {
    // An offset or a length beside the arrays of an inner loop: an object per call would cost the time.
    files: ['engine/kernel/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...syntaxRules(4)] },
  },
  {
    files: ['engine/workers/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['**/db/client.ts'],
              importNames: ['openWriter'],
              message: 'A worker may be killed at any moment, so it only reads: openReader.',
            },
          ],
        },
      ],
    },
  },
  {
    // Published constants are typed as they were published, even where a double holds fewer digits.
    files: ['engine/kernel/**/*.ts', 'tests/unit/kernel/**/*.ts'],
    rules: { 'no-loss-of-precision': 'off' },
  },
  {
    files: ['{engine,db,electron}/**/*.ts', 'renderer/**/*.{ts,tsx}'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        Buffer: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
      },
    },
  },
);
