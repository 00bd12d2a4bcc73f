/**
 * Golden cases of Israeli Whist: every block of the file is put to the engine through the doors a table uses
 * (commands, events), and to the pure functions where the file asks about a position that no game leads to.
 */
import * as z from 'zod/mini';
import { RANKS, SUITS, suitIndexOf, type CardId } from '../../src/lib/cards/card.ts';
import { formatCard, parseCard } from '../../src/lib/cards/notation.ts';
import type { RefusalCode, SeatIndex } from '../../src/lib/game/game.ts';
import { bidRefusal, passesInARow } from '../../src/lib/games/israeli-whist/auction.ts';
import { contractRefusal, contractOrder } from '../../src/lib/games/israeli-whist/contracts.ts';
import { ISRAELI_WHIST, type IsraeliWhistState } from '../../src/lib/games/israeli-whist/index.ts';
import { PRESETS } from '../../src/lib/games/israeli-whist/options.ts';
import { mustFollow } from '../../src/lib/games/israeli-whist/playing.ts';
import { pointsFor, typeOf } from '../../src/lib/games/israeli-whist/scoring.ts';
import { SEATS, minimumOf, start, trumpSuitOf } from '../../src/lib/games/israeli-whist/state.ts';
import { Trial, deckOf, entry } from '../../src/lib/games/israeli-whist/testing.ts';
import {
	STRAINS,
	SUIT_STRAINS,
	type Bid,
	type Direction,
	type IsraeliWhistOptions,
	type Scoring,
} from '../../src/lib/games/israeli-whist/types.ts';
import { winningPlay } from '../../src/lib/games/trick-play/trick.ts';
import type { Tally } from './tally.ts';

const Numbers = z.array(z.number());
const CardName = z.string().check(z.refine((text) => parseCard(text) !== null, 'no such card'));
const CardNames = z.array(CardName);
const Type = z.enum(['under', 'over']);
const StrainName = z.enum(STRAINS);
const BidPair = z.tuple([z.number(), StrainName]);
const CallPair = z.union([z.literal('pass'), BidPair]);
const Step = z.strictObject({
	seat: z.number(),
	call: CallPair,
	ok: z.boolean(),
	next: z.optional(z.number()),
	passes: z.optional(z.number()),
	event: z.optional(z.enum(['FRISCH', 'REDEAL', 'TRUMP_SET'])),
	frisch: z.optional(z.number()),
	minimum: z.optional(z.number()),
	winner: z.optional(z.number()),
	bid: z.optional(BidPair),
	error: z.optional(z.string()),
	note: z.optional(z.string()),
});
const Auction = z.strictObject({ dealer: z.number(), steps: z.array(Step), end: z.string() });
const ZeroTable = z.strictObject({ zero: z.array(z.tuple([Type, z.number(), z.number()])) });
const Hands = z.array(CardNames).check(z.length(4));

