import { describe, expect, it } from 'vitest';
import { parsePersonId, type PersonLine } from '../../archive/people.ts';
import { faceNamed, playerNumbered } from '../../game/testing.ts';
import { gameNumbered } from '../../stats/testing.ts';
import { publicPageOf } from './public-page.ts';

const [ME, DAN] = [playerNumbered(1), playerNumbered(2)];
const DAN_THERE = '00000000-0000-4000-8000-000000000002';

const gameOf = (n: number, ...players: (typeof DAN | null)[]) => ({
	game: gameNumbered(n),
	players: players.map((player, seat) => ({ seat, player })),
});
function line(seat: number, person: string | null): PersonLine {
	return {
		seat,
		person: person === null ? null : parsePersonId(person),
		face: faceNamed('Dan'),
		score: 0,
		place: 1,
		isWinner: false,
	};
}
function site(account: 'nobody' | 'anonymous', known: Readonly<Record<string, readonly PersonLine[]>>) {
	const asked: string[] = [];
	const open = () =>
		Promise.resolve({
			account: { known: () => Promise.resolve({ type: account }) },
			people: {
				playersOf(game: string) {
					asked.push(game);
					const lines = known[game];
					return lines === undefined ? Promise.reject(new Error('not there')) : Promise.resolve(lines);
				},
			},
		});
	return { asked, open };
}

describe('the page of somebody on the site', () => {
	it('is found by the seat of a game that the site has, and a game it has not is passed over', async () => {
		const there = site('anonymous', { [gameNumbered(3)]: [line(0, null), line(1, DAN_THERE)] });
		const games = [gameOf(1, DAN, null), gameOf(2, ME, DAN), gameOf(3, ME, DAN)];
		expect(await publicPageOf(there, DAN, games)).toBe(`/player/${DAN_THERE}`);
		// A game alone against bots is never sent.
		expect(there.asked).toEqual([gameNumbered(2), gameNumbered(3)]);
	});

	it('is nowhere without an account, without an archive, without a network, and for whom the site does not know', async () => {
		const games = [gameOf(3, ME, DAN)];
		const known = { [gameNumbered(3)]: [line(0, null), line(1, DAN_THERE)] };
		const nobody = site('nobody', known);
		expect(await publicPageOf(nobody, DAN, games)).toBeNull();
		expect(nobody.asked).toEqual([]);
		expect(await publicPageOf({ open: () => Promise.resolve(null) }, DAN, games)).toBeNull();
		expect(
			await publicPageOf({ open: () => Promise.reject(new Error('no network')) }, DAN, games),
		).toBeNull();
		expect(await publicPageOf(site('anonymous', known), playerNumbered(7), games)).toBeNull();
	});
});
