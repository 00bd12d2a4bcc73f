import { describe, expect, it } from 'vitest';
import { BEN, DANA, faceNamed, playerNumbered } from '../game/testing.ts';
import type { PlayerId } from '../game/table-types.ts';
import { Offences } from './offences.ts';

const ben = faceNamed('Ben');

describe('offences', () => {
	it('three in a row are a strike, and the third strike puts the player out', () => {
		const offences = new Offences();
		const verdicts = Array.from({ length: 9 }, () => offences.note(BEN, ben, 'malformed_message'));
		expect(verdicts).toEqual([...Array.from({ length: 8 }, () => false), true]);
	});

	it('are forgiven one or two at a time, when something is right in between', () => {
		const offences = new Offences();
		for (let n = 0; n < 50; n++) {
			expect(offences.note(BEN, ben, 'malformed_message')).toBe(false);
			expect(offences.note(BEN, ben, 'forged_command')).toBe(false);
			offences.behaved(BEN);
		}
	});

	it('of one player are not another’s', () => {
		const offences = new Offences();
		for (let n = 0; n < 8; n++) offences.note(BEN, ben, 'forged_command');
		expect(offences.note(DANA, faceNamed('Dana'), 'forged_command')).toBe(false);
		offences.behaved(DANA);
		expect(offences.note(BEN, ben, 'forged_command')).toBe(true);
	});

	it('are listed by player and name with their number, under the last name the player had', () => {
		const offences = new Offences();
		offences.note(BEN, ben, 'malformed_message');
		offences.note(DANA, faceNamed('Dana'), 'writes_document');
		offences.note(BEN, faceNamed('Benny'), 'malformed_message');
		offences.note(BEN, faceNamed('Benny'), 'false_log');
		expect(offences.list.map(({ face, offence, count }) => [face.name, offence, count])).toEqual([
			['Benny', 'malformed_message', 2],
			['Benny', 'false_log', 1],
			['Dana', 'writes_document', 1],
		]);
		expect(offences.list).toBe(offences.list);
	});

	it('of strangers without end do not fill the memory', () => {
		const offences = new Offences();
		for (let n = 0; n < 500; n++)
			offences.note(
				`${playerNumbered(0).slice(0, 40)}${String(n).padStart(3, '0')}` as PlayerId,
				ben,
				'malformed_message',
			);
		expect(offences.list.length).toBeLessThanOrEqual(120);
	});
});
