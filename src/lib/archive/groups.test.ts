import { describe, expect, it } from 'vitest';
import { ENOUGH_TOGETHER } from '../stats/rivals.ts';
import { nemesisOf, whoHasMet, type MemberId, type Rivalry } from './groups.ts';

const [NOA, DAN, RUTH, GUEST] = ['noa', 'dan', 'ruth', 'guest'] as MemberId[] as [
	MemberId,
	MemberId,
	MemberId,
	MemberId,
];
const rivalry = (player: MemberId, rival: MemberId, games: number, losses: number): Rivalry => ({
	player,
	rival,
	games,
	wins: games - losses,
	losses,
	meanDifference: 0,
});

describe('who meets whom in a group', () => {
	const group = {
		members: [NOA, DAN, RUTH].map((id) => ({
			id,
			face: { name: id, avatar: 0, color: 0 },
			role: 'member' as const,
		})),
	};

	it('is looked at from oneself, or else from the first who has met another member', () => {
		const met = [rivalry(DAN, GUEST, 1, 0), rivalry(RUTH, DAN, 1, 0), rivalry(DAN, RUTH, 1, 1)];
		expect(whoHasMet(NOA, group, met)).toBe(DAN);
		expect(whoHasMet(RUTH, group, met)).toBe(RUTH);
		expect(whoHasMet(NOA, group, [rivalry(DAN, GUEST, 1, 0)])).toBe(NOA);
		expect(whoHasMet(NOA, group, [])).toBe(NOA);
	});

	it('makes nobody a nemesis before they have met often enough, as among the rivals of this device', () => {
		const young = rivalry(NOA, DAN, ENOUGH_TOGETHER - 1, ENOUGH_TOGETHER - 1);
		const old = rivalry(NOA, RUTH, ENOUGH_TOGETHER, ENOUGH_TOGETHER - 1);
		expect(nemesisOf(NOA, [young])).toBeNull();
		expect(nemesisOf(NOA, [young, old])).toBe(old);
		expect(nemesisOf(DAN, [young, old])).toBeNull();
	});
});