/** Strict at the top and in every case: what nothing here reads would be silently unchecked. */
export const IsraeliWhistFile = z.strictObject({
	about: z.object({ rules: z.string() }),
	score_matrix: z.array(z.tuple([Type, z.number(), z.number(), z.number()])),
	rounds: z.array(
		z.strictObject({
			contracts: Numbers,
			tricks: Numbers,
			ok: z.boolean(),
			contract_sum: z.number(),
			type: z.optional(Type),
			scores: z.optional(Numbers),
			made: z.optional(z.array(z.boolean())),
			error: z.optional(z.string()),
			note: z.optional(z.string()),
		}),
	),
	trump_bids: z.array(
		z.strictObject({
			minimum: z.number(),
			highest: z.nullable(BidPair),
			bid: BidPair,
			ok: z.boolean(),
			error: z.nullable(z.string()),
		}),
	),
	contract_bids: z.array(
		z.strictObject({
			order: z.number(),
			prior: Numbers,
			declarer_min: z.number(),
			amount: z.number(),
			ok: z.boolean(),
			error: z.nullable(z.string()),
		}),
	),
	contract_order: z.array(z.strictObject({ declarer: z.number(), order: Numbers, last: z.number() })),
	auction_pass_is_final: z.array(Auction),
	auction_reentry: z.array(Auction),
	auction_reentry_nt_and_third_frisch: z.array(Auction),
	frisch_pass: z.array(
		z.strictObject({
			before: Hands,
			passed: Hands,
			expected: z.strictObject({ left: Hands, across: Hands, right: Hands }),
		}),
	),
	tricks: z.array(
		z.strictObject({ lead: z.number(), trump: StrainName, cards: CardNames, winner: z.number() }),
	),
	legal_cards: z.array(
		z.strictObject({
			hand: CardNames,
			/** null: the hand leads. */
			led: z.nullable(z.enum(SUIT_STRAINS)),
			legal: CardNames,
		}),
	),
	full_hands: z.array(
		z.strictObject({
			dealer: z.number(),
			hands: Hands,
			auction: z.array(z.tuple([z.number(), CallPair])),
			declarer: z.number(),
			trump: StrainName,
			trump_bid: z.number(),
			contracts: Numbers,
			tricks_played: z.array(z.strictObject({ lead: z.number(), cards: CardNames, winner: z.number() })),
			tricks: Numbers,
			type: Type,
			scores_standard: Numbers,
		}),
	),
	scoring_variants: z.strictObject({
		note: z.string(),
		variants: z.strictObject({
			standard: ZeroTable,
			over30: ZeroTable,
			flat_50_25: ZeroTable,
			over30_flat30: ZeroTable,
			over30_minus10_each: ZeroTable,
		}),
	}),
});
type File = z.infer<typeof IsraeliWhistFile>;
type GoldenAuction = z.infer<typeof Auction>;
type GoldenStep = z.infer<typeof Step>;

export function checkIsraeliWhist(file: File, tally: Tally): void {
	scoreMatrix(file, tally);
	rounds(file, tally);
	trumpBids(file, tally);
	contractBids(file, tally);
	contractOrders(file, tally);
	const blocks = ['auction_pass_is_final', 'auction_reentry', 'auction_reentry_nt_and_third_frisch'] as const;
	for (const block of blocks) {
		file[block].forEach((auction, at) => {
			for (const mode of ['cards', 'keeper'] as const) {
				const options = { mode, passIsFinal: block === 'auction_pass_is_final' };
				guard(tally, `${block} ${at} (${mode})`, () => checkAuction(auction, options, block, tally, at));
			}
		});
	}
	frischs(file, tally);
	tricks(file, tally);
	legalCards(file, tally);
	file.full_hands.forEach((hand, at) =>
		guard(tally, `full hand ${at}`, () => fullHand(hand, `full hand ${at}`, tally)),
	);
	zeroTables(file, tally);
}

/** A case at which the engine cannot go on counts as one mismatch. */
function guard(tally: Tally, where: string, check: () => void): void {
	try {
		check();
	} catch (error) {
		tally.check('case goes on', where, false, () => String(error));
	}
}

function scoreMatrix({ score_matrix }: File, tally: Tally): void {
	for (const [type, contract, taken, score] of score_matrix) {
		const where = `${type} ${contract} ${taken}`;
		tally.equal('score_matrix', where, pointsFor(PRESETS.standard, type, contract, taken), score);
	}
}

/** Contracts and tricks through a keeper's table, where a declarer with at least five can be found among them. */
function rounds({ rounds: cases }: File, tally: Tally): void {
	for (const { contracts, tricks: taken, ok, contract_sum, ...expected } of cases) {
		const where = `${contracts.join(' ')} / ${taken.join(' ')}`;
		const sum = contracts.reduce((total, contract) => total + contract, 0);
		tally.equal('rounds: sum', where, sum, contract_sum);
		const type = typeOf(contracts);
		tally.equal('rounds: type', where, type ?? undefined, expected.type);
		tally.equal('rounds: total of thirteen', where, type === null, !ok);
		if (type !== null) {
			const scores = contracts.map((contract, seat) =>
				pointsFor(PRESETS.standard, type, contract, taken[seat] ?? 0),
			);
			tally.equal('rounds: scores', where, scores, expected.scores);
			tally.equal(
				'rounds: made',
				where,
				contracts.map((contract, seat) => contract === taken[seat]),
				expected.made,
			);
		}
		const declarer = contracts.indexOf(Math.max(...contracts));
		if ((contracts[declarer] ?? 0) < 5) continue;
		guard(tally, where, () => {
			const table = new Trial({ mode: 'keeper' });
			tally.equal(
				'rounds: refused at a table',
				where,
				table.refusal(0, entry(declarer, contracts)),
				ok ? null : 'total_thirteen',
			);
			if (!ok) return;
			table.take(0, entry(declarer, contracts)).claims(...taken);
			table.take(1, { type: 'score_round' });
			const row = table.state.sheet[0];
			tally.equal('rounds: row', where, [row?.type, row?.scores], [expected.type, expected.scores]);
		});
	}
}

