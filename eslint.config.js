import { defineConfig, globalIgnores } from 'eslint/config';
import jsdoc from 'eslint-plugin-jsdoc';
import globals from 'globals';
import tseslint from 'typescript-eslint';

// Every boundary below is tried against code that breaks it in scripts/test/lint-rules.test.ts.

// What a package's sources may name of their platform.
const ecmascript = new Set(Object.keys(globals.es2022));
const everywhere = new Set(Object.keys(globals['shared-node-browser']));
const worker = new Set(Object.keys(globals.serviceworker));
const nodeNames = Object.keys({ ...globals.node, ...globals.nodeBuiltin, ...globals.commonjs });
const pageNames = Object.keys(globals.browser);
const workerNames = [...worker];

const platformNames = [...nodeNames, ...pageNames, ...workerNames].filter(
  (name) => !ecmascript.has(name),
);
const pageOnlyNames = pageNames.filter((name) => !worker.has(name) && !everywhere.has(name));
const nodeOnlyNames = nodeNames.filter((name) => !worker.has(name) && !everywhere.has(name));

/**
 * What the sources of one package may import, beside their own files, and which globals they may not
 * name. `globalThis` is always one: it is a way around the others.
 *
 * @param {string} name the package's folder
 * @param {string[]} imports patterns of the specifiers allowed
 * @param {string[]} forbiddenGlobals names
 * @param {string} [framework] whose types alone it may import: the application brings its own copy
 * @returns {import('eslint').Linter.Config}
 */
function boundary(name, imports, forbiddenGlobals, framework) {
  const frameworks = framework === undefined ? [] : [framework];
  const allowed = [...imports, ...frameworks, '\\.{1,2}/.*'].join('|');
  const message = `The sources of @cors/${name} import only their own files${imports.length > 0 ? ` and ${imports.join(', ')}` : ''}.`;
  return {
    files: [`packages/${name}/src/**/*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: `^(?!(?:${allowed})$)`, message },
            // A relative path that climbs out of src and down into another folder.
            { regex: '^(?:\\.\\.?/)+(?:[^/]+/)*(?:src|test|dist|scripts|node_modules)/', message },
          ],
        },
      ],
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: frameworks.map((regex) => ({
            regex: `^${regex}$`,
            allowTypeImports: true,
            message: `The application brings its own copy of ${regex}: import types only.`,
          })),
        },
      ],
      'no-restricted-syntax': [
        'error',
        // The rule above sees static imports only. A path computed at run time (a target's module)
        // is the user's own file; the pure packages have no use for one either.
        { selector: 'ImportExpression[source.type="Literal"]', message: 'Import it statically.' },
        { selector: 'TSImportType', message: 'Import it statically.' },
      ],
      'no-restricted-globals': [
        'error',
        {
          globals: [...new Set(['globalThis', ...forbiddenGlobals])].map((global) => ({
            name: global,
            message: `The sources of @cors/${name} do not depend on it.`,
          })),
        },
      ],
    },
  };
}

/**
 * @param {string[]} names
 * @param {...string} exceptions
 */
const except = (names, ...exceptions) => names.filter((name) => !exceptions.includes(name));

export default defineConfig(
  globalIgnores(['**/dist', '**/coverage', '**/.venv', '**/tsconfig.vitest-temp.json']),
  {
    files: ['**/*.{ts,js}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      // A number in a template reads as it is written; what the rule is for (objects, undefined) stays.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `() => response.end()` says all there is to say.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // A function generic in its result may have none: `exchange<void>(…)`.
      '@typescript-eslint/no-invalid-void-type': 'off',
      // `while (true)` around a scan is clearer than an invented condition.
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
    },
  },

  {
    // Every exported name says what it is for.
    files: ['packages/*/src/**/*.ts'],
    plugins: { jsdoc },
    rules: {
      'jsdoc/require-jsdoc': [
        'error',
        {
          publicOnly: true,
          require: { ClassDeclaration: true, FunctionDeclaration: true },
          contexts: [
            'ExportNamedDeclaration > VariableDeclaration',
            'TSInterfaceDeclaration',
            'TSTypeAliasDeclaration',
            'TSEnumDeclaration',
          ],
        },
      ],
    },
  },
  {
    files: ['packages/*/src/**/*.ts'],
    // Tables of data are as long as their data.
    ignores: ['packages/core/src/public-suffix-ancestors.ts'],
    rules: { 'max-lines': ['error', { max: 250, skipBlankLines: false, skipComments: false }] },
  },

  {
    // Types are names of the platform too: here only the language's own are defined.
    files: ['packages/{core,browser}/src/**/*.ts'],
    languageOptions: { globals: globals.es2022, parserOptions: { lib: ['es2022'] } },
    rules: { 'no-undef': 'error' },
  },
  {
    files: ['packages/browser/src/**/*.ts'],
    languageOptions: { globals: { URL: 'readonly', URLSearchParams: 'readonly' } },
  },
  boundary('core', ['tldts'], platformNames),
  boundary(
    'browser',
    ['tldts', 'whatwg-mimetype'],
    except(platformNames, 'URL', 'URLSearchParams'),
  ),
  boundary('node', ['@cors/core', 'node:.+'], pageOnlyNames),
  boundary('express', ['@cors/core', '@cors/node', 'node:.+'], pageOnlyNames, 'express'),
  boundary('koa', ['@cors/core', '@cors/node'], [...nodeNames, ...pageOnlyNames], 'koa'),
  boundary(
    'fastify',
    ['@cors/core', '@cors/node', 'fastify-plugin', 'find-my-way'],
    [...nodeNames, ...pageOnlyNames],
    'fastify',
  ),
  boundary('fetch', ['@cors/core', '@cors/node'], [...nodeOnlyNames, ...pageOnlyNames, 'self']),
  boundary(
    'hono',
    ['@cors/core', '@cors/fetch'],
    [...nodeOnlyNames, ...pageOnlyNames, 'self'],
    'hono',
  ),
  // What the command knows is for pages, too; only the command itself is a program of Node.js.
  {
    ...boundary(
      'cli',
      ['@cors/core', '@cors/browser', 'acorn'],
      except(platformNames, 'URL', 'URLSearchParams', 'TextEncoder', 'btoa'),
    ),
    files: ['packages/cli/src/*.ts'],
  },
  {
    ...boundary(
      'cli',
      ['@cors/core', '@cors/browser', 'commander', 'jiti', 'picocolors', 'node:.+'],
      pageOnlyNames,
    ),
    files: ['packages/cli/src/command/**/*.ts'],
  },
  // The one framework of which more than types is needed: replies are made by a function of its own.
  boundary('h3', ['@cors/core', '@cors/fetch', 'h3'], [...nodeOnlyNames, ...pageOnlyNames, 'self']),
  boundary('conformance', ['@cors/browser', 'commander', 'picocolors', 'node:.+'], pageOnlyNames),
  {
    // What the core asks of the platform: its URL parser, and a place that copies of it can share.
    files: ['packages/core/src/whatwg-url.ts', 'packages/core/src/shared-weak-map.ts'],
    rules: { 'no-restricted-globals': 'off' },
  },

  {
    files: ['**/test/**/*.ts', 'examples/**/*.ts'],
    rules: {
      // A handler is async because its type says so; a test knows what it has just put there.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      // People's functions throw what they like, and we are tested with all of it.
      '@typescript-eslint/only-throw-error': 'off',
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
      // A module of Nest is its decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
    },
  },
  {
    files: ['**/test/**/*.test-d.ts'],
    // The test's name says what the compiler must refuse.
    rules: { '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': false }] },
  },
);
