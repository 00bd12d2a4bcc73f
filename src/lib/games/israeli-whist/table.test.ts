/** Israeli Whist through the table around it: bots, people who choose at once, void rounds, a keeper's table. */
import { describe, expect, it } from 'vitest';
import { fold } from '../../game/replay.ts';
import { toSeat } from '../../game/seats.ts';
import { BEN, DANA, HOST, YAEL, openTable, type SampleTable } from '../../game/testing.ts';
import type { LogEvent, TableRules } from '../../game/table-types.ts';
import { ISRAELI_WHIST, type IsraeliWhistState } from './index.ts';
import { summarize } from './summary.ts';
import { entry, optionsWith } from './testing.ts';
import type { IsraeliWhistCommand, IsraeliWhistOptions } from './types.ts';

const PLAYERS = [HOST, DANA, BEN, YAEL];

function started(
	options: Partial<IsraeliWhistOptions>,
	people = 4,
	rules: Partial<TableRules> = {},
): SampleTable {
	const created = { options: optionsWith(options) };
	const table = openTable({ game: ISRAELI_WHIST, created, rules: { firstDealer: 'first_seat', ...rules } });
	PLAYERS.slice(1, people).forEach((player) => table.sit(player));
	for (let seat = people; seat < 4; seat += 1) table.addBot(seat);
	table.take(HOST, { type: 'start_game' });
	table.step();
	return table;
}
const inner = (table: SampleTable) => table.state.inner as IsraeliWhistState;
const send = (table: SampleTable, seat: number, command: IsraeliWhistCommand) =>
	table.take(PLAYERS[seat]!, command);
/** All four pass, in turn. */
function allPass(table: SampleTable): void {
	for (let call = 0; call < 4; call += 1) send(table, inner(table).turn!, { type: 'make_call', bid: null });
}
/** To the end of the round under way: the host bids, everybody else does the least. */
function playRound(table: SampleTable): void {
	const rounds = inner(table).sheet.length;
	while (inner(table).sheet.length === rounds) {
		const { phase, highest, turn, frischs } = inner(table);
		const isHosts = phase === 'auction' && highest === null && turn === 0;
		if (isHosts) send(table, 0, { type: 'make_call', bid: { amount: 5 + frischs, strain: 'clubs' } });
		else table.step();
	}
}
const threeOf = (table: SampleTable, seat: number): IsraeliWhistCommand => ({
	type: 'pass_cards',
	cards: inner(table).hands[seat]!.slice(0, 3),
});

describe('a table of Israeli Whist', () => {
	it('needs four players, no more and no fewer', () => {
		const table = openTable({ game: ISRAELI_WHIST, created: { options: optionsWith() } });
		table.sit(DANA);
		table.sit(BEN);
		expect(table.refusal(HOST, { type: 'start_game' })).toBe('need_four_players');
		const { rules } = table.state;
		const five = { type: 'set_rules', rules: { ...rules, seats: 5 }, options: optionsWith() } as const;
		expect(table.refusal(HOST, five)).toBe('invalid_options');
	});

	it('waits in a frisch for each who has not chosen, in any order', () => {
		const table = started({});
		allPass(table);
		expect(inner(table).phase).toBe('frisch');
		expect(table.step()).toMatchObject({ type: 'turn' });
		const chosen = inner(table).seats.filter(({ seat }) => !inner(table).pending.includes(seat));
		expect(chosen).toHaveLength(1);
		for (const seat of [3, 2, 1, 0]) {
			if (inner(table).pending.includes(toSeat(seat))) send(table, seat, threeOf(table, seat));
		}
		expect(inner(table)).toMatchObject({ phase: 'auction', frischs: 1 });
	});

	it('lets bots and stand-ins choose at once, whoever else is still thinking', () => {
		const table = started({}, 3);
		while (inner(table).phase === 'auction') table.step();
		expect(table.table.due(table.state)).toEqual({ type: 'act_for', seat: 3, as: 'bot' });
		table.step();
		table.fold({ type: 'seat_away', seat: toSeat(2) });
		expect(table.table.due(table.state)).toEqual({ type: 'act_for', seat: 2, as: 'stand_in' });
		table.step();
		expect(table.table.due(table.state)).toMatchObject({ type: 'turn' });
	});

	it('deals a void round again under the next key, and reveals both', () => {
		const table = started({ maxFrisch: 0 });
		allPass(table);
		expect(table.step()).toEqual({ type: 'reveal', round: 1 });
		expect(table.step()).toEqual({ type: 'deal', round: 2, decks: 1 });
		expect(inner(table)).toMatchObject({ round: 1, deal: 2, dealer: 0 });
		expect(table.state.continued).toEqual([]);
		expect(fold(ISRAELI_WHIST, table.events)).toEqual(table.state);
		expect(summarize(table.events)).toMatchObject({ rounds: 0, passedOut: 1, highlights: [] });
	});

	it('deals to a seat that was left for good, and the stand-in plays it until its player is back (10)', () => {
		const table = started({});
		table.take(DANA, { type: 'leave_seat' });
		playRound(table);
		while (inner(table).round === 1) table.step();
		expect(inner(table).seats.map(({ cardsLeft }) => cardsLeft)).toEqual([13, 13, 13, 13]);
		table.playUntil((state) => state.inner?.turn === 1);
		expect(table.table.due(table.state)).toEqual({ type: 'act_for', seat: 1, as: 'stand_in' });
		table.take(DANA, { type: 'return_to_seat' });
		expect(table.table.due(table.state)).toEqual({ type: 'turn', seat: 1 });
		playRound(table);
		expect(inner(table).sheet).toHaveLength(2);
		expect(fold(ISRAELI_WHIST, table.events)).toEqual(table.state);
	});

	it('waits for a seat that was left where the table is to wait for who is away', () => {
		const table = started({}, 4, { onAbsence: 'wait' });
		table.take(DANA, { type: 'leave_seat' });
		playRound(table);
		table.playUntil((state) => state.revealedRounds === 1);
		expect(table.table.due(table.state)).toEqual({ type: 'wait_for_players' });
		table.take(DANA, { type: 'return_to_seat' });
		expect(table.table.due(table.state)).toEqual({ type: 'deal', round: 2, decks: 1 });
	});

	it('goes back before the deal when its host is lost in a frisch', () => {
		const table = started({});
		allPass(table);
		send(table, 2, threeOf(table, 2));
		table.fold({ type: 'round_voided', round: 1 });
		expect(inner(table)).toMatchObject({ phase: 'dealing', deal: 0, round: 0 });
		expect(table.step()).toEqual({ type: 'deal', round: 1, decks: 1 });
		expect(summarize(table.events)).toMatchObject({ frischs: 0 });
	});
});

