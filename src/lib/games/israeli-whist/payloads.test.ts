import { describe, expect, it } from 'vitest';
import { ISRAELI_WHIST } from './index.ts';
import { PRESETS, PRESET_NAMES, parseOptions, presetOf } from './options.ts';
import { cardNamed, handNamed, optionsWith } from './testing.ts';
import type { IsraeliWhistEvent } from './types.ts';

/** One payload of each event as it stands in a log: these are what old logs hold, and never change their meaning. */
const PAYLOADS: Record<IsraeliWhistEvent['type'], Record<string, unknown>> = {
	cards_dealt: { round: 1, deal: 2, dealer: 3 },
	round_opened: { round: 1, dealer: 3 },
	call_made: { seat: 1, bid: { amount: 6, strain: 'hearts' } },
	frisch_opened: { frisch: 2, direction: 'across' },
	frisch_chosen: { seat: 2 },
	cards_exchanged: { frisch: 2 },
	round_passed_out: { round: 4 },
	auction_won: { seat: 1, bid: { amount: 6, strain: 'no_trump' } },
	contract_made: { seat: 1, contract: 0 },
	contracts_entered: {
		declarer: 1,
		strain: 'clubs',
		contracts: [0, 6, 2, 1],
		frischs: 1,
		by: 0,
		at: 1_764_000_000_000,
	},
	card_played: { seat: 2, card: 'QH' },
	trick_taken: { seat: 2, card: 'QH' },
	trick_claimed: { seat: 2, at: 1_764_000_000_000 },
	trick_undone: { seat: 2, by: 0, at: 1_764_000_000_001, asAdmin: true },
	round_scored: { round: 1, scores: [-10, 19, 19, 19] },
	round_corrected: {
		round: 1,
		contracts: [5, 3, 3, 3],
		tricks: [4, 3, 3, 3],
		by: 0,
		at: 1_764_000_000_000,
	},
	score_adjusted: { seat: 1, points: -100, by: 0, at: 1_764_000_000_000 },
	end_called: { by: 0 },
};
const TYPES = Object.keys(PAYLOADS) as IsraeliWhistEvent['type'][];
const parse = (type: string, payload: unknown, v = 1) => ISRAELI_WHIST.parseEvent(type, v, payload);

