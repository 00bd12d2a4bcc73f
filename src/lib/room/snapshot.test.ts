import { describe, expect, it } from 'vitest';
import { seatOf, toSeat } from '../game/seats.ts';
import { DEFAULT_RULES, type RoomCode, type TableState } from '../game/table-types.ts';
import {
	BEN,
	DANA,
	faceNamed,
	GAME_ID,
	HOST,
	openTable,
	STRANGER,
	type SampleTable,
} from '../game/testing.ts';
import { EL_DORADO } from '../games/el-dorado/index.ts';
import type { Entry } from './log-book.ts';
import { lastMovedFor, snapshotOf, tableCardOf, type SessionFacts } from './snapshot.ts';

/** Host at 0, Dana at 1, a bot at 2, nobody at 3. */
function sample(): SampleTable {
	const table = openTable({ game: EL_DORADO, seed: 3 });
	table.sit(DANA, 1, false);
	table.addBot(2);
	return table;
}
function started(): SampleTable {
	const table = sample();
	table.take(DANA, { type: 'set_ready', ready: true });
	table.take(HOST, { type: 'start_game' });
	return table;
}

const factsOf = (table: SampleTable | null, facts: Partial<SessionFacts> = {}): SessionFacts => ({
	offences: [],
	status: 'open',
	refusal: null,
	code: 'QWERTY' as RoomCode,
	link: '/t/QWERTY',
	solo: false,
	game: GAME_ID,
	variant: 'el_dorado',
	player: DANA,
	face: faceNamed('Dana as on this device'),
	isHost: false,
	mayPlayAgain: false,
	state: table?.state ?? null,
	table: table?.table ?? null,
	watchers: [],
	connectionOf: () => 'open',
	pending: null,
	deadline: null,
	nextRoundAt: null,
	takeoverAt: null,
	waitsFor: [],
	dealCheck: null,
	refused: null,
	twoHosts: false,
	otherVersion: null,
	movedFor: null,
	events: 0,
	fault: null,
	...facts,
});

