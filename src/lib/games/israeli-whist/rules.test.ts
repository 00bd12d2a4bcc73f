import { describe, expect, it } from 'vitest';
import { RANKS } from '../../cards/card.ts';
import { formatCard } from '../../cards/notation.ts';
import { ISRAELI_WHIST } from './index.ts';
import { SEATS, trumpSuitOf } from './state.ts';
import { Trial, callNamed, cardNamed, entry, handNamed, startOf } from './testing.ts';
import type { IsraeliWhistCommand } from './types.ts';

const call = (name: string): IsraeliWhistCommand => ({ type: 'make_call', bid: callNamed(name) });
const contract = (n: number): IsraeliWhistCommand => ({ type: 'make_contract', contract: n });
const play = (name: string): IsraeliWhistCommand => ({ type: 'play_card', card: cardNamed(name) });
const pass = (names: string): IsraeliWhistCommand => ({ type: 'pass_cards', cards: handNamed(names) });

/** Each seat holds one suit: clubs, diamonds, hearts, spades. */
const SUITED = ['C', 'D', 'H', 'S'].map((suit) => RANKS.map((rank) => rank + suit).join(' '));

describe('1 the round', () => {
	it('1.1 the deal moves one seat to the left each round, and rounds count from 1', () => {
		const table = new Trial({ end: { type: 'rounds', rounds: 5 } }, 2);
		const seen: unknown[] = [];
		for (let round = 0; round < 5; round += 1) {
			table.deal(round).calls('5S - - -').contracts(5, 0, 0, 0).playOut();
			seen.push([table.state.round, table.state.dealer]);
		}
		expect(seen).toEqual([
			[1, 2],
			[2, 3],
			[3, 0],
			[4, 1],
			[5, 2],
		]);
	});

	it('1.2 cards go one at a time from the dealer’s left, thirteen to each seat', () => {
		const table = new Trial({}, 3).deal(SUITED);
		expect(table.state.hands.map((hand) => hand?.map(formatCard).join(' '))).toEqual(SUITED);
		expect(table.state.turn).toBe(0);
		expect(table.state.phase).toBe('auction');
	});
});