const BID_CODES: Readonly<Record<string, RefusalCode>> = {
	BELOW_MINIMUM: 'bid_below_minimum',
	NOT_HIGHER: 'bid_not_higher',
	ABOVE_13: 'invalid_bid',
};

function bidOf([amount, strain]: readonly [number, Bid['strain']]): Bid {
	return { amount, strain };
}

/** An auction under way in which so much is the minimum, and this the highest bid. */
function auctionAt(minimum: number, highest: Bid | null): IsraeliWhistState {
	return {
		...start(ISRAELI_WHIST.defaultOptions(), 4, SEATS[0] ?? (0 as SeatIndex)),
		phase: 'auction',
		frischs: minimum - 5,
		highest: highest === null ? null : { seat: 3 as SeatIndex, bid: highest },
	};
}

function trumpBids({ trump_bids }: File, tally: Tally): void {
	for (const { minimum, highest, bid, ok, error } of trump_bids) {
		const where = `minimum ${minimum}, ${String(highest)}: ${String(bid)}`;
		const state = auctionAt(minimum, highest === null ? null : bidOf(highest));
		const code = bidRefusal(state, bidOf(bid));
		tally.equal('trump_bids', where, code === null, ok);
		tally.equal('trump_bids: code', where, code, error === null ? null : BID_CODES[error]);
	}
}

const CONTRACT_CODES: Readonly<Record<string, RefusalCode>> = {
	BELOW_TRUMP_BID: 'contract_below_bid',
	OUT_OF_RANGE: 'invalid_bid',
	SUM_13: 'total_thirteen',
};

function contractBids({ contract_bids }: File, tally: Tally): void {
	for (const { order, prior, declarer_min, amount, ok, error } of contract_bids) {
		const where = `${order} after ${prior.join(' ')}, ${declarer_min}: ${amount}`;
		const seat = (order - 1) as SeatIndex;
		const before = start(ISRAELI_WHIST.defaultOptions(), 4, 0 as SeatIndex);
		const state: IsraeliWhistState = {
			...before,
			phase: 'contracts',
			declarer: 0 as SeatIndex,
			winningBid: declarer_min,
			turn: seat,
			seats: before.seats.map((one) => ({ ...one, contract: prior[one.seat] ?? null })),
			sumOfContracts: prior.reduce((sum, contract) => sum + contract, 0),
		};
		const code = contractRefusal(state, amount);
		tally.equal('contract_bids', where, code === null, ok);
		tally.equal('contract_bids: code', where, code, error === null ? null : CONTRACT_CODES[error]);
	}
}

function contractOrders({ contract_order }: File, tally: Tally): void {
	for (const { declarer, order, last } of contract_order) {
		const where = `declarer ${declarer}`;
		// The seat after the dealer wins the auction, so the dealer sits to its right.
		const table = new Trial({}, (declarer + 3) % 4).deal().calls('5C - - -');
		tally.equal('contract_order', where, contractOrder(table.state), order);
		const spoken: (SeatIndex | null)[] = [];
		for (const contract of [5, 0, 0, 0]) {
			spoken.push(table.state.turn);
			table.contracts(contract);
		}
		tally.equal('contract_order: turns', where, spoken, order);
		tally.equal('contract_order: last', where, spoken.at(-1), last);
	}
}

