/** What holds of the kernel whatever anybody asks for, in any order. fast-check prints the seed of a failure. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EL_DORADO } from '../games/el-dorado/index.ts';
import type { SeatIndex } from './game.ts';
import { decodeRecord, encodeRecord, eventOf, formatLogEvent } from './log.ts';
import { fold } from './replay.ts';
import { toSeat } from './seats.ts';
import {
	ABSENCE_ACTIONS,
	BOT_LEVELS,
	DEFAULT_RULES,
	FIRST_DEALERS,
	type Command,
	type LogEvent,
	type PlayerId,
} from './table-types.ts';
import { BEN, bytes32, DANA, HOST, openTable, STRANGER, YAEL, type SampleTable } from './testing.ts';

const PLAYERS = [HOST, DANA, BEN, YAEL, STRANGER];
const GAME = EL_DORADO;

const player = fc.constantFrom(...PLAYERS);
/** Seats that are there and some that are not. */
const seat = fc.integer({ min: 0, max: 5 }).map(toSeat);
const face = fc.record({
	name: fc.constantFrom('Dana', 'דנה', '', 'a\u202Eb', 'x'.repeat(40)),
	color: fc.integer({ min: 0, max: 10 }),
	avatar: fc.nat(),
});
/** What `sit` promises. */
const PROMISED = bytes32(44);
const key = fc.nat({ max: 255 }).map(bytes32);
const rules = fc.record({
	seats: fc.integer({ min: 1, max: 6 }),
	onAbsence: fc.constantFrom(...ABSENCE_ACTIONS),
	firstDealer: fc.constantFrom(...FIRST_DEALERS),
});
const options = fc.constantFrom({ ...GAME.defaultOptions(), hook: true }, GAME.defaultOptions(), { v: 3 });

const command: fc.Arbitrary<Command> = fc.oneof(
	fc.record({
		type: fc.constant('take_seat'),
		seat: fc.option(seat),
		face,
		boxKey: key,
		contribution: key,
	}),
	fc.record({ type: fc.constant('contribute'), contribution: key }),
	fc.record({ type: fc.constant('open_contribution'), contribution: fc.constantFrom(PROMISED, bytes32(1)) }),
	fc.record({ type: fc.constantFrom('leave_seat', 'return_to_seat', 'continue', 'start_game') }),
	fc.record({ type: fc.constant('change_face'), face }),
	fc.record({ type: fc.constant('set_ready'), ready: fc.boolean() }),
	fc.record({ type: fc.constant('swap_seats'), a: seat, b: seat }),
	fc.record({
		type: fc.constant('set_rules'),
		rules: rules.map((some) => ({ ...DEFAULT_RULES, ...some })),
		options,
	}),
	fc.record({ type: fc.constant('add_bot'), seat, level: fc.constantFrom(...BOT_LEVELS), face }),
	fc.record({ type: fc.constant('clear_seat'), seat }),
	fc.record({ type: fc.constant('make_bid'), bid: fc.integer({ min: -1, max: 11 }) }),
	fc.record({ type: fc.constant('play_card'), card: fc.integer({ min: -1, max: 60 }) }),
	fc.record({ type: fc.constantFrom('', 'make_bid', '__proto__', 'game_started', 'toString') }),
);
/** Rarer: they end things. */
const ending: fc.Arbitrary<Command> = fc.oneof(
	fc.record({ type: fc.constant('end_game') }),
	fc.record({ type: fc.constant('kick'), player }),
);

type Step =
	| { readonly do: 'ask'; readonly actor: PlayerId; readonly command: Command }
	| { readonly do: 'due'; readonly times: number }
	| { readonly do: 'away'; readonly seat: SeatIndex };
const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 12, arbitrary: fc.record({ do: fc.constant('ask'), actor: player, command }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('ask'), actor: fc.constant(HOST), command: ending }) },
	{ weight: 4, arbitrary: fc.record({ do: fc.constant('due'), times: fc.integer({ min: 1, max: 30 }) }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('away'), seat }) },
);

interface Lobby {
	readonly seed: number;
	readonly people: number;
	readonly promises: boolean;
	/** The start is called, and some open what they have promised. */
	readonly opening: number | null;
}
const lobby: fc.Arbitrary<Lobby> = fc.record({
	seed: fc.nat(),
	people: fc.integer({ min: 1, max: 4 }),
	promises: fc.boolean(),
	opening: fc.option(fc.integer({ min: 2, max: 4 }), { freq: 2 }),
});

