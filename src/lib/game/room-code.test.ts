import { describe, expect, it } from 'vitest';
import { parseRoomCode } from './room-code.ts';

describe('a table code', () => {
	it.each([
		['QWERTY', 'QWERTY'],
		['qwerty', 'QWERTY'],
		[' qwe-rty\n', 'QWERTY'],
		['Q W E R T Y', 'QWERTY'],
	])('is read from %j', (text, code) => {
		expect(parseRoomCode(text)).toBe(code);
	});

	it.each(['', 'QWERT', 'QWERTYU', 'QWERTI', 'QWERTO', 'QWERTL', 'QWER1Y', 'QWERTß', null, 7, ['QWERTY']])(
		'is not %j',
		(text) => {
			expect(parseRoomCode(text)).toBeNull();
		},
	);
});
