import { describe, expect, it } from 'vitest';
import { encodeBase64url } from '../game/bytes.ts';
import { gameOfUuid } from './game-uuid.ts';

describe('a UUID of the database', () => {
	it('is the id of a game, byte by byte', () => {
		const all = Uint8Array.from({ length: 16 }, (_, at) => 17 * at);
		expect(gameOfUuid('00112233-4455-6677-8899-aabbccddeeff')).toBe(encodeBase64url(all));
	});

	it('comes from nothing else', () => {
		const whole = '00112233-4455-6677-8899-aabbccddeeff';
		for (const text of ['', '00112233', whole.replace('0', 'x'), `${whole}0`])
			expect(gameOfUuid(text), text).toBeNull();
	});
});