function checkAuction(
	{ dealer, steps, end }: GoldenAuction,
	options: Partial<IsraeliWhistOptions>,
	block: string,
	tally: Tally,
	at: number,
): void {
	const table = new Trial(options, dealer);
	if (options.mode === 'cards') table.deal(at + 1);
	steps.forEach((step, index) => {
		const where = `${at} step ${index + 1} (${options.mode ?? ''})`;
		tally.equal(`${block}: turn`, where, table.state.turn, step.seat);
		const command = { type: 'make_call', bid: step.call === 'pass' ? null : bidOf(step.call) } as const;
		if (!step.ok) {
			const untouched = JSON.stringify(table.state);
			tally.equal(
				`${block}: refusals`,
				where,
				table.refusal(step.seat, command),
				BID_CODES[step.error ?? ''],
			);
			tally.equal(`${block}: next`, where, table.state.turn, step.next);
			tally.check(
				'refusals leave the state',
				where,
				JSON.stringify(table.state) === untouched,
				() => 'it changed',
			);
			return;
		}
		const before = table.events.length;
		table.take(step.seat, command);
		const outcome = table.events[before + 1]?.type;
		tally.equal(`${block}: outcome`, where, outcome, OUTCOMES[step.event ?? 'NONE']);
		checkOutcome(table, step, block, where, tally);
	});
	tally.equal(`${block}: end`, String(at), steps.at(-1)?.event, end);
}

const OUTCOMES = {
	NONE: undefined,
	FRISCH: 'frisch_opened',
	REDEAL: 'round_passed_out',
	TRUMP_SET: 'auction_won',
} as const;

function checkOutcome(table: Trial, step: GoldenStep, block: string, where: string, tally: Tally): void {
	switch (step.event) {
		case undefined:
			tally.equal(`${block}: next`, where, table.state.turn, step.next);
			tally.equal(`${block}: passes`, where, passesInARow(table.state.calls), step.passes);
			return;
		case 'FRISCH':
			if (table.state.phase === 'frisch') table.passFirstThree();
			tally.equal(
				`${block}: frisch`,
				where,
				[table.state.frischs, minimumOf(table.state), table.state.turn],
				[step.frisch, step.minimum, step.next],
			);
			return;
		case 'REDEAL':
			tally.equal(`${block}: redeal`, where, [table.state.sheet.length, table.totals], [0, [0, 0, 0, 0]]);
			return;
		case 'TRUMP_SET':
			tally.equal(
				`${block}: winner`,
				where,
				[table.state.declarer, [table.state.winningBid, table.state.trump]],
				[step.winner, step.bid],
			);
			return;
	}
}

function frischs({ frisch_pass }: File, tally: Tally): void {
	frisch_pass.forEach(({ before, passed, expected }, at) => {
		for (const direction of ['left', 'across', 'right'] as const satisfies readonly Direction[]) {
			guard(tally, `frisch ${at} ${direction}`, () => {
				const table = new Trial({ frischDirection: direction });
				table.deal(before.map((hand) => hand.join(' '))).calls('- - - -');
				passed.forEach((cards, seat) => table.take(seat, { type: 'pass_cards', cards: cards.map(cardOf) }));
				const hands = table.state.hands.map((hand) => (hand ?? []).map(formatCard).sort());
				tally.equal('frisch_pass', `${at} ${direction}`, hands, expected[direction]);
			});
		}
	});
}

function tricks({ tricks: cases }: File, tally: Tally): void {
	for (const { lead, trump, cards, winner } of cases) {
		const plays = cards.map((name, place) => ({ seat: (lead + place) % 4, card: cardOf(name) }));
		const suit = trumpSuitOf({ ...auctionAt(5, null), trump });
		tally.equal('tricks', `${cards.join(' ')}, ${trump}`, winningPlay(plays, suit)?.seat, winner);
	}
}