describe('2 the auction', () => {
	it('2.1 begins at the dealer’s left and goes clockwise', () => {
		const table = new Trial({}, 1).deal();
		expect(table.state.turn).toBe(2);
		expect(table.calls('-').state.turn).toBe(3);
		expect(table.refusal(1, call('5C'))).toBe('not_your_turn');
	});

	it('2.2 a bid is a higher number, or the same number in a higher strain', () => {
		const table = new Trial().deal().calls('6D');
		const refused = (name: string) => table.refusal(2, call(name));
		expect(['5NT', '6C', '6D'].map(refused)).toEqual(['bid_not_higher', 'bid_not_higher', 'bid_not_higher']);
		expect(['6H', '6S', '6NT', '7C', '13NT'].map(refused)).toEqual([null, null, null, null, null]);
		expect(['4NT', '0C', '1S'].map(refused)).toEqual(Array(3).fill('bid_below_minimum'));
		expect(refused('14C')).toBe('invalid_bid');
	});

	it('2.3 three passes after a bid end it, and who passed may bid again until then', () => {
		const table = new Trial().deal().calls('- 5H - - 5S - -');
		expect(table.state.turn).toBe(0);
		table.calls('6C - - -');
		expect(table.state).toMatchObject({ phase: 'contracts', declarer: 0, trump: 'clubs', winningBid: 6 });
	});

	it('2.3 with passIsFinal a pass is for good: the seat is stepped over', () => {
		const table = new Trial({ passIsFinal: true }).deal().calls('5C - 5D -');
		expect(table.state.turn).toBe(1);
		table.calls('6C');
		expect(table.state.turn).toBe(3);
		table.calls('-');
		expect(table.state).toMatchObject({ phase: 'contracts', declarer: 1, winningBid: 6 });
	});

	it('2.3 with passIsFinal the last seat that is left wins with any bid', () => {
		const table = new Trial({ passIsFinal: true }).deal().calls('- - - 5C');
		expect(table.state).toMatchObject({ phase: 'contracts', declarer: 0 });
	});

	it('2.3 thirteen no-trump ends the auction at once', () => {
		const table = new Trial().deal().calls('- 13NT');
		expect(table.state).toMatchObject({ phase: 'contracts', declarer: 2, trump: 'no_trump', winningBid: 13 });
		expect(ISRAELI_WHIST.view(new Trial().deal().calls('13S').state, SEATS[2]!).legalBids).toEqual([
			{ amount: 13, strain: 'no_trump' },
		]);
	});

	it('2.4 four passes are a frisch; the minimum rises by one and the dealer’s left speaks again', () => {
		const table = new Trial({}, 1).deal();
		for (const [frischs, minimum] of [
			[1, 6],
			[2, 7],
			[3, 8],
		]) {
			table.calls('- - - -');
			expect(table.state).toMatchObject({ phase: 'frisch', frischs });
			table.passFirstThree();
			expect(table.state).toMatchObject({ phase: 'auction', turn: 2, calls: [] });
			expect(ISRAELI_WHIST.view(table.state, SEATS[2]!).minimum).toBe(minimum);
			expect(ISRAELI_WHIST.view(table.state, SEATS[2]!).legalBids[0]).toEqual({
				amount: minimum,
				strain: 'clubs',
			});
		}
		expect(table.refusal(2, call('7NT'))).toBe('bid_below_minimum');
		expect(table.refusal(2, call('8C'))).toBe(null);
	});

	it('2.4 nobody sees what comes before all four have chosen, in any order', () => {
		const table = new Trial({}, 3).deal(SUITED).calls('- - - -');
		table.take(2, pass('2H 3H 4H')).take(0, pass('2C 3C 4C')).take(3, pass('2S 3S 4S'));
		expect(table.state.hands.map((hand) => hand?.map(formatCard).join(' '))).toEqual(SUITED);
		expect(table.state.pending).toEqual([1]);
		expect(table.refusal(0, pass('5C 6C 7C'))).toBe('not_your_turn');
		table.take(1, pass('2D 3D 4D'));
		expect(table.state.hands[1]?.map(formatCard).slice(-3)).toEqual(['2C', '3C', '4C']);
		const view = ISRAELI_WHIST.view(table.state, SEATS[0]!);
		expect(view.received?.map(formatCard)).toEqual(['2S', '3S', '4S']);
	});

	it('2.4 exactly three cards of one’s own hand are passed on', () => {
		const table = new Trial({}, 3).deal(SUITED).calls('- - - -');
		expect(table.refusal(0, pass('2C 3C'))).toBe('need_three_cards');
		expect(table.refusal(0, pass('2C 3C 4C 5C'))).toBe('need_three_cards');
		expect(table.refusal(0, pass('2C 2C 3C'))).toBe('need_three_cards');
		expect(table.refusal(0, pass('2C 3C 2D'))).toBe('card_not_in_hand');
		expect(table.refusal(0, pass('2C 3C 4C*'))).toBe('unknown_card');
		expect(table.refusal(0, call('6C'))).toBe('invalid_phase');
	});

	it.each([
		['left', [1, 1, 1]],
		['right', [3, 3, 3]],
		['across', [2, 2, 2]],
		['rotate', [1, 2, 3]],
	] as const)('2.4 frischDirection %s gives to the seat so many places to the left', (direction, places) => {
		const table = new Trial({ frischDirection: direction }).deal();
		for (const steps of places) {
			table.calls('- - - -');
			expect(ISRAELI_WHIST.view(table.state, SEATS[0]!).frisch?.to).toBe(steps);
			const given = (table.state.hands[0] ?? []).slice(0, 3);
			table.passFirstThree();
			expect(table.state.hands[steps]?.slice(-3)).toEqual(given);
		}
	});

	it('2.5 one more all-pass makes the round void: the same dealer, the same number, no score', () => {
		const table = new Trial({ maxFrisch: 1 }, 2).deal().calls('- - - -').passFirstThree().calls('- - - -');
		expect(table.state).toMatchObject({ phase: 'dealing', round: 1, sheet: [], totals: [0, 0, 0, 0] });
		table.deal(2);
		expect(table.state).toMatchObject({ round: 1, dealer: 2, deal: 2, frischs: 0, turn: 3 });
	});

	it('2.5 without any frisch four passes are void at once', () => {
		const table = new Trial({ maxFrisch: 0 }).deal().calls('- - - -');
		expect(table.events.at(-1)).toEqual({ type: 'round_passed_out', round: 1 });
	});
});

