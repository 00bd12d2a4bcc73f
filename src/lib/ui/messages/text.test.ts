import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { defineText, languageFor, LANGUAGES, readyIn } from './text.ts';

/** What browsers ask for, most wanted first. */
const PREFERENCES: readonly (readonly string[])[] = [
	['he-IL', 'he', 'en-US', 'en'],
	['iw'],
	['HE'],
	['en-GB', 'he'],
	['fr-FR', 'he', 'en'],
	['fr', 'en-US', 'he'],
	['de'],
	['hero', 'energy'],
	[],
];

describe('the language of a page', () => {
	it('is the first of the browser’s languages that the app is written in', () => {
		expect(PREFERENCES.map((tags) => languageFor('system', tags))).toEqual([
			'he',
			'he',
			'he',
			'en',
			'he',
			'en',
			'en',
			'en',
			'en',
		]);
	});

	it('is the chosen one, whatever the browser asks for', () => {
		expect(languageFor('en', ['he'])).toBe('en');
		expect(languageFor('he', ['en'])).toBe('he');
	});

	it('is the same before the first paint, by the script in app.html', () => {
		const page = readFileSync(new URL('../../../app.html', import.meta.url), 'utf8');
		const script = /<script>([^]*?)<\/script>/u.exec(page)?.[1] ?? '';
		for (const choice of [undefined, 'system', 'en', 'he', 'xx'] as const) {
			for (const languages of PREFERENCES) {
				const root = { lang: 'en', dir: 'ltr', classList: { add: () => undefined } };
				const manifest = { href: './manifest.webmanifest' };
				const kept = choice === undefined ? null : JSON.stringify({ language: choice });
				const globals = {
					document: { documentElement: root, querySelector: () => manifest },
					localStorage: { getItem: () => kept },
					navigator: { languages },
				};
				runInNewContext(script, globals);
				const wanted = languageFor(choice === 'en' || choice === 'he' ? choice : 'system', languages);
				expect(root, `${choice} ${languages.join()}`).toMatchObject({
					lang: wanted,
					dir: LANGUAGES[wanted].dir,
				});
				expect(manifest.href).toBe(wanted === 'he' ? './manifest.he.webmanifest' : './manifest.webmanifest');
			}
		}
	});

	it('is English when the words of another cannot be fetched', async () => {
		const here = defineText({ a: 'a' }, { he: () => Promise.resolve({ a: 'א' }) });
		const away = defineText({ a: 'a' }, { he: () => Promise.reject(new Error('no network')) });
		await expect(readyIn('he', [here])).resolves.toBe('he');
		expect(here.in('he')).toEqual({ a: 'א' });
		await expect(readyIn('he', [here, away])).resolves.toBe('en');
		expect(away.in('he')).toBeNull();
	});
});

describe('the type of words', () => {
	interface Words {
		readonly hello: string;
		readonly cards: (count: number) => string;
	}
	const en: Words = { hello: 'Hello', cards: (count) => `${count} cards` };

	it('wants every other language, whole and of the same kinds', () => {
		// @ts-expect-error -- no Hebrew at all
		defineText<Words>(en, {});
		// @ts-expect-error -- a line is missing
		defineText<Words>(en, { he: async () => ({ hello: 'שלום' }) });
		// @ts-expect-error -- a text where a function is wanted
		defineText<Words>(en, { he: async () => ({ hello: 'שלום', cards: 'קלפים' }) });
		// @ts-expect-error -- a line that English does not have
		const more: Words = { ...en, bye: 'להתראות' };
		expect(more.hello).toBe('Hello');
	});
});
