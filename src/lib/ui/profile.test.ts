import { describe, expect, it } from 'vitest';
import { MAX_NAME_LENGTH } from '../game/table-types.ts';
import { madeUpFace, madeUpName, parseFace, tidyName } from './faces.ts';
import { LANGUAGE_CODES } from './messages/text.ts';
import { namesText, ownNames } from './names.en.ts';
import { DEFAULT_SETTINGS, parseSettings } from './settings.svelte.ts';
import { readStored, writeStored, type KeyValue } from './stored.ts';

function memory(entries: Record<string, string> = {}): KeyValue {
	const map = new Map(Object.entries(entries));
	return { getItem: (key) => map.get(key) ?? null, setItem: (key, value) => void map.set(key, value) };
}

describe('a made-up face', () => {
	it('is one that its own parser accepts, at both ends of the random source, in every language', async () => {
		for (const language of LANGUAGE_CODES) {
			await namesText.load(language);
			for (const random of [() => 0, () => 0.5, () => 1 - Number.EPSILON]) {
				const face = madeUpFace(random, namesText.in(language) ?? namesText.english);
				expect(parseFace(face)).toEqual(face);
				expect(face.name).toMatch(language === 'he' ? /^[\u0590-\u05ff ]+$/u : /^[A-Z][a-z]+ [A-Z][a-z]+$/u);
			}
		}
	});

	it('has the words of English where no other is asked for', () => {
		expect(madeUpName(() => 0, ownNames())).toBe('Quiet Heron');
	});
});

describe('a name', () => {
	it('is one line, trimmed and no longer than the table allows', () => {
		expect(tidyName('  Noa \n  Levi ')).toBe('Noa Levi');
		expect(tidyName('x'.repeat(99))).toHaveLength(MAX_NAME_LENGTH);
	});
	it('never ends in half a character', () => {
		expect(tidyName(`${'x'.repeat(MAX_NAME_LENGTH - 1)}\u{1F98A}`)).toBe('x'.repeat(MAX_NAME_LENGTH - 1));
	});
	it('with nothing in it is none', () => {
		expect(tidyName(' \t ')).toBeNull();
	});
});

describe('a stored face', () => {
	it.each([
		null,
		7,
		[],
		{},
		{ name: '', color: 0, avatar: 0 },
		{ name: 'A', color: 10, avatar: 0 },
		{ name: 'A', color: 0.5, avatar: 0 },
		{ name: 'A', color: 0, avatar: 2 ** 32 },
	])('that is not one is refused: %j', (input) => {
		expect(parseFace(input)).toBeNull();
	});
});

describe('settings', () => {
	it('fall back to the default one by one', () => {
		expect(parseSettings({ theme: 'dark', fourColours: 'no', handOrder: 'heap', sounds: false })).toEqual({
			...DEFAULT_SETTINGS,
			theme: 'dark',
			sounds: false,
		});
		expect(parseSettings('rubbish')).toEqual(DEFAULT_SETTINGS);
	});
});

describe('storage', () => {
	it('gives back what was written, and null for what is not JSON', () => {
		const storage = memory({ broken: '{"a":' });
		expect(writeStored(storage, 'a', { b: 1 })).toBe(true);
		expect(readStored(storage, 'a')).toEqual({ b: 1 });
		expect(readStored(storage, 'broken')).toBeNull();
	});
	it('that is full or missing is not an error', () => {
		const full: KeyValue = {
			getItem: () => null,
			setItem: () => {
				throw new DOMException('full', 'QuotaExceededError');
			},
		};
		expect(writeStored(full, 'a', 1)).toBe(false);
		expect(writeStored(null, 'a', 1)).toBe(false);
		expect(readStored(null, 'a')).toBeNull();
	});
});
