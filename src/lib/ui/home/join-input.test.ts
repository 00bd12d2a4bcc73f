import { describe, expect, it } from 'vitest';
import { readJoinInput, tidyCode } from './join-input.ts';

describe('a code to join with', () => {
	it.each(['KFRBWZ', 'kfrbwz', ' kfr bwz ', 'KFR-BWZ', 'k.f.r.b.w.z', 'KFR–BWZ\n'])(
		'is read from %j',
		(text) => {
			expect(readJoinInput(text)).toEqual({ ok: true, code: 'KFRBWZ', fragment: '' });
		},
	);
	it('says how many letters are missing', () => {
		expect(readJoinInput('KFRB')).toEqual({ ok: false, problem: 'short', missing: 2 });
	});
	it('names the character that is in no code', () => {
		expect(readJoinInput('KFRBW0')).toEqual({ ok: false, problem: 'letters', found: '0' });
		expect(readJoinInput('kilo')).toEqual({ ok: false, problem: 'letters', found: 'I' });
		expect(readJoinInput('\u{1F0CF}')).toEqual({ ok: false, problem: 'letters', found: '\u{1F0CF}' });
	});
	it('is not cut to length', () => {
		expect(readJoinInput('KFRBWZA')).toEqual({ ok: false, problem: 'long' });
	});
	it('is asked for when there is none', () => {
		expect(readJoinInput(' - ')).toEqual({ ok: false, problem: 'empty' });
	});
});

describe('a pasted link', () => {
	it.each([
		['https://cards.example/t/KFRBWZ', ''],
		['https://cards.example/games/t/kfrbwz/', ''],
		['cards.example/t/KFRBWZ#h=abc&s=def', '#h=abc&s=def'],
		['http://192.168.1.5:4173/t/KFRBWZ?from=qr#h=abc', '#h=abc'],
		['/t/KFRBWZ', ''],
	])('%s leads to its table, with all that stands behind the #', (text, fragment) => {
		expect(readJoinInput(text)).toEqual({ ok: true, code: 'KFRBWZ', fragment });
	});
	it.each(['https://cards.example/', 'https://cards.example/t/', 'https://cards.example/t/KFR', 'a/b'])(
		'%s is refused as a link',
		(text) => {
			expect(readJoinInput(text)).toEqual({ ok: false, problem: 'link' });
		},
	);
});

describe('typing', () => {
	it('is put in upper case without spaces, and a link is left alone', () => {
		expect(tidyCode('kf r-b')).toBe('KFRB');
		expect(tidyCode('https://cards.example/t/a#b')).toBe('https://cards.example/t/a#b');
	});
});
