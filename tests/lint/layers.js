/**
 * The lint rule that keeps the arrows of the architecture pointing one way. A folder of src/lib (or a top folder
 * of src) is a layer; the table says which others it may reach, and which packages. It reads static imports,
 * re-exports, dynamic imports and `import('...')` types, resolves them as paths, and says what was crossed.
 *
 * A test beside a file may reach what it needs, but no page and no screen.
 */
import { dirname, relative, resolve, sep } from 'node:path';

/**
 * @typedef {object} Layer
 * @property {readonly string[]} layers other layers it may import
 * @property {readonly string[]} [files] single files of other layers: ports, which name no implementation
 * @property {readonly string[] | 'any'} packages packages it may import (`name` allows `name/sub` too)
 */

/** The port that the room is given; importing it imports no implementation. */
const TRANSPORT_PORT = 'transport/transport.ts';
const NOBLE = ['@noble/hashes', '@noble/ciphers', '@noble/curves'];

/** @type {Readonly<Record<string, Layer>>} */
const LAYERS = {
	cards: { layers: [], packages: [] },
	// The log is parsed where it enters, and hashed: both give the same answer everywhere.
	game: { layers: ['cards'], packages: ['zod/mini', '@noble/hashes'] },
	games: { layers: ['cards', 'game'], packages: ['zod/mini'] },
	bots: { layers: ['cards', 'game', 'games'], packages: [] },
	stats: { layers: ['cards', 'game', 'games'], packages: ['zod/mini'] },
	room: {
		layers: ['cards', 'game', 'games', 'bots', 'stats'],
		files: [TRANSPORT_PORT],
		packages: ['zod/mini', 'yjs', 'y-protocols', 'lib0', 'shamir-secret-sharing', ...NOBLE],
	},
	transport: {
		layers: ['cards'],
		files: ['room/clock.ts'],
		packages: ['zod/mini', 'yjs', 'y-webrtc', 'y-protocols', 'lib0', ...NOBLE],
	},
	store: { layers: ['cards', 'game', 'games', 'room', 'stats'], packages: ['zod/mini', 'dexie'] },
	archive: {
		layers: ['cards', 'game', 'games', 'room', 'stats', 'store'],
		packages: ['zod/mini', '@supabase/supabase-js'],
	},
	ui: {
		layers: ['cards', 'game', 'games', 'bots', 'stats', 'room', 'transport', 'store', 'archive'],
		packages: 'any',
	},
	routes: {
		layers: ['cards', 'game', 'games', 'bots', 'stats', 'room', 'transport', 'store', 'archive', 'ui'],
		packages: 'any',
	},
	serve: { layers: [], packages: ['ws', 'uqr', 'vite', 'zod', 'node'] },
};

/**
 * The layer a file stands in, or null for one that stands in none (the service worker, configuration).
 * @param {string} path absolute
 * @param {string} root absolute path of `src`
 */
function layerOf(path, root) {
	const parts = relative(root, path).split(sep);
	const name = parts[0] === 'lib' ? parts[1] : parts[0];
	return name !== undefined && Object.hasOwn(LAYERS, name) ? name : null;
}

/**
 * @param {string} source as written in the import
 * @param {string} file absolute path of the importing file
 * @param {string} root absolute path of `src`
 */
function resolveInside(source, file, root) {
	if (source.startsWith('.')) return resolve(dirname(file), source);
	if (source === '$lib' || source.startsWith('$lib/')) return resolve(root, `lib${source.slice(4)}`);
	return null;
}

/** @type {import('eslint').Rule.RuleModule} */
export const layersRule = {
	meta: {
		type: 'problem',
		schema: [{ type: 'object', properties: { root: { type: 'string' } }, additionalProperties: false }],
		messages: {
			direction: '`{{from}}` may not import from `{{to}}`: arrows point one way (docs/architecture.md).',
			outside:
				'`{{from}}` may not import `{{source}}`: it has no use for that package (tests/lint/layers.js).',
		},
	},
	create(context) {
		const root = String(context.options[0]?.root ?? resolve('src'));
		const file = context.filename;
		const from = layerOf(file, root);
		if (from === null) return {};
		const layer = LAYERS[from];
		if (layer === undefined) return {};
		const isTest = /(\.(test|spec)|\bacceptance)\.ts$/.test(file);

		/**
		 * @param {import('eslint').Rule.Node} node where to report
		 * @param {unknown} source
		 */
		const check = (node, source) => {
			if (typeof source !== 'string') return;
			const target = resolveInside(source, file, root);
			if (target === null) {
				if (layer.packages === 'any' || isTest) return;
				const known = layer.packages.some(
					(name) => source === name || source.startsWith(`${name}/`) || source.startsWith(`${name}:`),
				);
				if (!known) context.report({ node, messageId: 'outside', data: { from, source } });
				return;
			}
			const to = layerOf(target, root);
			if (to === null || to === from || layer.layers.includes(to)) return;
			if (isTest && to !== 'ui' && to !== 'routes') return;
			const within = relative(resolve(root, 'lib'), target).split(sep).join('/');
			if (layer.files?.includes(within) === true) return;
			context.report({ node, messageId: 'direction', data: { from, to } });
		};

		return {
			ImportDeclaration: (node) => check(node, node.source.value),
			ExportNamedDeclaration: (node) => check(node, node.source?.value),
			ExportAllDeclaration: (node) => check(node, node.source.value),
			ImportExpression: (node) => check(node, node.source.type === 'Literal' ? node.source.value : null),
			/** @param {any} node a type such as `import('../room/x.ts').Y`, which the ESTree types do not know */
			TSImportType: (node) => check(node, node.source?.value ?? node.argument?.literal?.value),
		};
	},
};
