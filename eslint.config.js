/**
 * What the linter holds: strict types everywhere, the direction of imports (tests/lint/layers.js), and below the
 * room nothing that could make two peers fold one log differently: no clock, no chance, no DOM, no Node.
 */
import svelte from 'eslint-plugin-svelte';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import { resolve } from 'node:path';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';
import { layersRule } from './tests/lint/layers.js';

/** Layers whose functions must give the same answer everywhere, for ever. */
const PURE = ['cards', 'game', 'games', 'bots', 'stats'].map((layer) => `src/lib/${layer}/**/*.ts`);
/** Time and chance come to these through ports, so that a simulated table can own both. */
const PORTED = ['src/lib/room/**/*.ts', 'src/lib/transport/**/*.ts'];
const TESTS = ['**/*.test.ts', '**/*.spec.ts', '**/*.bench.ts', 'tests/**/*.ts', '**/acceptance.ts'];

const CLOCK_AND_CHANCE = [
	{ object: 'Math', property: 'random', message: 'Chance comes in as a seed or through Entropy.' },
	{ object: 'Date', property: 'now', message: 'Time comes in as a value or through Clock.' },
	{ object: 'performance', property: 'now', message: 'Time comes in as a value or through Clock.' },
];
/** Names that both the language and a browser or Node know; the language's own stay. */
const LANGUAGE = new Set(Object.keys(globals.es2025));
const OUTSIDE_WORLD = [
	'Date',
	...new Set([
		...Object.keys(globals.browser),
		...Object.keys(globals.nodeBuiltin),
		...Object.keys(globals.worker),
	]),
].filter((name) => name === 'Date' || !LANGUAGE.has(name));
/** Plain data tools of every platform, with one meaning everywhere. */
const HARMLESS = new Set([
	'TextEncoder',
	'TextDecoder',
	'structuredClone',
	'console',
	'name',
	'length',
	'event',
]);

/** `x as unknown as Y` silences every check there is. */
const DOUBLE_CAST = {
	selector: 'TSAsExpression > TSAsExpression[typeAnnotation.type="TSUnknownKeyword"]',
	message: 'A double cast hides a wrong type: parse it, or fix the type.',
};

export default defineConfig(
	{
		ignores: [
			'build*/',
			'.svelte-kit/',
			'node_modules/',
			'coverage/',
			'static/',
			'test-results/',
			'playwright-report/',
			'.supabase/',
		],
	},
	{ linterOptions: { reportUnusedDisableDirectives: 'error' } },
	...ts.configs.strictTypeChecked,
	...svelte.configs.recommended,
	{
		languageOptions: {
			parserOptions: {
				projectService: { allowDefaultProject: ['vitest.config.ts', 'playwright.config.ts'] },
				tsconfigRootDir: import.meta.dirname,
				// The same for every file: a difference would make the type checker start over at each.
				extraFileExtensions: ['.svelte'],
			},
		},
		plugins: { overtrick: { rules: { layers: layersRule } } },
		rules: {
			'overtrick/layers': ['error', { root: resolve(import.meta.dirname, 'src') }],
			// `== null` asks for both kinds of nothing, and says so to everybody.
			eqeqeq: ['error', 'always', { null: 'ignore' }],
			'no-empty': ['error', { allowEmptyCatch: false }],
			// A warning to whoever looks is not a forgotten line of debugging.
			'no-console': ['error', { allow: ['warn', 'error'] }],
			'object-shorthand': 'error',
			'prefer-const': 'error',
			'no-restricted-syntax': ['error', DOUBLE_CAST],
			// A `default` is a decision here: it ends in assertNever, or hands what it does not know on.
			'@typescript-eslint/switch-exhaustiveness-check': [
				'error',
				{ considerDefaultExhaustiveForUnions: true },
			],
			'@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
			'@typescript-eslint/no-non-null-assertion': 'error',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			// Numbers read well in messages; objects and undefined stay forbidden.
			'@typescript-eslint/restrict-template-expressions': [
				'error',
				{ allowNumber: true, allowBoolean: true },
			],
			'@typescript-eslint/no-confusing-void-expression': [
				'error',
				{ ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
			],
			// A name's length is counted in code points here, which is what spreading gives.
			'@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
			'@typescript-eslint/no-meaningless-void-operator': 'off',
			// Generic messages are any object: what fills the parameter is checked where it is filled.
			'@typescript-eslint/no-generated-empty-object-type': 'off',
			// An async method that satisfies a port need not wait for anything.
			'@typescript-eslint/require-await': 'off',
			// Bytes arrive as any type they like: a check that the types call needless may be the border itself.
			'@typescript-eslint/no-unnecessary-condition': 'off',
		},
	},
	{
		files: PURE,
		ignores: TESTS,
		rules: {
			'no-restricted-globals': [
				'error',
				...OUTSIDE_WORLD.filter((name) => !HARMLESS.has(name)).map((name) => ({
					name,
					message: 'The rules of a game know no browser, no clock and no Node (docs/architecture.md).',
				})),
			],
			'no-restricted-properties': ['error', ...CLOCK_AND_CHANCE],
			// A game is a record of plain functions: none of them has a `this` to lose.
			'@typescript-eslint/unbound-method': 'off',
		},
	},
	{
		// The worker shell and the runner that starts it are the two files of the bots that touch a browser.
		files: ['src/lib/bots/*worker*.ts', 'src/lib/bots/*runner*.ts'],
		rules: { 'no-restricted-globals': 'off' },
	},
	{
		// Hot loops over tables whose index is in range by construction.
		files: ['src/lib/bots/**/*.ts'],
		rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
	},
	{
		files: PORTED,
		ignores: TESTS,
		rules: { 'no-restricted-properties': ['error', ...CLOCK_AND_CHANCE] },
	},
	{
		// The one place of each that may look at the real thing.
		files: ['src/lib/room/clock.ts', 'src/lib/room/entropy.ts'],
		rules: { 'no-restricted-properties': 'off' },
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts', '**/*.svelte.js'],
		languageOptions: {
			globals: { ...globals.browser },
			parserOptions: { parser: ts.parser, svelteConfig },
		},
		rules: {
			// A destructured `$props()` that is bound is assigned to by the parent, which the core rule cannot see.
			'prefer-const': 'off',
			'svelte/prefer-const': ['error', { excludedRunes: ['$props', '$bindable', '$derived'] }],
			// State is replaced whole here; a Map that is no state is only a Map.
			'svelte/prefer-svelte-reactivity': 'off',
			// svelte-check already types the markup with more knowledge than the linter has.
			'@typescript-eslint/no-unsafe-argument': 'off',
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-call': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
			'@typescript-eslint/no-unsafe-return': 'off',
		},
	},
	{
		// A test may cut a corner that is visible in it.
		files: TESTS,
		rules: {
			'no-restricted-syntax': 'off',
			'@typescript-eslint/no-non-null-assertion': 'off',
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
			'@typescript-eslint/no-unsafe-argument': 'off',
			'@typescript-eslint/unbound-method': 'off',
		},
	},
	{
		// What prints is a command line's business.
		files: ['src/serve/**/*.ts', 'tests/**/*.ts', 'src/**/*.bench.ts'],
		rules: { 'no-console': 'off' },
	},
	{
		files: ['**/*.js', 'src/service-worker.ts'],
		...ts.configs.disableTypeChecked,
	},
	{
		files: ['**/*.js'],
		languageOptions: { globals: { ...globals.nodeBuiltin } },
	},
);