describe('a keeper’s table', () => {
	it('opens, keeps and ends a game without a single deal, and nobody’s phone acts for anybody', () => {
		const table = started({ mode: 'keeper', end: { type: 'rounds', rounds: 2 } });
		expect(inner(table)).toMatchObject({ phase: 'auction', round: 1, deal: 0, turn: 1 });
		expect(table.table.due(table.state)).toEqual({ type: 'nothing' });
		for (let round = 1; round <= 2; round += 1) {
			table.take(HOST, entry(0, [5, 3, 3, 3]));
			[4, 3, 3, 3].forEach((tricks, seat) => {
				for (let trick = 0; trick < tricks; trick += 1) send(table, seat, { type: 'claim_trick' });
			});
			send(table, 2, { type: 'score_round' });
		}
		expect(table.table.due(table.state)).toEqual({ type: 'nothing' });
		expect(table.refusal(DANA, { type: 'continue' })).toBe('invalid_phase');
		table.take(HOST, { type: 'finish_game' });
		table.playUntil(({ stage }) => stage === 'finished');
		expect(table.events.map(({ type }) => type)).not.toContain('round_revealed');
		expect(fold(ISRAELI_WHIST, table.events)).toEqual(table.state);
	});

	it('takes the admin from who hosts, and the five seconds from the host’s clock', () => {
		const table = started({ mode: 'keeper' });
		table.take(HOST, entry(0, [5, 3, 3, 3]));
		send(table, 1, { type: 'claim_trick' });
		table.pass(5_001);
		expect(table.refusal(DANA, { type: 'undo_trick' })).toBe('not_admin');
		expect(table.refusal(HOST, { type: 'undo_trick' })).toBeNull();
		send(table, 1, { type: 'claim_trick' });
		table.pass(5_000);
		expect(table.refusal(DANA, { type: 'undo_trick' })).toBeNull();
		expect(table.refusal(DANA, entry(1, [0, 5, 3, 3]))).toBe('not_admin');
	});

	it('a log from a phone folds to the same after its numbers were put right', () => {
		const table = started({ mode: 'keeper' });
		table.take(HOST, entry(0, [5, 3, 3, 3]));
		for (let trick = 0; trick < 13; trick += 1) send(table, trick % 4, { type: 'claim_trick' });
		send(table, 1, { type: 'score_round' });
		const correction = { type: 'correct_round', round: 1, contracts: [5, 3, 3, 3], tricks: [5, 3, 3, 2] };
		table.take(HOST, correction);
		table.take(HOST, { type: 'adjust_score', seat: toSeat(1), points: -100 } as LogEvent);
		expect(fold(ISRAELI_WHIST, table.events)).toEqual(table.state);
		const { players, winner } = summarize(table.events);
		expect(players.map(({ score }) => score)).toEqual([35, -81, 19, -10]);
		expect(players.map(({ contractsMade }) => contractsMade)).toEqual([1, 1, 1, 0]);
		expect(winner).toBe(0);
	});
});
