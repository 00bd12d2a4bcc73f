import { readdir, readFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findPhysicalSides } from './directions.ts';

const source = resolve(import.meta.dirname, '../../src');

/** What is drawn from left to right in every language: cards and their places around the table. */
const LEFT_TO_RIGHT = new Set([
	'lib/ui/cards/Card.svelte',
	'lib/ui/cards/Hand.svelte',
	'lib/ui/table/PlayScreen.svelte',
	'lib/ui/table/TrickArea.svelte',
	'lib/ui/table/el-dorado/TurnedUp.svelte',
	'lib/ui/table/israeli-whist/FrischFelt.svelte',
]);

describe('sides in styles', () => {
	it.each([
		'margin-left: 4px',
		'left: 0',
		'text-align: right',
		'border-top-left-radius: 2px',
		'padding: 0 8px 0 4px',
		'padding-inline: env(safe-area-inset-left) env(safe-area-inset-right)',
	])('finds %s', (css) => {
		expect(findPhysicalSides(`.a { color: red; ${css}; }`)).toEqual([css]);
	});

	it.each([
		'margin-inline-start: 4px',
		'text-align: start',
		'padding: 0 8px',
		'padding: 1px max(2px, 3px) 4px max(2px, 3px)',
		'padding: 0 env(safe-area-inset-right) 0 env(safe-area-inset-left)',
		'--left: 3px',
		'border-block-start: 1px solid',
	])('lets %s stand', (css) => {
		expect(findPhysicalSides(`.a { ${css}; }`)).toEqual([]);
	});

	it('are named only where cards lie left to right', async () => {
		const files = (await readdir(source, { recursive: true })).filter((name) =>
			/\.(svelte|css)$/u.test(name),
		);
		expect(files.length).toBeGreaterThan(40);
		const found = await Promise.all(
			files.map(async (name) => {
				const path = relative(source, join(source, name)).split(sep).join('/');
				if (LEFT_TO_RIGHT.has(path)) return [];
				const text = await readFile(join(source, name), 'utf8');
				const css = name.endsWith('.css') ? text : (/<style>([^]*)<\/style>/u.exec(text)?.[1] ?? '');
				return findPhysicalSides(css).map((declaration) => `${path}: ${declaration}`);
			}),
		);
		expect(found.flat()).toEqual([]);
	});
});
