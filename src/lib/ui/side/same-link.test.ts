import { describe, expect, it } from 'vitest';
import { formatNotation, parseNotation } from '../../game/game-notation.ts';
import { loadGame } from '../../games/load.ts';
import { playedTable } from '../../stats/testing.ts';
import { encodeBase64url } from '../../game/bytes.ts';
import { codeIn, fragmentOf } from './link-code.ts';
import { isMarkedSame, markedSame, MAX_CODE_LENGTH, packGame, unpackGame } from './same-link.ts';

function notationOf(seats: number): string {
	const { table, events } = playedTable('el_dorado', 3, { seats });
	const text = formatNotation(table.game, events, '2026-11-22T15:00:00.000Z');
	if (text === null) throw new Error('a played game can be written');
	return text;
}

describe('a link with a game in it', () => {
	it('brings the very game, in few enough letters for a message', async () => {
		const text = notationOf(4);
		const code = await packGame(text);
		if (code === null) throw new Error('a game of four fits into a link');
		expect(code.length).toBeLessThanOrEqual(MAX_CODE_LENGTH);
		const found = codeIn(fragmentOf(code));
		expect(found === null ? null : await unpackGame(found)).toBe(text);
	});

	it('is not made of a game that is too long for it', async () => {
		const noise = Array.from({ length: 4_000 }, (_, n) => Math.imul(n + 7, 0x9e3779b1).toString(36)).join(
			' ',
		);
		expect(await packGame(noise)).toBeNull();
	});

	it.each([
		'',
		'A',
		'!',
		'AAAA',
		'c'.repeat(MAX_CODE_LENGTH + 1),
		encodeBase64url(new Uint8Array(50).fill(255)),
	])('refuses %j', async (code) => {
		const text = await unpackGame(code);
		const parsed = text === null ? null : await parseNotation(text, loadGame);
		expect(parsed?.ok ?? false).toBe(false);
	});

	it('unpacks no more than a game can have, whatever was packed', async () => {
		const huge = new Blob(['0'.repeat(2_000_000)]).stream().pipeThrough(new CompressionStream('deflate-raw'));
		const code = encodeBase64url(new Uint8Array(await new Response(huge).arrayBuffer()));
		expect(code.length).toBeLessThan(MAX_CODE_LENGTH);
		expect(await unpackGame(code)).toBeNull();
	});

	it('or a file, which is a notation like any other, and says what it is for', async () => {
		const text = notationOf(4);
		const file = markedSame(text);
		expect(isMarkedSame(file)).toBe(true);
		expect(isMarkedSame(text)).toBe(false);
		const parsed = await parseNotation(file, loadGame);
		expect(parsed.ok).toBe(true);
	});
});