describe('a snapshot', () => {
	it('names the last move that was made for somebody, while it is among the newest', () => {
		const entry = (event: object) => ({ record: {}, event, player: null }) as unknown as Entry;
		const own = entry({ type: 'card_played', seat: 2, card: 4 });
		const timed = entry({ type: 'card_played', seat: 1, card: 3, by: 'forced' });
		const undone = entry({ type: 'undone', by: 1 });
		expect(lastMovedFor([])).toBeNull();
		expect(lastMovedFor([own, undone])).toBeNull();
		expect(lastMovedFor([own, timed, own, undone])).toEqual({ seat: 1, by: 'forced', index: 1 });
		expect(lastMovedFor([timed, ...Array.from({ length: 40 }, () => own)])).toBeNull();
	});

	it('before the first event is a lobby without seats, which cannot start', () => {
		const snapshot = snapshotOf(factsOf(null, { status: 'joining' }), null);
		expect(snapshot).toMatchObject({
			stage: 'lobby',
			seats: [],
			rules: DEFAULT_RULES,
			isAdmin: false,
			startRefusal: 'invalid_phase',
			you: { player: DANA, seat: null, face: { name: 'Dana as on this device' } },
		});
	});

	it('shows each seat as it is: human, bot or empty, you and the host', () => {
		const { seats } = snapshotOf(factsOf(sample()), null);
		expect(seats.map(({ kind }) => kind)).toEqual(['human', 'human', 'bot', 'empty']);
		expect(seats.map(({ host }) => host)).toEqual([true, false, false, false]);
		expect(seats.map(({ you }) => you)).toEqual([false, true, false, false]);
		expect(seats.map(({ ready }) => ready)).toEqual([true, false, true, false]);
		expect(seats[2]).toMatchObject({
			botLevel: 'novice',
			player: null,
			presence: 'here',
			connection: 'open',
		});
		expect(seats[3]).toMatchObject({ face: null, player: null, botLevel: null });
	});

	it('says who you are by your seat, and by your own face while you have none', () => {
		const seated = snapshotOf(factsOf(sample()), null);
		expect(seated.you).toMatchObject({
			seat: 1,
			face: { name: expect.stringContaining('Player') as string },
		});
		const watching = snapshotOf(factsOf(sample(), { player: STRANGER }), null);
		expect(watching.you).toMatchObject({ seat: null, face: { name: 'Dana as on this device' } });
	});

	it('makes the admin of the host’s player, whichever browser looks', () => {
		expect(snapshotOf(factsOf(sample(), { player: HOST }), null).isAdmin).toBe(true);
		expect(snapshotOf(factsOf(sample()), null).isAdmin).toBe(false);
	});

	it('asks for the connection of the other humans only', () => {
		const asked: number[] = [];
		const { seats } = snapshotOf(
			factsOf(sample(), {
				connectionOf: (_, seat) => {
					asked.push(seat);
					return 'lost';
				},
			}),
			null,
		);
		expect(asked).toEqual([0]);
		expect(seats.map(({ connection }) => connection)).toEqual(['lost', 'open', 'open', 'open']);
	});

	it('says why the game cannot start yet', () => {
		expect(snapshotOf(factsOf(sample()), null).startRefusal).toBe('not_ready');
		const ready = sample();
		ready.take(DANA, { type: 'set_ready', ready: true });
		expect(snapshotOf(factsOf(ready), null).startRefusal).toBeNull();
		expect(snapshotOf(factsOf(started()), null).startRefusal).toBe('invalid_phase');
	});

	it('marks the watcher that is you, and counts misplays by seat', () => {
		const table = started();
		table.fold({ type: 'invalid_action', seat: toSeat(1), code: 'invalid_bid' });
		const watchers = [BEN, STRANGER].map((player) => ({ player, face: faceNamed('W') }));
		const snapshot = snapshotOf(factsOf(table, { player: BEN, watchers }), null);
		expect(snapshot.watchers.map(({ you }) => you)).toEqual([true, false]);
		expect(snapshot.seats.map(({ misplays }) => misplays)).toEqual([0, 1, 0, 0]);
	});
});

describe('what the list of tables keeps', () => {
	it('is the stage, the round and everybody else', () => {
		const table = started();
		table.playUntil(({ inner }) => inner?.round === 3);
		const card = tableCardOf(EL_DORADO, table.state, DANA);
		expect(card).toMatchObject({
			stage: 'playing',
			variant: 'el_dorado',
			mode: 'cards',
			round: 3,
			result: null,
		});
		expect(card.others.map(({ name }) => name)).toEqual([expect.stringContaining('Player'), 'Bot 2']);
		expect(tableCardOf(EL_DORADO, table.state, STRANGER).others).toHaveLength(3);
	});

	it('is the place among those who sat, equal scores sharing it, and nothing for a spectator', () => {
		const table = started();
		table.playUntil(({ stage }) => stage === 'finished');
		const withTotals = (totals: readonly number[]): TableState => {
			const { inner } = table.state;
			const { seats } = inner as unknown as { seats: { total: number }[] };
			const changed = seats.map((seat, index) => ({ ...seat, total: totals[index] ?? 0 }));
			return { ...table.state, inner: { ...inner, seats: changed } as never };
		};
		const placeOf = (totals: readonly number[], player = DANA) =>
			tableCardOf(EL_DORADO, withTotals(totals), player).result;
		expect(seatOf(table.state, DANA)).toBe(1);
		// Nobody sits at seat 3, whose total of 0 beats nobody.
		expect(placeOf([40, -5, 30, 0])).toEqual({ place: 3, players: 3, score: -5 });
		expect(placeOf([40, 40, 30, 0])).toEqual({ place: 1, players: 3, score: 40 });
		expect(placeOf([40, 30, 30, 0])).toEqual({ place: 2, players: 3, score: 30 });
		expect(placeOf([40, 30, 30, 0], STRANGER)).toBeNull();
	});
});
