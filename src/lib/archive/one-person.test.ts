import { describe, expect, it } from 'vitest';
import type { PlayerId } from '../game/table-types.ts';
import { asOwn } from './one-person.ts';

const [PHONE, DESK, BEN] = ['phone', 'desk', 'ben'] as PlayerId[] as [PlayerId, PlayerId, PlayerId];
const at = (...players: (PlayerId | null)[]) => ({ players: players.map((player) => ({ player })) });
const keys = { player: PHONE, others: [DESK] };

describe('a game of an account with several devices', () => {
	it('is one’s own, whichever was played on', () => {
		expect(asOwn(at(BEN, DESK, null), keys)).toEqual(at(BEN, PHONE, null));
		expect(asOwn(at(BEN, PHONE), keys)).toEqual(at(BEN, PHONE));
	});
	it('is not when none of them sat there, and each stays where both did', () => {
		expect(asOwn(at(BEN, null), keys)).toEqual(at(BEN, null));
		expect(asOwn(at(DESK, PHONE), keys)).toEqual(at(DESK, PHONE));
	});
});