describe('payloads of Israeli Whist', () => {
	it.each(TYPES)('%s reads and writes the same', (type) => {
		const event = parse(type, PAYLOADS[type]);
		expect(event?.type).toBe(type);
		expect(ISRAELI_WHIST.formatEvent(event!)).toEqual({ v: 1, payload: PAYLOADS[type] });
	});

	it.each(TYPES)(
		'%s of another version, with a key too many or too few, or of other values is none',
		(type) => {
			const payload = PAYLOADS[type];
			expect(parse(type, payload, 2)).toBeNull();
			expect(parse(type, { ...payload, more: 1 })).toBeNull();
			expect(parse(type, JSON.parse(`{"__proto__":1,${JSON.stringify(payload).slice(1)}`))).toBeNull();
			for (const key of Object.keys(payload)) {
				const { [key]: _, ...rest } = payload;
				expect(parse(type, rest), `without ${key}`).toBeNull();
				for (const value of [undefined, 'x', -0, 1.5, 99_999, {}, [], [1, 2, 3]]) {
					// A time may be any whole number.
					if (key === 'at' && value === 99_999) continue;
					expect(parse(type, { ...payload, [key]: value }), `${key}: ${JSON.stringify(value)}`).toBeNull();
				}
			}
		},
	);

	it('a stand-in and the admin are named in what they did', () => {
		const forced = { seat: 1, bid: null, by: 'forced' };
		expect(parse('call_made', forced)).toEqual({ type: 'call_made', ...forced });
		const entered = { seat: 1, contract: 4, enteredBy: 0 };
		expect(ISRAELI_WHIST.formatEvent(parse('contract_made', entered)!).payload).toEqual(entered);
		expect(parse('call_made', { ...forced, by: 'me' })).toBeNull();
		expect(parse('trick_claimed', { seat: 1, at: 1, enteredBy: 4 })).toBeNull();
	});

	it('hands and passed cards stay closed until the room opens them', () => {
		const chosen = parse('frisch_chosen', { seat: 2 })!;
		expect(ISRAELI_WHIST.faceDownOf(chosen)).toEqual({ seat: 2, cards: null });
		const open = ISRAELI_WHIST.openFaceDown(chosen, handNamed('2C 3C 4C'));
		expect(ISRAELI_WHIST.faceDownOf(open)).toEqual({ seat: 2, cards: handNamed('2C 3C 4C') });
		expect(ISRAELI_WHIST.formatEvent(open).payload).toEqual({ seat: 2 });
		for (const type of ['cards_dealt', 'cards_exchanged'] as const) {
			const event = parse(type, PAYLOADS[type])!;
			expect(ISRAELI_WHIST.handsOf(event)).toEqual([null, null, null, null]);
			const hands = [null, handNamed('2C 3C 4C'), null, null];
			expect(ISRAELI_WHIST.handsOf(ISRAELI_WHIST.openHands(event, hands))).toEqual(hands);
		}
		expect(ISRAELI_WHIST.handsOf(chosen)).toBeNull();
		expect(ISRAELI_WHIST.faceDownOf(parse('end_called', { by: 0 })!)).toBeNull();
	});

	it('commands are taken by their shape, and anything else is none', () => {
		const good = [
			{ type: 'make_call', bid: null },
			{ type: 'make_call', bid: { amount: 99, strain: 'clubs' }, seat: 2 },
			{ type: 'make_contract', contract: -3 },
			{ type: 'pass_cards', cards: [1, 2, 3] },
			{ type: 'play_card', card: cardNamed('QH') },
			{ type: 'enter_contracts', declarer: 0, strain: 'no_trump', contracts: [5, 0, 0, 0], frischs: 0 },
			{ type: 'claim_trick' },
			{ type: 'claim_trick', seat: 3 },
			{ type: 'undo_trick' },
			{ type: 'score_round' },
			{ type: 'finish_game' },
			{ type: 'correct_round', round: 1, contracts: [5, 0, 0, 0], tricks: [13, 0, 0, 0] },
			{ type: 'adjust_score', seat: 1, points: -100 },
		];
		for (const command of good) {
			expect(ISRAELI_WHIST.parseCommand(command)).toEqual(command);
			expect(ISRAELI_WHIST.parseCommand({ ...command, by: 'bot' })).toBeNull();
		}
		const bad = [
			null,
			'make_call',
			{ type: 'make_call' },
			{ type: 'make_call', bid: { amount: 5, strain: 'stars' } },
			{ type: 'make_call', bid: null, seat: 4 },
			{ type: 'make_contract', contract: '5' },
			{ type: 'pass_cards', cards: Array(14).fill(1) },
			{ type: 'pass_cards', cards: ['2C', '3C', '4C'] },
			{ type: 'play_card', card: 1.5 },
			{ type: 'enter_contracts', declarer: 4, strain: 'clubs', contracts: [5, 0, 0, 0], frischs: 0 },
			{ type: 'correct_round', round: 1, contracts: [5, 0, 0, 0, 0], tricks: [13, 0, 0, 0] },
			{ type: 'deal' },
		];
		for (const command of bad) expect(ISRAELI_WHIST.parseCommand(command)).toBeNull();
	});
});

describe('options of Israeli Whist', () => {
	it.each(PRESET_NAMES)('the preset %s is known again from its numbers', (name) => {
		const options = optionsWith({ scoring: PRESETS[name] });
		const parsed = parseOptions(JSON.parse(JSON.stringify(options)));
		expect(parsed).toEqual({ ok: true, value: options });
		expect(presetOf(parsed.ok ? parsed.value.scoring : PRESETS.flat)).toBe(name);
	});

	it('any number of a house may be edited, and is then nobody’s preset', () => {
		const scoring = { ...PRESETS.standard, missed: { base: -5, perTrick: -7 } };
		expect(parseOptions(optionsWith({ scoring })).ok).toBe(true);
		expect(presetOf(scoring)).toBeNull();
	});

	it.each([
		['no object', null],
		['another version', { ...optionsWith(), v: 2 }],
		['a mode there is not', { ...optionsWith(), mode: 'online' }],
		['four frischs', { ...optionsWith(), maxFrisch: 4 }],
		['a direction there is not', { ...optionsWith(), frischDirection: 'up' }],
		['an end of no rounds', { ...optionsWith(), end: { type: 'rounds', rounds: 0 } }],
		['an end with a key too many', { ...optionsWith(), end: { type: 'admin', rounds: 3 } }],
		['a score that is none', { ...optionsWith(), end: { type: 'score', score: 1e9 } }],
		[
			'points that are no number',
			{ ...optionsWith(), scoring: { ...PRESETS.flat, missed: { base: 0, perTrick: 'ten' } } },
		],
		[
			'points beyond reason',
			{ ...optionsWith(), scoring: { ...PRESETS.flat, missed: { base: 0, perTrick: -5_000 } } },
		],
		[
			'a missing table',
			{ ...optionsWith(), scoring: { made: PRESETS.flat.made, missed: PRESETS.flat.missed } },
		],
		['a key too many', { ...optionsWith(), hook: true }],
	])('%s is refused', (_, input) => {
		expect(parseOptions(input)).toEqual({ ok: false, code: 'invalid_options' });
	});
});
