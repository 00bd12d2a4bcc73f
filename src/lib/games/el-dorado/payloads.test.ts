/** Where bytes enter El Dorado: nothing throws, nothing but exactly ours is taken. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REFUSAL_CODES } from '../../game/game.ts';
import { GAMES, gameOf } from '../index.ts';
import { EL_DORADO } from './index.ts';
import { cardNamed, dealNamed, playGame, seatAt } from './testing.ts';
import type { ElDoradoCommand, ElDoradoEvent } from './types.ts';

const PLAYING = playOneBid();
function playOneBid() {
	const state = dealNamed({ hands: ['AH 2D', 'KH 3D'], trump: '2C', dealer: 1 });
	return [0, 1].reduce(
		(now, seat) => EL_DORADO.evolve(now, { type: 'bid_made', seat: seatAt(seat), bid: 1 }),
		state,
	);
}

const PAYLOADS = {
	cards_dealt: { round: 1, dealer: 0, seats: 3, active: [0, 2], cardsEach: 10, trumpCard: 'QH' },
	bid_made: { seat: 1, bid: 3 },
	card_played: { seat: 1, card: 'QH*' },
	trick_taken: { seat: 9, card: 'TS' },
	round_scored: { round: 10, scores: [15, -5, null] },
} as const;
const TYPES = Object.keys(PAYLOADS) as (keyof typeof PAYLOADS)[];
const hostile = fc.anything({
	withNullPrototype: true,
	withBigInt: true,
	withDate: true,
	withSparseArray: true,
});

describe('payloads of El Dorado', () => {
	it('are short, with cards by name', () => {
		const format = (event: ElDoradoEvent) => JSON.stringify(EL_DORADO.formatEvent(event));
		expect(format({ type: 'card_played', seat: seatAt(1), card: cardNamed('QH*') })).toBe(
			'{"v":1,"payload":{"seat":1,"card":"QH*"}}',
		);
		expect(format({ type: 'bid_made', seat: seatAt(1), bid: 3, by: 'bot' })).toBe(
			'{"v":1,"payload":{"seat":1,"bid":3,"by":"bot"}}',
		);
	});

	it.each(TYPES)('%s reads back as it was written', (type) => {
		const event = EL_DORADO.parseEvent(type, 1, PAYLOADS[type]);
		expect(event).not.toBeNull();
		expect(EL_DORADO.formatEvent(event!)).toEqual({ v: 1, payload: PAYLOADS[type] });
	});

	it('a deal read from a log has its hands closed, and the room opens those it may', () => {
		const event = EL_DORADO.parseEvent('cards_dealt', 1, PAYLOADS.cards_dealt)!;
		expect(EL_DORADO.handsOf(event)).toEqual([null, [], null]);
		const hand = [cardNamed('2C')];
		const opened = EL_DORADO.openHands(event, [hand, null, null]);
		expect(EL_DORADO.handsOf(opened)).toEqual([hand, [], null]);
		expect(EL_DORADO.handsOf(event)).toEqual([null, [], null]);
		const bid = EL_DORADO.parseEvent('bid_made', 1, PAYLOADS.bid_made)!;
		expect(EL_DORADO.handsOf(bid)).toBeNull();
		expect(EL_DORADO.openHands(bid, [hand])).toBe(bid);
	});

	it.each(TYPES)('%s with a key more, a key less, another version or in a list is refused', (type) => {
		const payload: Record<string, unknown> = PAYLOADS[type];
		const parse = (value: unknown, v = 1) => EL_DORADO.parseEvent(type, v, value);
		expect(parse({ ...payload, more: 1 })).toBeNull();
		expect(parse({ ...payload, hands: [] })).toBeNull();
		expect(parse(JSON.parse(JSON.stringify(payload).replace('{', '{"__proto__":{"by":"bot"},')))).toBeNull();
		expect(parse(Object.create(payload))).toBeNull();
		for (const key of Object.keys(payload)) {
			expect(parse(Object.fromEntries(Object.entries(payload).filter(([name]) => name !== key)))).toBeNull();
		}
		for (const v of [0, 2, 1.5, NaN, '1' as never]) expect(parse(payload, v)).toBeNull();
		expect(parse([payload])).toBeNull();
	});

	it.each<[keyof typeof PAYLOADS, Record<string, unknown>]>([
		['bid_made', { seat: 10 }],
		['bid_made', { seat: -0 }],
		['bid_made', { bid: 11 }],
		['bid_made', { bid: 0.5 }],
		['bid_made', { bid: '3' }],
		['bid_made', { by: 'owner' }],
		['bid_made', { by: undefined }],
		['card_played', { card: 'qh' }],
		['card_played', { card: 23 }],
		['card_played', { by: null }],
		['trick_taken', { card: 'QH**' }],
		['round_scored', { scores: new Array(11).fill(0) }],
		['round_scored', { scores: [1e9] }],
		['round_scored', { scores: ['5'] }],
		['round_scored', { scores: { length: 2 } }],
		['round_scored', { round: 11 }],
		['cards_dealt', { seats: 1 }],
		['cards_dealt', { seats: 11 }],
		['cards_dealt', { seats: 2 }],
		['cards_dealt', { active: new Array(1_000_000).fill(0) }],
		['cards_dealt', { active: [0, '2'] }],
		['cards_dealt', { round: 0 }],
		['cards_dealt', { cardsEach: 11 }],
		['cards_dealt', { trumpCard: null }],
	])('%s with %j is refused', (type, wrong) => {
		expect(EL_DORADO.parseEvent(type, 1, { ...PAYLOADS[type], ...wrong })).toBeNull();
	});

	it('events of other types are not ours', () => {
		for (const type of ['seat_taken', '', '__proto__', 'constructor']) {
			expect(EL_DORADO.parseEvent(type, 1, {})).toBeNull();
		}
	});

	it('hostile payloads never throw', () => {
		fc.assert(
			fc.property(fc.constantFrom(...TYPES, 'x'), fc.anything(), hostile, (type, v, payload) => {
				expect(EL_DORADO.parseEvent(type, v as number, payload)).toBeNull();
				const mixed = { ...PAYLOADS[type as 'bid_made'], ...(payload as object) };
				EL_DORADO.parseEvent(type, 1, mixed);
			}),
			{ numRuns: 500 },
		);
	});
});

describe('commands of El Dorado', () => {
	it('are taken by shape; which bid or card it is, is refused with its code later', () => {
		expect(EL_DORADO.parseCommand({ type: 'make_bid', bid: 99 })).toEqual({ type: 'make_bid', bid: 99 });
		expect(EL_DORADO.parseCommand({ type: 'play_card', card: 999 })).toEqual({
			type: 'play_card',
			card: 999,
		});
	});

	it('from outside never say that a stand-in made them', () => {
		expect(EL_DORADO.parseCommand({ type: 'make_bid', bid: 1, by: 'bot' })).toBeNull();
	});

	it('of another shape are none', () => {
		for (const input of [
			null,
			'make_bid',
			[],
			{},
			{ type: 'make_bid' },
			{ type: 'make_bid', bid: '1' },
			{ type: 'make_bid', bid: 0.5 },
			{ type: 'make_bid', card: 1 },
			{ type: 'play_card', bid: 1 },
			{ type: 'play_card', card: 'QH' },
			{ type: 'play_card', card: 2 ** 60 },
			{ type: 'play_card', card: 1, seat: 2 },
			JSON.parse('{"type":"play_card","card":1,"__proto__":{}}'),
		]) {
			expect(EL_DORADO.parseCommand(input)).toBeNull();
		}
	});

	it('hostile commands never throw, neither when read nor when decided, and change nothing', () => {
		const before = JSON.stringify(PLAYING);
		const command = fc.oneof(
			hostile,
			fc.record({ type: fc.constantFrom('make_bid', 'play_card'), bid: fc.anything(), card: fc.anything() }),
		);
		fc.assert(
			fc.property(command, fc.oneof(fc.integer(), fc.anything()), (input, seat) => {
				EL_DORADO.parseCommand(input);
				const decision = EL_DORADO.decide(PLAYING, input as ElDoradoCommand, seat as never);
				if (!decision.ok) expect(REFUSAL_CODES).toContain(decision.code);
				else expect(seat).toBe(0);
			}),
			{ numRuns: 1000 },
		);
		expect(JSON.stringify(PLAYING)).toBe(before);
	});

	it('a seat that cannot even be looked up is not seated (seed -469831322)', () => {
		const seat = { toString: 0 } as never;
		const decision = EL_DORADO.decide(PLAYING, { type: 'make_bid', bid: 0 }, seat);
		expect(decision).toEqual({ ok: false, code: 'not_seated' });
	});
});

describe('options of El Dorado', () => {
	it('are the default when nothing was chosen', () => {
		expect(EL_DORADO.defaultOptions()).toEqual({
			v: 2,
			mode: 'cards',
			hook: false,
			trumpLead: 'broken',
			scoring: 'eldorado',
		});
		const parsed = EL_DORADO.parseOptions(EL_DORADO.defaultOptions());
		expect(parsed).toEqual({ ok: true, value: EL_DORADO.defaultOptions() });
	});

	it('of version 1, before there was a keeper, are lifted to play with cards', () => {
		const first = { v: 1, hook: true, trumpLead: 'free', scoring: 'ten-plus' };
		expect(EL_DORADO.parseOptions(first)).toEqual({ ok: true, value: { ...first, v: 2, mode: 'cards' } });
		expect(EL_DORADO.parseOptions({ ...first, mode: 'keeper' })).toMatchObject({ ok: false });
	});

	it('of another shape are refused', () => {
		const good = EL_DORADO.defaultOptions();
		for (const input of [
			null,
			[],
			{},
			{ ...good, v: 3 },
			{ ...good, mode: 'online' },
			{ ...good, hook: 1 },
			{ ...good, trumpLead: 'never' },
			{ ...good, scoring: 'toString' },
			{ ...good, more: true },
		]) {
			expect(EL_DORADO.parseOptions(input)).toEqual({ ok: false, code: 'invalid_options' });
		}
		fc.assert(fc.property(hostile, (input) => !EL_DORADO.parseOptions(input).ok));
	});
});

describe('the registry of games', () => {
	it('knows El Dorado, and says so when it does not know a game', () => {
		expect(gameOf('el_dorado')).toBe(EL_DORADO);
		expect(GAMES.every((game) => gameOf(game.variant) === game)).toBe(true);
		expect(gameOf('chess' as never)).toBeNull();
	});

	it('gives games that play by the interface alone', () => {
		expect(playGame({ seed: 1, seats: 4 }).over).toBe(true);
	});
});