/** A lobby in which a random start has a chance. */
function open({ seed, people, promises, opening }: Lobby): SampleTable {
	const table = openTable({ game: GAME, seed, created: promises ? { promises } : {} });
	const seated = PLAYERS.slice(0, people);
	for (const one of seated.slice(1)) table.sit(one);
	if (opening === null) return table;
	table.act(HOST, { type: 'start_game' });
	for (const one of seated.slice(0, opening))
		table.act(one, { type: 'open_contribution', contribution: PROMISED });
	return table;
}

function run(table: SampleTable, next: Step): void {
	switch (next.do) {
		case 'ask': {
			const before = JSON.stringify(table.state);
			const decision = table.act(next.actor, next.command);
			if (!decision.ok) expect(JSON.stringify(table.state)).toBe(before);
			return;
		}
		case 'due':
			for (let time = 0; time < next.times; time++) table.step();
			return;
		case 'away': {
			const holder = table.state.seats[next.seat];
			if (table.state.stage !== 'playing' || holder?.kind !== 'human' || holder.presence !== 'here') return;
			table.fold({ type: 'seat_away', seat: next.seat });
		}
	}
}

/** As a log holds it and gives it back, hands put in again. */
function throughLog(event: LogEvent): LogEvent | null {
	const bytes = encodeRecord({ index: 0, term: 1, time: 0, author: null, ...formatLogEvent(GAME, event) });
	const record = decodeRecord(bytes);
	const parsed = record === null ? null : eventOf(GAME, record);
	const hands = 'hands' in event && event.type === 'cards_dealt' ? (event.hands as never) : null;
	return parsed === null || hands === null ? parsed : GAME.openHands(parsed as never, hands);
}

describe('whatever is asked for, in any order', () => {
	it('nothing throws, a refusal changes nothing, the log gives the state again and survives its own bytes', () => {
		const seen = { refused: 0, started: 0, finished: 0, types: new Set<string>() };
		fc.assert(
			fc.property(lobby, fc.array(step, { minLength: 5, maxLength: 60 }), (started, steps) => {
				const table = open(started);
				for (const next of steps) run(table, next);
				for (const event of table.events) {
					expect(throughLog(event)).toEqual(event);
					seen.types.add(event.type);
				}
				expect(fold(GAME, table.events)).toEqual(table.state);
				if (table.state.inner !== null) seen.started++;
				if (table.state.stage === 'finished') seen.finished++;
			}),
			{ numRuns: 400 },
		);
		// The run was not empty: most kinds of events came up.
		expect(seen.started).toBeGreaterThan(60);
		expect(seen.finished).toBeGreaterThan(5);
		expect(seen.types.size).toBeGreaterThan(18);
	});

	it('no state is changed by what comes after it', () => {
		fc.assert(
			fc.property(lobby, fc.array(step, { minLength: 5, maxLength: 25 }), (started, steps) => {
				const table = open({ ...started, people: 4, opening: started.opening ?? 4 });
				const kept: [state: object, text: string][] = [];
				for (const next of steps) {
					kept.push([table.state, JSON.stringify(table.state)]);
					run(table, next);
				}
				for (const [state, text] of kept) expect(JSON.stringify(state)).toBe(text);
			}),
			{ numRuns: 60 },
		);
	});

	it('a player sits once, nobody kicked sits and acts, and the table has the seats its rules say', () => {
		fc.assert(
			fc.property(lobby, fc.array(step, { minLength: 5, maxLength: 60 }), (started, steps) => {
				const table = open({ ...started, people: 3 });
				for (const next of steps) {
					run(table, next);
					const { seats, rules: now, kicked, misplays, stage } = table.state;
					const seated = seats.flatMap((one) => (one.kind === 'human' ? [one.player] : []));
					expect(new Set(seated).size).toBe(seated.length);
					expect([seats.length, misplays.length]).toEqual([now.seats, now.seats]);
					if (stage === 'lobby') expect(seated.filter((one) => kicked.includes(one))).toEqual([]);
				}
			}),
			{ numRuns: 150 },
		);
	});
});
