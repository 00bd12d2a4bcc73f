import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleLog } from '../archive/testing.ts';
import { loadGame } from '../games/load.ts';
import { formatLogFile, isHashOf, MAX_FILE_BYTES, parseLogFile } from './log-file.ts';
import { readLog } from './read-log.ts';

async function fileOf(n: number, variant: 'el_dorado' | 'israeli_whist' = 'el_dorado') {
	const { envelopes } = sampleLog(n, variant);
	const log = await readLog(envelopes, loadGame);
	if (log === null) throw new Error('a sample log can be read');
	return { envelopes, log, text: formatLogFile(log, envelopes) };
}

describe('the file of a log', () => {
	it('gives back every byte that was signed, and its hash', async () => {
		for (const variant of ['el_dorado', 'israeli_whist'] as const) {
			const { envelopes, log, text } = await fileOf(3, variant);
			const parsed = parseLogFile(text);
			if (!parsed.ok) throw new Error(parsed.code);
			expect(parsed.envelopes.map((bytes) => [...bytes])).toEqual(envelopes.map((bytes) => [...bytes]));
			expect(isHashOf(parsed.hash, log.head)).toBe(true);
			expect((await readLog(parsed.envelopes, loadGame))?.head).toEqual(log.head);
		}
	});

	it('has another hash as soon as one letter of a record is changed', async () => {
		const { log, text } = await fileOf(4);
		const parsed = parseLogFile(text.replace('\\"bid\\":0', '\\"bid\\":1'));
		if (!parsed.ok) throw new Error(parsed.code);
		const read = await readLog(parsed.envelopes, loadGame);
		expect(read === null || isHashOf(parsed.hash, read.head)).toBe(false);
		expect(isHashOf(parsed.hash, log.head)).toBe(true);
	});

	it('names what is wrong, and the event it is wrong with', async () => {
		const { text } = await fileOf(5);
		const codeOf = (input: string) => {
			const parsed = parseLogFile(input);
			return parsed.ok ? null : [parsed.code, parsed.index];
		};
		expect(codeOf('')).toEqual(['not_json', null]);
		expect(codeOf(text.slice(0, -5))).toEqual(['not_json', null]);
		expect(codeOf('null')).toEqual(['not_a_log', null]);
		expect(codeOf('{"format":"overtrick-log","v":2}')).toEqual(['newer', null]);
		expect(codeOf('{"format":"overtrick-log","v":1}')).toEqual(['not_a_log', null]);
		expect(codeOf(text.replace('"variant"', '"__proto__":{"polluted":1},"variant"'))).toEqual([
			'not_a_log',
			null,
		]);
		const lines = text.split('\n');
		expect(codeOf(lines.with(3, '{"signature":"AA","record":"{}"},').join('\n'))).toEqual(['bad_event', 2]);
		const many = `${lines[0] ?? ''}${'0,'.repeat(20_001)}0]}`;
		expect(codeOf(many)).toEqual(['too_many', null]);
		expect(codeOf(' '.repeat(MAX_FILE_BYTES + 1))).toEqual(['too_large', null]);
		expect(codeOf('['.repeat(100_000))).toEqual(['not_json', null]);
		expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
	});

	it('never throws, whatever it is given', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string(),
					fc.json(),
					fc.json().map((json) => `{"format":"overtrick-log","v":1,"events":[${json}]}`),
				),
				(text) => {
					expect(parseLogFile(text).ok).toBe(false);
				},
			),
		);
	});
});
