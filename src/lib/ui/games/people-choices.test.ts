import { describe, expect, it } from 'vitest';
import type { PlayerId } from '../../game/table-types.ts';
import { withoutMarks } from '../messages/bidi.ts';
import { choicesOf } from './people-choices.ts';

const person = (player: string, name: string) => ({ player: player as PlayerId, face: { name } });

describe('people to choose from', () => {
	it('go by their names, and by the end of their keys too where a name is there twice', () => {
		const choices = choicesOf([
			person('key-abcd', 'Noa'),
			person('key-efgh', 'Dan'),
			person('key-ijkl', 'Noa'),
		]);
		expect(choices.map(({ value, label }) => [value, withoutMarks(label)])).toEqual([
			['key-abcd', 'Noa (…abcd)'],
			['key-efgh', 'Dan'],
			['key-ijkl', 'Noa (…ijkl)'],
		]);
	});
});
