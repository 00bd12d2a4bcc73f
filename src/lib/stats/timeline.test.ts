import { describe, expect, it } from 'vitest';
import type { Game } from '../game/game.ts';
import { createReplay } from '../game/replay.ts';
import { DANA, HOST, openTable } from '../game/testing.ts';
import { EL_DORADO, type ElDoradoState } from '../games/el-dorado/index.ts';
import { ISRAELI_WHIST } from '../games/israeli-whist/index.ts';
import { sceneOf } from './scene.ts';
import { isTableEvent } from '../game/table-parse.ts';
import type { LogEvent } from '../game/table-types.ts';
import { playedTable } from './testing.ts';
import { clampTo, stepFrom, STEPS, timelineOf, whereIs } from './timeline.ts';

const elDorado = playedTable('el_dorado', 5).events;
const whist = playedTable('israeli_whist', 5).events;

describe('the timeline of a log', () => {
	it('has ten rounds of ten to one tricks each in El Dorado', () => {
		const { rounds } = timelineOf(elDorado);
		expect(rounds.map(({ round }) => round)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
		// The first stretch of each is its bidding.
		expect(rounds.map(({ tricks }) => tricks.length - 1)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
	});

	it('ends each trick where it is taken, and each round where the next begins', () => {
		for (const events of [elDorado, whist]) {
			const { rounds, last } = timelineOf(events);
			for (const [at, { tricks, to }] of rounds.entries()) {
				expect(to).toBe((rounds[at + 1]?.from ?? last + 1) - 1);
				for (const { to: end } of tricks.slice(1)) expect(events[end - 1]?.type).toBe('trick_taken');
			}
		}
	});

	it('can be walked from end to end and back, by any step', () => {
		for (const events of [elDorado, whist]) {
			const timeline = timelineOf(events);
			for (const step of STEPS) {
				let steps = 0;
				let at = timeline.first;
				for (let before = -1; at !== before; steps += 1) {
					before = at;
					at = stepFrom(timeline, at, step, 1);
					expect(at).toBeGreaterThanOrEqual(before);
				}
				expect(at).toBe(timeline.last);
				expect(steps).toBeGreaterThan(timeline.rounds.length);
				for (let before = -1; at !== before;) {
					before = at;
					at = stepFrom(timeline, at, step, -1);
				}
				expect(at).toBe(timeline.first);
			}
		}
	});

	it('numbers the tricks of real cards as they count in the end, also where some were taken back', () => {
		const { events } = playedTable('israeli_whist', 1);
		const opened = { type: 'round_opened', round: 1 };
		const [claimed, undone] = ['trick_claimed', 'trick_undone'].map((type) => ({ type, seat: 0, at: 0 }));
		const start = events.slice(0, timelineOf(events).first);
		const kept = [opened, claimed, claimed, undone, claimed, claimed, undone, undone, claimed, claimed];
		const [round] = timelineOf([...start, ...kept] as LogEvent[]).rounds;
		const from = start.length + 1;
		expect(round?.tricks).toEqual([
			{ trick: 0, from, to: from },
			{ trick: 1, from: from + 1, to: from + 1 },
			// The second is claimed, taken back, claimed, taken back with the third, and claimed.
			{ trick: 2, from: from + 2, to: from + 8 },
			{ trick: 3, from: from + 9, to: from + 9 },
		]);
	});

	it('passes over what changes nothing on the table', () => {
		const { stops } = timelineOf(elDorado);
		const kinds = new Set(stops.map((at) => elDorado[at - 1]?.type));
		expect(kinds).not.toContain('round_revealed');
		expect(kinds).toContain('card_played');
	});

	it('knows the round and trick of a position, and none before the first deal', () => {
		const timeline = timelineOf(elDorado);
		expect(whereIs(timeline, timeline.first)).toEqual({ round: null, trick: null });
		const lead = elDorado.findIndex(({ type }) => type === 'card_played') + 1;
		const where = whereIs(timeline, lead);
		expect([where.round?.round, where.trick?.trick]).toEqual([1, 1]);
	});

	it('marks who left and came back, and what was said', () => {
		const table = openTable({ game: EL_DORADO, rules: { seats: 3 } });
		table.sit(DANA);
		table.addBot(2);
		table.take(HOST, { type: 'start_game' });
		table.playUntil(({ revealedRounds }) => revealedRounds === 1);
		table.take(DANA, { type: 'say', phrase: 'moment' });
		table.take(DANA, { type: 'leave_seat' });
		table.playUntil(({ revealedRounds }) => revealedRounds === 2);
		table.take(DANA, { type: 'return_to_seat' });
		const { marks } = timelineOf(table.events);
		expect(marks.map(({ type, seat }) => [type, seat])).toEqual([
			['phrase_said', 1],
			['seat_left', 1],
			['seat_returned', 1],
		]);
	});

	it('brings any number that an address may hold to a position', () => {
		const timeline = timelineOf(elDorado);
		for (const at of [-1, 0, 1, 1e9, 0.5, Number.NaN, Infinity]) {
			const clamped = clampTo(timeline, at);
			expect(clamped).toBeGreaterThanOrEqual(timeline.first);
			expect(clamped).toBeLessThanOrEqual(timeline.last);
		}
	});

	it('of a log that never began has nowhere to go', () => {
		const timeline = timelineOf(elDorado.slice(0, 3));
		expect(timeline.rounds).toEqual([]);
		expect(stepFrom(timeline, timeline.first, 'round', 1)).toBe(timeline.last);
	});
});

describe('a scene', () => {
	const scenesOf = (game: typeof EL_DORADO | typeof ISRAELI_WHIST, events: readonly LogEvent[]) => {
		const replay = createReplay(game, events);
		const { stops } = timelineOf(events);
		return stops.map((at) => ({ at, state: replay.at(at), scene: sceneOf(game, replay.at(at), 'all') }));
	};

	it('shows at every position what the state holds, in both games', () => {
		for (const [game, events] of [
			[EL_DORADO, elDorado],
			[ISRAELI_WHIST, whist],
		] as const) {
			for (const { state, scene } of scenesOf(game, events)) {
				if (state.inner === null) throw new Error('a game is on');
				expect(scene?.seats.map(({ total }) => total)).toEqual(game.totals(state.inner as never));
				expect(scene?.seats.filter(({ asked }) => asked !== null).map(({ seat }) => seat)).toEqual(
					state.inner.turn === null ? [] : [state.inner.turn],
				);
				const { hands } = state.inner as ElDoradoState;
				expect(scene?.seats.map(({ hand }) => hand?.length ?? 0)).toEqual(
					hands.map((hand) => hand?.length ?? 0),
				);
			}
		}
	});

	it('offers as legal exactly what the game offers, to the seat whose turn it is', () => {
		for (const { state, scene } of scenesOf(EL_DORADO, elDorado)) {
			const inner = state.inner as ElDoradoState;
			for (const { seat, hand, asked } of scene?.seats ?? []) {
				const legal = EL_DORADO.view(inner, seat).hand.filter(({ refusal }) => refusal === null);
				expect(
					hand
						?.filter(({ isLegal }) => isLegal)
						.map(({ card }) => card)
						.sort(),
				).toEqual(legal.map(({ card }) => card).sort());
				if (asked === null) expect(legal).toEqual([]);
			}
		}
	});

	it('says what the seat in turn owes, and which bids it may not make', () => {
		const seen = new Set<string>();
		const hooked = elDorado.map((event) =>
			isTableEvent(event) && event.type === 'game_created'
				? { ...event, options: { ...event.options, hook: true } }
				: event,
		);
		for (const [game, events] of [
			[EL_DORADO, hooked],
			[ISRAELI_WHIST, whist],
		] as const) {
			const erased: Game = game;
			for (const { state, scene } of scenesOf(game, events)) {
				const { inner } = state;
				const asked = scene?.seats.find((seat) => seat.asked !== null)?.asked;
				if (inner === null || inner.turn === null || asked == null) continue;
				const { turn } = inner;
				seen.add(`${game.variant} ${asked.what}`);
				if (asked.what !== 'bid') continue;
				const allowed = Array.from({ length: 14 }, (_, bid) => bid).filter((bid) => {
					const bidding =
						game === EL_DORADO ? { type: 'make_bid', bid } : { type: 'make_contract', contract: bid };
					const command = erased.parseCommand(bidding);
					return command !== null && erased.decide(inner, command, turn).ok;
				});
				const most = allowed.at(-1) ?? 0;
				for (let bid = 0; bid <= most; bid += 1)
					expect(allowed.includes(bid), `${game.variant} ${bid}`).toBe(
						bid >= asked.least && bid !== asked.forbidden,
					);
				if (asked.forbidden !== null) seen.add(`${game.variant} forbidden`);
			}
		}
		expect([...seen].sort()).toEqual([
			'el_dorado bid',
			'el_dorado card',
			'el_dorado forbidden',
			'israeli_whist bid',
			'israeli_whist call',
			'israeli_whist card',
			'israeli_whist forbidden',
		]);
	});

	it('shows a seat its own hand alone, and a spectator none', () => {
		for (const { state } of scenesOf(EL_DORADO, elDorado)) {
			const own = sceneOf(EL_DORADO, state, 1 as never);
			for (const { seat, hand } of own?.seats ?? []) expect(hand === null).toBe(seat !== 1);
			expect(sceneOf(EL_DORADO, state, null)?.seats.every(({ hand }) => hand === null)).toBe(true);
		}
	});

	it('goes on showing the last trick until a card is led to the next', () => {
		const taken = elDorado.findIndex(({ type }) => type === 'trick_taken') + 1;
		const { scene } = scenesOf(EL_DORADO, elDorado).find(({ at }) => at === taken) ?? {};
		expect(scene?.isTaken).toBe(true);
		expect(scene?.trick).toHaveLength(4);
		expect(scene?.winning).toBe(scene?.tricks[0]?.winner);
	});

	it('is none in the lobby', () => {
		expect(sceneOf(EL_DORADO, createReplay(EL_DORADO, elDorado).at(2), 'all')).toBeNull();
	});
});