describe('3 contracts', () => {
	const won = () => new Trial({}, 3).deal(SUITED).calls('- 6H - - -');

	it('3.1 the declarer names at least its winning number, the others what they like', () => {
		const table = won();
		expect(table.state.turn).toBe(1);
		expect([5, 6, 13].map((n) => table.refusal(1, contract(n)))).toEqual(['contract_below_bid', null, null]);
		expect([-1, 14, 6.5, Number.NaN].map((n) => table.refusal(1, contract(n)))).toEqual(
			Array(4).fill('invalid_bid'),
		);
		table.contracts(6);
		expect(table.state.turn).toBe(2);
		expect([0, 13].map((n) => table.refusal(2, contract(n)))).toEqual([null, null]);
		expect(table.refusal(1, contract(7))).toBe('not_your_turn');
	});

	it('3.2 the declarer’s right speaks last and may not make it thirteen', () => {
		const table = won().contracts(6, 2, 1);
		expect(table.state.turn).toBe(0);
		const view = ISRAELI_WHIST.view(table.state, SEATS[0]!);
		expect(view.forbiddenContract).toBe(4);
		expect(view.legalContracts).toEqual([0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
		expect(table.refusal(0, contract(4))).toBe('total_thirteen');
	});

	it('3.2 nothing is forbidden when the first three exceed thirteen', () => {
		const view = ISRAELI_WHIST.view(won().contracts(6, 6, 2).state, SEATS[0]!);
		expect(view.forbiddenContract).toBeNull();
		expect(view.legalContracts).toHaveLength(14);
	});

	it('3.2 a last contract of 0 is forbidden when the first three make thirteen', () => {
		const table = won().contracts(6, 6, 1);
		expect(table.refusal(0, contract(0))).toBe('total_thirteen');
		expect(table.refusal(0, contract(1))).toBeNull();
	});

	it('3.3 above thirteen is over, below is under', () => {
		expect(ISRAELI_WHIST.view(won().contracts(6, 3, 3, 2).state, null).type).toBe('over');
		expect(ISRAELI_WHIST.view(won().contracts(6, 3, 3, 0).state, null).type).toBe('under');
		expect(ISRAELI_WHIST.view(won().contracts(6, 3, 3).state, null).type).toBeNull();
	});
});

describe('4 play', () => {
	/** North of nothing: seat 1 declares hearts; seat 0 is void in hearts. */
	const HANDS = [
		'AS KS QS JS TS 9S 8S 7S 6S 5S 4S 3S 2C',
		'AH KH QH JH TH 9H 8H AC KC QC JC TC 2S',
		'7H 6H 5H AD KD QD JD TD 9D 8D 7D 6D 3C',
		'4H 3H 2H 5D 4D 3D 2D 9C 8C 7C 6C 5C 4C',
	];
	const dealt = () => new Trial({}, 3).deal(HANDS).calls('- 7H - - -').contracts(8, 2, 0, 2);

	it('4.1 the declarer leads, and the winner of a trick leads the next', () => {
		const table = dealt();
		expect([table.state.leader, table.state.turn]).toEqual([1, 1]);
		table.take(1, play('2S')).take(2, play('3C')).take(3, play('4C')).take(0, play('3S'));
		expect(table.state.tricks.at(-1)).toMatchObject({ winner: 0, winningCard: cardNamed('3S') });
		expect(table.state.turn).toBe(0);
	});

	it('4.1 a suit that is held must be followed; a void hand may play anything', () => {
		const table = dealt().take(1, play('AC'));
		expect(table.refusal(2, play('AD'))).toBe('must_follow_suit');
		expect(table.refusal(2, play('AC'))).toBe('card_not_in_hand');
		expect(table.refusal(3, play('4C'))).toBe('not_your_turn');
		table.take(2, play('3C')).take(3, play('4C')).take(0, play('2C'));
		table.take(1, play('KC'));
		expect(table.refusal(2, play('AD'))).toBeNull();
		expect(table.refusal(2, play('5H'))).toBeNull();
	});

	it('4.1 the highest trump takes the trick, without one the highest of the led suit', () => {
		const table = dealt().take(1, play('AC')).take(2, play('3C')).take(3, play('4C')).take(0, play('2C'));
		table.take(1, play('KC')).take(2, play('5H')).take(3, play('5C')).take(0, play('AS'));
		expect(table.state.tricks.map(({ winner }) => winner)).toEqual([1, 2]);
	});

	it('4.1 trump may be led at any time', () => {
		expect(dealt().refusal(1, play('AH'))).toBeNull();
	});

	it('4.1 in no-trump no suit beats the one that was led', () => {
		const table = new Trial({}, 3).deal(HANDS).calls('- 7NT - - -').contracts(8, 2, 0, 2);
		expect(trumpSuitOf(table.state)).toBe(-1);
		table.take(1, play('2S')).take(2, play('7H')).take(3, play('4H')).take(0, play('3S'));
		expect(table.state.tricks[0]?.winner).toBe(0);
	});

	it('4.1 thirteen tricks are played and scored', () => {
		const table = dealt().playOut();
		const row = table.state.sheet[0];
		expect(row?.tricks.reduce((sum, tricks) => sum + tricks, 0)).toBe(13);
		expect(row).toMatchObject({ round: 1, declarer: 1, trump: 'hearts', winningBid: 7, type: 'under' });
	});
});

describe('5 the score', () => {
	/** Section 6, declarer first. */
	it.each([
		[[5, 3, 3, 3], [4, 3, 3, 3], 'over', [-10, 19, 19, 19]],
		[[6, 0, 4, 2], [6, 0, 4, 3], 'under', [46, 50, 26, -10]],
		[[7, 0, 4, 5], [7, 1, 2, 3], 'over', [59, -50, -20, -20]],
		[[5, 0, 0, 6], [5, 0, 2, 6], 'under', [35, 50, -40, 46]],
		[[8, 4, 2, 0], [8, 4, 1, 0], 'over', [74, 26, -10, 25]],
	])('6 contracts %j with tricks %j are %s and score %j', (contracts, tricks, type, scores) => {
		const table = new Trial({ mode: 'keeper' }).take(0, entry(0, contracts)).claims(...tricks);
		table.take(0, { type: 'score_round' });
		expect(table.state.sheet[0]).toMatchObject({ type, scores, totals: scores });
	});

	it('5.4 a game of so many rounds ends with the last of them', () => {
		const table = new Trial({ end: { type: 'rounds', rounds: 2 } });
		table.deal(1).calls('5S - - -').contracts(5, 0, 0, 0).playOut();
		expect(table.state.over).toBe(false);
		table.deal(2).calls('5S - - -').contracts(5, 0, 0, 0).playOut();
		expect(table.state).toMatchObject({ over: true, phase: 'over' });
		expect(table.refusal(0, call('5C'))).toBe('game_over');
		const best = Math.max(...table.totals);
		expect(ISRAELI_WHIST.view(table.state, null).winners.map((seat) => table.totals[seat])).toContain(best);
	});

	it('5.4 a game to a score ends with the round in which somebody reaches it', () => {
		const table = new Trial({ mode: 'keeper', end: { type: 'score', score: 70 } });
		const score = (...tricks: number[]) =>
			table
				.take(0, entry(0, [5, 3, 3, 3]))
				.claims(...tricks)
				.take(0, { type: 'score_round' });
		expect(score(5, 3, 3, 2).totals).toEqual([35, 19, 19, -10]);
		expect(ISRAELI_WHIST.view(table.state, null).endReached).toBe(false);
		expect(score(5, 4, 2, 2).totals[0]).toBe(70);
		expect(ISRAELI_WHIST.view(table.state, null).endReached).toBe(true);
	});

	it('5.4 the admin ends a game: between rounds at once, else with the round under way', () => {
		const rested = new Trial({ end: { type: 'admin' } });
		rested.deal(1).calls('5S - - -').contracts(5, 0, 0, 0).playOut();
		expect(rested.refusal(1, { type: 'finish_game' })).toBe('not_admin');
		expect(rested.take(0, { type: 'finish_game' }).state).toMatchObject({ over: true });

		const playing = new Trial({ end: { type: 'admin' } }).deal(1).calls('5S -');
		playing.take(0, { type: 'finish_game' });
		expect(playing.state).toMatchObject({ over: false, endCalled: true });
		expect(playing.refusal(0, { type: 'finish_game' })).toBe('invalid_phase');
		playing.calls('- -').contracts(5, 0, 0, 0).playOut();
		expect(playing.state.over).toBe(true);
		expect(playing.state.sheet).toHaveLength(1);
	});

	it('5.4 a tie has no single winner', () => {
		const table = new Trial({ mode: 'keeper' }).take(0, entry(0, [5, 3, 3, 3])).claims(4, 3, 3, 3);
		table.take(0, { type: 'score_round' }).take(0, { type: 'finish_game' });
		expect(ISRAELI_WHIST.view(table.state, null).winners).toEqual([1, 2, 3]);
	});

	it('5.4 a game that ends before its first score has no winner', () => {
		const state = new Trial({ end: { type: 'admin' } }).take(0, { type: 'finish_game' }).state;
		expect(ISRAELI_WHIST.view(state, null).winners).toEqual([]);
	});
});

describe('8 refusals', () => {
	it('come with their codes and leave the state untouched, whatever the command holds', () => {
		const junk = [
			null,
			undefined,
			{},
			'x',
			77,
			[],
			{ amount: 5 },
			{ amount: '5', strain: 'clubs' },
			Number.NaN,
		];
		const commands = [
			...junk,
			...junk.flatMap((value) => [
				{ type: 'make_call', bid: value === null ? 0 : value },
				{ type: 'make_call', bid: null, seat: value === undefined ? 9 : value },
				{ type: 'make_contract', contract: value },
				{ type: 'pass_cards', cards: value },
				{ type: 'pass_cards', cards: [value, value, value] },
				{ type: 'play_card', card: value },
				{ type: 'claim_trick', seat: value === undefined ? 9 : value },
				{ type: 'enter_contracts', declarer: value, strain: value, contracts: value, frischs: value },
				{ type: 'correct_round', round: value, contracts: value, tricks: value },
				{ type: 'adjust_score', seat: value, points: value },
				{ type: value },
			]),
		];
		const tables = [
			new Trial(),
			new Trial().deal(),
			new Trial().deal().calls('- - - -'),
			new Trial().deal().calls('5C - - -'),
			new Trial().deal().calls('5C - - -').contracts(5, 0, 0, 0),
			new Trial({ mode: 'keeper' }),
			new Trial({ mode: 'keeper' }).calls('5C - - -'),
			new Trial({ mode: 'keeper' }).take(0, entry(0, [5, 0, 0, 0])),
		];
		for (const { state } of tables) {
			const before = JSON.stringify(state);
			for (const command of commands) {
				for (const seat of [0, 1, 2, 3, -1, 4, 0.5, Number.NaN, '0', null]) {
					const asking = { isAdmin: true, timeMs: 0 };
					const decision = ISRAELI_WHIST.decide(state, command as never, seat as never, asking);
					expect(decision.ok, `${JSON.stringify(command)} by ${String(seat)}`).toBe(false);
				}
			}
			expect(JSON.stringify(state)).toBe(before);
		}
	});

	it('not_seated, unknown_command, game_over', () => {
		const { state } = new Trial().deal();
		expect(ISRAELI_WHIST.decide(state, call('5C'), 4 as never)).toEqual({ ok: false, code: 'not_seated' });
		expect(new Trial().refusal(0, { type: 'shuffle' } as never)).toBe('unknown_command');
		const over = new Trial({ end: { type: 'admin' } }).take(0, { type: 'finish_game' });
		expect(over.refusal(0, call('5C'))).toBe('game_over');
	});

	it('a start with other than four seats is a broken invariant', () => {
		expect(() => ISRAELI_WHIST.start(ISRAELI_WHIST.defaultOptions(), 5, SEATS[0]!)).toThrow('4 seats');
		expect(ISRAELI_WHIST.dealDue(startOf(), SEATS.slice(0, 3))).toBeNull();
	});

	it('play with cards knows no keeper’s commands', () => {
		const table = new Trial().deal().calls('5C - - -').contracts(5, 0, 0, 0);
		const kept: IsraeliWhistCommand[] = [
			{ type: 'claim_trick' },
			{ type: 'undo_trick' },
			{ type: 'score_round' },
			entry(0, [5, 0, 0, 0]),
			{ type: 'correct_round', round: 1, contracts: [5, 0, 0, 0], tricks: [13, 0, 0, 0] },
			{ type: 'adjust_score', seat: SEATS[1]!, points: -100 },
		];
		for (const command of kept) expect(table.refusal(0, command)).toBe('invalid_phase');
		expect(table.refusal(0, { ...call('5C'), seat: SEATS[1]! } as IsraeliWhistCommand)).toBe('not_admin');
	});
});
