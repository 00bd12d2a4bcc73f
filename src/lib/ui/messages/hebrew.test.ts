import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EL_DORADO_SECTIONS, ISRAELI_WHIST_SECTIONS } from '../rules/sections.ts';
import { Text } from './text.ts';

const ui = new URL('../', import.meta.url);
const modules = readdirSync(ui, { recursive: true, encoding: 'utf8' }).filter((name) =>
	name.endsWith('.en.ts'),
);
const parts = await Promise.all(
	modules.map(async (name) => {
		const exported = Object.values((await import(new URL(name, ui).href)) as object);
		const texts = exported.filter((value) => value instanceof Text);
		await Promise.all(texts.map((text) => text.load('he')));
		return texts.map((text) => [name, text] as const);
	}),
).then((found) => found.flat());

type Leaf = string | ((...parameters: unknown[]) => unknown);

/** Every text by its path; lists and objects by their keys. */
function leaves(words: unknown, path = ''): Map<string, Leaf> {
	if (typeof words === 'string' || typeof words === 'function') return new Map([[path, words as Leaf]]);
	return new Map(
		Object.entries(words as object).flatMap(([key, value]) => [
			...leaves(value, path === '' ? key : `${path}.${key}`),
		]),
	);
}

/** Names that are written in Latin letters in any language. */
const STAYS = /Overtrick|ABCDEF|\bQR\b|\bEnter\b|Chrome|Firefox|Safari|Oh Hell|\b[ILO]\b/gu;
const LATIN = /[A-Za-z]/u;
const HEBREW = /[\u05d0-\u05ea]/u;
/** In no sentence by accident, and without a letter. */
const NAME = '@9';

/** What a parameter may be, of which only the name is known here; without letters, but for what is looked up by one. */
const CANDIDATES: readonly unknown[] = [7, 0, NAME, [NAME, '@8'], true, null];
const BY_NAME: Readonly<Record<string, readonly unknown[]>> = {
	name: [NAME],
	names: [[NAME, '@8'], [NAME]],
	suit: ['C', 'D', 'H', 'S'],
	strain: ['clubs', 'diamonds', 'hearts', 'spades', 'no_trump'],
	way: ['left', 'across', 'right'],
	type: ['over', 'under'],
	rank: ['2', 'T', 'J', 'Q', 'K', 'A'],
};

function parametersOf(text: (...parameters: unknown[]) => unknown): readonly string[] {
	return (/^\(?([^()=]*)\)?\s*=>/u.exec(text.toString())?.[1] ?? '').split(',').map((name) => name.trim());
}

/** All ways to call an English text that give a sentence. */
function sentences(text: (...parameters: unknown[]) => unknown): readonly (readonly unknown[])[] {
	const names = parametersOf(text);
	let ways: readonly (readonly unknown[])[] = [[]];
	for (let i = 0; i < text.length; i++) {
		const choices = BY_NAME[names[i] ?? ''] ?? CANDIDATES;
		ways = ways.flatMap((way) => choices.map((choice) => [...way, choice]));
	}
	return ways.filter((way) => {
		try {
			return isSound(text(...way));
		} catch {
			// Not what this text is given.
			return false;
		}
	});
}

function isSound(said: unknown): said is string {
	return typeof said === 'string' && !/undefined|NaN|null|true|\[object|#/u.test(said);
}

describe.each(parts)('the Hebrew of %s', (_name, text) => {
	const english = leaves(text.english);
	const hebrew = leaves(text.in('he'));

	it('has the same lines, each of the same kind', () => {
		expect([...hebrew.keys()]).toEqual([...english.keys()]);
		for (const [path, line] of english) {
			expect(typeof hebrew.get(path), path).toBe(typeof line);
			expect(hebrew.get(path), path).not.toBe('');
		}
	});

	it('is in Hebrew wherever the English has words, and in nothing else', () => {
		for (const [path, line] of english) {
			const other = hebrew.get(path);
			const pairs: (readonly [unknown, unknown])[] =
				typeof line === 'string'
					? [[line, other]]
					: sentences(line).map((way) => [line(...way), typeof other === 'function' ? other(...way) : other]);
			expect(pairs.length, `no way to call ${path}`).toBeGreaterThan(0);
			for (const [said, translated] of pairs) {
				expect(isSound(translated), `${path}: ${String(translated)}`).toBe(true);
				const words = String(said).replace(STAYS, '');
				if (LATIN.test(words)) expect(translated, path).toMatch(HEBREW);
				expect(String(translated).replace(STAYS, ''), path).not.toMatch(LATIN);
			}
		}
	});

	it('isolates the names it is given', () => {
		for (const [path, line] of english) {
			const other = hebrew.get(path);
			if (typeof line !== 'function' || typeof other !== 'function') continue;
			if (!parametersOf(line).some((name) => name === 'name' || name === 'names')) continue;
			for (const way of sentences(line).filter((parameters) => parameters.flat().includes(NAME))) {
				const said = String(other(...way));
				if (said.includes(NAME)) expect(said, path).toContain(`\u2068${NAME}\u2069`);
			}
		}
	});
});

describe.each([
	['ElDorado', EL_DORADO_SECTIONS],
	['IsraeliWhist', ISRAELI_WHIST_SECTIONS],
] as const)('the rules of %s in Hebrew', (game, sections) => {
	const rules = (language: string) => readFileSync(new URL(`rules/${game}.${language}.svelte`, ui), 'utf8');
	const all = (text: string, pattern: RegExp) => Array.from(text.matchAll(pattern), ([, found]) => found);

	it('have the sections of the English ones, and the same cards as examples', () => {
		const ids = /<h2 id="(\w+)">/gu;
		expect(all(rules('he'), ids)).toEqual(sections);
		expect(all(rules('en'), ids)).toEqual(sections);
		const cards = /card: '([^']+)'/gu;
		expect(all(rules('he'), cards)).toEqual(all(rules('en'), cards));
		const numbers = /<td>(.*?)<\/td>/gu;
		expect(all(rules('he'), numbers)).toEqual(all(rules('en'), numbers));
	});
});