function legalCards({ legal_cards }: File, tally: Tally): void {
	for (const { hand, led, legal } of legal_cards) {
		const held = hand.map(cardOf);
		const lead = led === null ? [] : [{ seat: 1 as SeatIndex, card: leadOf(led, hand) }];
		const state = { ...auctionAt(5, null), trick: lead };
		const follow = mustFollow(state, held);
		const playable = held.filter((card) => follow === null || suitIndexOf(card) === follow);
		tally.equal('legal_cards', hand.join(' '), playable.map(formatCard).sort(), [...legal].sort());
	}
}

/** A card of the suit that is not in the hand. */
function leadOf(led: (typeof SUIT_STRAINS)[number], hand: readonly string[]): CardId {
	const suit = SUITS[SUIT_STRAINS.indexOf(led)] ?? '';
	const name = RANKS.map((rank) => rank + suit).find((card) => !hand.includes(card));
	return cardOf(name ?? '');
}

function fullHand(hand: File['full_hands'][number], where: string, tally: Tally): void {
	const dealer = hand.dealer as SeatIndex;
	const table = new Trial({}, dealer);
	const deck = deckOf(
		hand.hands.map((names) => names.map(cardOf)),
		dealer,
	);
	table.fold(ISRAELI_WHIST.deal(table.state, SEATS, deck));
	tally.equal(
		'full_hands: deal',
		where,
		table.state.hands.map((cards) => cards?.map(formatCard)),
		hand.hands,
	);
	for (const [seat, call] of hand.auction) {
		tally.equal('full_hands: caller', where, table.state.turn, seat);
		table.take(seat, { type: 'make_call', bid: call === 'pass' ? null : bidOf(call) });
	}
	const { declarer, trump, winningBid } = table.state;
	tally.equal(
		'full_hands: auction',
		where,
		[declarer, trump, winningBid],
		[hand.declarer, hand.trump, hand.trump_bid],
	);
	for (const seat of contractOrder(table.state)) {
		table.take(seat, { type: 'make_contract', contract: hand.contracts[seat] ?? -1 });
	}
	hand.tricks_played.forEach((trick, at) => {
		tally.equal('full_hands: leader', `${where} trick ${at + 1}`, table.state.leader, trick.lead);
		for (const name of trick.cards) {
			table.take(table.state.turn ?? -1, { type: 'play_card', card: cardOf(name) });
		}
		tally.equal(
			'full_hands: winner',
			`${where} trick ${at + 1}`,
			table.state.tricks.at(-1)?.winner,
			trick.winner,
		);
	});
	const row = table.state.sheet[0];
	tally.equal('full_hands: tricks', where, row?.tricks, hand.tricks);
	tally.equal('full_hands: contracts', where, row?.contracts, hand.contracts);
	tally.equal('full_hands: type', where, row?.type, hand.type);
	tally.equal('full_hands: scores', where, row?.scores, hand.scores_standard);
}

const { standard, flat, 'israeli-30': israeli30 } = PRESETS;
/** Three are presets; two are what a house can make of the numbers. */
const VARIANTS: Readonly<Record<keyof File['scoring_variants']['variants'], Scoring>> = {
	standard,
	over30: israeli30,
	flat_50_25: flat,
	over30_flat30: {
		...israeli30,
		zero: { ...israeli30.zero, over: { made: 30, broken: -30, further: 0 } },
	},
	over30_minus10_each: {
		...israeli30,
		zero: {
			under: { made: 50, broken: -10, further: -10 },
			over: { made: 30, broken: -10, further: -10 },
		},
	},
};

function zeroTables({ scoring_variants: { variants } }: File, tally: Tally): void {
	for (const name of Object.keys(VARIANTS) as (keyof typeof variants)[]) {
		const options = { ...ISRAELI_WHIST.defaultOptions(), scoring: VARIANTS[name] };
		tally.check(
			'scoring_variants: options',
			name,
			ISRAELI_WHIST.parseOptions(options).ok,
			() => 'a table cannot choose them',
		);
		for (const [type, taken, score] of variants[name].zero) {
			const points = pointsFor(VARIANTS[name], type, 0, taken);
			tally.equal('scoring_variants', `${name} ${type} ${taken}`, points, score);
		}
	}
}

function cardOf(name: string): CardId {
	const card = parseCard(name);
	if (card === null) throw new Error(`no card is called ${name}`);
	return card;
}
