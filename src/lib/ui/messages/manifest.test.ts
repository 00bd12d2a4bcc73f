import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const manifest = z.looseObject({
	lang: z.string(),
	dir: z.string(),
	description: z.string(),
	shortcuts: z.array(z.looseObject({ name: z.string() })),
});
const read = (name: string) =>
	manifest.parse(JSON.parse(readFileSync(new URL(`../../../../static/${name}`, import.meta.url), 'utf8')));
const english = read('manifest.webmanifest');
const hebrew = read('manifest.he.webmanifest');

describe('what a browser installs', () => {
	it('is the same app in Hebrew, but for its words', () => {
		const { lang, dir, description, shortcuts } = english;
		const inEnglish = hebrew.shortcuts.map((shortcut, i) => ({ ...shortcut, name: shortcuts[i]?.name }));
		expect({ ...hebrew, lang, dir, description, shortcuts: inEnglish }).toEqual(english);
	});

	it('describes itself and names its shortcuts in Hebrew', () => {
		expect([hebrew.lang, hebrew.dir]).toEqual(['he', 'rtl']);
		for (const text of [hebrew.description, ...hebrew.shortcuts.map(({ name }) => name)]) {
			expect(text).toMatch(/^[\u0590-\u05ff ,.]+$/u);
		}
	});
});
