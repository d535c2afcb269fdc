import js from '@eslint/js'
import tseslint from 'typescript-eslint'
import { realWorld, rooms } from './rooms.js'

/** Modules that reach the world outside, and names of others that draw random numbers. */
const worldModules = ['timers', 'timers/promises', 'perf_hooks', 'net', 'dgram', 'tls', 'http', 'https', 'http2']
const worldPattern = `^(node:)?(${worldModules.join('|')})$`
const randomNames = [
  'randomBytes',
  'randomUUID',
  'randomInt',
  'randomFill',
  'randomFillSync',
  'webcrypto',
  'getRandomValues',
]
const world = 'belongs in a real implementation of a port (see realWorld in .config/rooms.js)'

/** Restrictions on imports of a file `depth` folders below the `src` of a room. */
function importRules(allowed, depth, isReal) {
  const others = `^@smets2-sim/(?!(?:${allowed.join('|')})$)`
  // tests share their fixtures
  const outside = `^(\\.\\./){${depth + 1}}(?!.*\\.fixture\\.js$)`
  const message =
    allowed.length > 0 ? `this room may import ${allowed.join(', ')}, each by its name` : 'this room imports no other'
  const patterns = [
    { regex: others, message },
    { regex: outside, message: 'a relative import stays inside the src of its room' },
  ]
  const syntax = [
    ...patterns.map(({ regex, message }) => ({ selector: dynamicImport(regex), message })),
    ...(isReal ? [] : worldSyntax),
  ]
  return {
    'no-restricted-imports': ['error', { patterns: isReal ? patterns : [...patterns, ...worldImports] }],
    'no-restricted-syntax': ['error', ...syntax],
  }
}
/** Selector of `import('x')`, as an expression and as a type, which the rule on imports does not see. */
function dynamicImport(regex) {
  const pattern = `/${regex.replaceAll('/', '\\u002F')}/`
  return `:matches(ImportExpression[source.value=${pattern}], TSImportType[source.value=${pattern}])`
}

const worldImports = [
  { regex: worldPattern, message: world },
  { regex: '^(node:)?crypto$|^@noble/', importNames: randomNames, message: world },
]
const worldSyntax = [
  { selector: dynamicImport(worldPattern), message: world },
  {
    selector: 'MemberExpression[property.name=/^random(Bytes|UUID|Int|Fill|FillSync|SecretKey|PrivateKey)$/]',
    message: world,
  },
]

/** The largest number of folders below a `src`. */
const DEPTHS = [0, 1, 2, 3]
const house = (isReal) =>
  Object.entries(rooms).flatMap(([folder, allowed]) =>
    DEPTHS.map((depth) => ({
      files: [`${folder}/src/${'*/'.repeat(depth)}*.ts`],
      ...(isReal ? {} : { ignores: realWorld }),
      rules: importRules(allowed, depth, isReal),
    })),
  )

const worldGlobals = ['Date', 'performance', 'setTimeout', 'setInterval', 'setImmediate', 'crypto', 'Temporal']
const worldProperties = [
  { object: 'Math', property: 'random' },
  { object: 'process', property: 'hrtime' },
  { object: 'process', property: 'uptime' },
  ...worldGlobals.flatMap((property) => ['globalThis', 'global'].map((object) => ({ object, property }))),
]

/** Schemas and fields are generic over values that only their tables know: `any` is theirs. */
const anyRules = Object.fromEntries(
  [
    'no-explicit-any',
    'no-unsafe-assignment',
    'no-unsafe-argument',
    'no-unsafe-call',
    'no-unsafe-member-access',
    'no-unsafe-return',
  ].map((name) => [`@typescript-eslint/${name}`, 'off']),
)

export default tseslint.config(
  { ignores: ['**/dist/', '**/node_modules/', 'out/', 'coverage/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: new URL('..', import.meta.url).pathname },
    },
    rules: {
      ...anyRules,
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      eqeqeq: 'error',
      'no-console': 'error',
      'max-lines': ['error', 400],
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: { globals: { URL: 'readonly', process: 'readonly', console: 'readonly', Buffer: 'readonly' } },
  },
  { files: ['**/*.generated.ts'], rules: { 'max-lines': 'off' } },
  { files: ['**/*.test.ts', '**/*.fixture.ts'], rules: { 'no-console': 'off', 'max-lines': ['error', 600] } },
  ...house(true),
  ...house(false),
  {
    files: ['packages/*/src/**/*.ts', 'devices/*/src/**/*.ts'],
    ignores: realWorld,
    rules: {
      'no-restricted-globals': ['error', ...worldGlobals.map((name) => ({ name, message: world }))],
      'no-restricted-properties': ['error', ...worldProperties.map((row) => ({ ...row, message: world }))],
    },
  },
)
