/**
 * Proof that the linter fires: the project's own configuration is asked which rules hold for a file, and those
 * rules are run on a line that breaks them.
 */
import { ESLint, Linter } from 'eslint';
import { resolve } from 'node:path';
import ts from 'typescript-eslint';
import { describe, expect, test } from 'vitest';
import { layersRule } from './layers.js';

const eslint = new ESLint();
const RULES = ['overtrick/layers', 'no-restricted-globals', 'no-restricted-properties'];

/** Names of the rules under test that the line breaks when it stands in the file. */
async function broken(file: string, line: string): Promise<string[]> {
	const path = resolve(file);
	const config = (await eslint.calculateConfigForFile(path)) as { rules: Linter.RulesRecord };
	const rules = Object.fromEntries(
		RULES.flatMap((name) => (config.rules[name] === undefined ? [] : [[name, config.rules[name]]])),
	);
	const messages = new Linter({ cwd: resolve('.') }).verify(
		line,
		[
			{
				files: ['**/*.ts'],
				languageOptions: { parser: ts.parser },
				plugins: { overtrick: { rules: { layers: layersRule } } },
				rules,
			},
		],
		path,
	);
	return messages.map((message) => message.ruleId ?? message.message);
}

describe('the direction of imports', () => {
	test.each([
		['src/lib/cards/deck.ts', "import { x } from '../game/game.ts';"],
		['src/lib/game/game.ts', "import type { X } from '../games/el-dorado/types.ts';"],
		['src/lib/game/game.ts', "import type { X } from '$lib/room/table-client.ts';"],
		['src/lib/games/el-dorado/play.ts', "import * as yjs from 'yjs';"],
		['src/lib/games/el-dorado/play.ts', "import { z } from 'zod';"],
		['src/lib/bots/club.ts', "export { x } from '../room/host.ts';"],
		['src/lib/stats/summary.ts', "const x = await import('../store/store.ts');"],
		['src/lib/room/host.ts', "import { Links } from '../transport/links.ts';"],
		['src/lib/room/host.ts', "import { store } from '../store/dexie.ts';"],
		['src/lib/room/host.ts', "import { tick } from 'svelte';"],
		['src/lib/transport/links.ts', "import { x } from '../room/host.ts';"],
		['src/lib/transport/links.ts', "import { x } from '../game/game.ts';"],
		['src/lib/store/dexie.ts', "import { x } from '../ui/theme.ts';"],
		['src/lib/ui/card/card.ts', "import { x } from '../../../routes/layout.ts';"],
		['src/lib/room/host.test.ts', "import { x } from '../ui/theme.ts';"],
	])('in %s refuses %s', async (file, line) => {
		expect(await broken(file, line)).toEqual(['overtrick/layers']);
	});

	test.each([
		[
			'src/lib/games/el-dorado/play.ts',
			"import { x } from '../../cards/card.ts'; import { y } from '../trick-play/follow.ts';",
		],
		['src/lib/games/el-dorado/parse.ts', "import * as z from 'zod/mini';"],
		['src/lib/room/host.ts', "import type { Link } from '../transport/transport.ts';"],
		['src/lib/transport/links.ts', "import type { Clock } from '../room/clock.ts';"],
		['src/lib/ui/card/card.ts', "import { x } from '$lib/room/table-client.ts';"],
		[
			'src/lib/game/game.test.ts',
			"import { x } from '../games/el-dorado/index.ts'; import fc from 'fast-check';",
		],
	])('in %s allows %s', async (file, line) => {
		expect(await broken(file, line)).toEqual([]);
	});
});

describe('purity below the room', () => {
	test.each([
		['src/lib/cards/deck.ts', 'export const x = Math.random();', 'no-restricted-properties'],
		['src/lib/game/log.ts', 'export const x = new Date(0);', 'no-restricted-globals'],
		['src/lib/games/el-dorado/play.ts', 'export const x = document.title;', 'no-restricted-globals'],
		['src/lib/games/el-dorado/play.ts', 'export const x = process.env.X;', 'no-restricted-globals'],
		['src/lib/bots/club.ts', 'setTimeout(() => 0, 1);', 'no-restricted-globals'],
		['src/lib/room/host.ts', 'export const x = Date.now();', 'no-restricted-properties'],
		['src/lib/transport/links.ts', 'export const x = Math.random();', 'no-restricted-properties'],
	])('in %s refuses %s', async (file, line, rule) => {
		expect(await broken(file, line)).toContain(rule);
	});

	test('leaves the language itself alone', async () => {
		const line = 'export const x = new Map([[1, new Uint8Array(Math.max(1, 2))]]);';
		expect(await broken('src/lib/game/log.ts', line)).toEqual([]);
	});
});
