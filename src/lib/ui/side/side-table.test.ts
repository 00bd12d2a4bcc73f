import { describe, expect, it } from 'vitest';
import { chooseNow } from '../../bots/answer.ts';
import { createInlineRunner } from '../../bots/runner.ts';
import type { SeatIndex, Variant } from '../../game/game.ts';
import { parseNotation } from '../../game/game-notation.ts';
import { createReplay } from '../../game/replay.ts';
import { toSeat } from '../../game/seats.ts';
import { DANA, HOST, openTable } from '../../game/testing.ts';
import type { Command } from '../../game/table-types.ts';
import { loadGame } from '../../games/load.ts';
import { EL_DORADO } from '../../games/el-dorado/index.ts';
import { createFakeClock } from '../../room/clock.ts';
import { playedTable } from '../../stats/testing.ts';
import { timelineOf } from '../../stats/timeline.ts';
import { branchAt, sameDeal, seatsOfSameDeal, seatsToPlayOn, type Branch, type Recorded } from './branch.ts';
import { compare } from './compare.ts';
import { dealOf, resultOf, resultsIn } from './known-results.ts';
import { SideTable } from './side-table.ts';

const FACE = { name: 'Ada', color: 2, avatar: 5 };

function recorded({
	table,
	events,
}: {
	readonly table: { readonly game: Recorded['game'] };
	readonly events: Recorded['events'];
}): Recorded {
	return { game: table.game, events, replay: createReplay(table.game, events) };
}
const played = (variant: Variant, seed: number, seats = 4): Recorded =>
	recorded(playedTable(variant, seed, variant === 'el_dorado' ? { seats } : {}));

/** Opens a side table and plays the seat as a club bot would, to the end of the game or for so many of its moves. */
async function playOn(branch: Branch, moves = Infinity) {
	const clock = createFakeClock();
	const client = new SideTable({
		branch,
		level: 'club',
		face: FACE,
		seed: 7,
		bots: createInlineRunner(),
		clock,
	});
	const dealt: string[] = [];
	let deal = -1;
	let made = 0;
	for (let step = 0; step < 20_000 && made < moves; step++) {
		const { view, stage } = client.snapshot;
		if (stage === 'finished' || view === null) break;
		const inner = client.state.inner;
		if (inner !== null && inner.deal !== deal && 'hands' in inner) {
			deal = inner.deal;
			dealt.push(JSON.stringify(inner.hands));
		}
		const isAsked = view.turn === branch.seat || client.state.inner?.pending?.includes(branch.seat) === true;
		const command: Command | null = isAsked
			? chooseNow({ variant: view.variant, view, level: 'club', seed: step })
			: view.phase === 'dealing'
				? { type: 'continue' }
				: null;
		if (command !== null) {
			expect(await client.send(command)).toEqual({ ok: true });
			made += isAsked ? 1 : 0;
		}
		await clock.advance(2_000);
	}
	return { client, clock, dealt };
}

const dealsOf = ({ game, events }: Recorded) =>
	events.flatMap((event) => (event.type === 'cards_dealt' ? [JSON.stringify(game.handsOf(event))] : []));

describe('what if', () => {
	it.each(['el_dorado', 'israeli_whist'] as const)(
		'goes on from any point of a game of %s to its end, and leaves the record as it was',
		async (variant) => {
			const record = played(variant, 3);
			const before = JSON.stringify(record.events);
			const { stops, last } = timelineOf(record.events);
			const places = [stops[1], stops[Math.floor(stops.length * 0.4)], stops[Math.floor(stops.length * 0.9)]];
			for (const at of places) {
				const [seat = toSeat(0)] = seatsToPlayOn(record.game, record.replay.at(at ?? last));
				const branch = branchAt(record, at ?? last, seat);
				if (branch === null) throw new Error(`position ${at} can be played on from`);
				const { client, clock } = await playOn(branch);
				expect(client.snapshot.stage).toBe('finished');
				expect(client.snapshot.you.seat).toBe(seat);
				expect(client.snapshot.you.face).toEqual(FACE);
				client.close();
				expect(clock.waiting).toBe(0);
			}
			expect(JSON.stringify(record.events)).toBe(before);
		},
	);

	it('begins with the very hands, tricks and totals of that moment', () => {
		const record = played('el_dorado', 5, 6);
		const { rounds } = timelineOf(record.events);
		const at = rounds[2]?.tricks[3]?.to ?? 0;
		const then = record.replay.at(at);
		for (const seat of seatsToPlayOn(record.game, then)) {
			const branch = branchAt(record, at, seat);
			if (branch === null) throw new Error('every seat of the round can be played on');
			const client = new SideTable({
				branch,
				level: 'novice',
				face: FACE,
				seed: 1,
				bots: createInlineRunner(),
				clock: createFakeClock(),
			});
			expect(client.snapshot.view).toEqual(then.inner === null ? null : record.game.view(then.inner, seat));
			client.close();
		}
	});

	it.each(['el_dorado', 'israeli_whist'] as const)(
		'gives the later rounds of a game of %s the cards that they had, as far as they are known',
		async (variant) => {
			const record = played(variant, 5);
			const at = timelineOf(record.events).rounds[0]?.tricks[3]?.to ?? 0;
			const later = { ...record, events: record.events.slice(at) };
			const branch = branchAt(record, at, toSeat(1));
			if (branch === null) throw new Error('a round can be played on from');
			const { client, dealt } = await playOn(branch);
			client.close();
			// The first are the hands of the moment itself.
			const [, ...after] = dealt;
			expect(after.length).toBeGreaterThan(0);
			expect(after.filter((hands) => dealsOf(later).includes(hands)).length).toBeGreaterThanOrEqual(
				Math.min(after.length, dealsOf(later).length),
			);
			const rest = record.events.map((event, place) =>
				place > at && event.type === 'cards_dealt'
					? record.game.openHands(event, [null, null, null, null])
					: event,
			);
			expect(branchAt({ ...record, events: rest }, at, toSeat(1))?.deals.size).toBe(0);
		},
	);

	it('is not to be had of a game that is over, of a seat that was not dealt in, or where a hand is closed', () => {
		const record = played('el_dorado', 2);
		expect(branchAt(record, record.replay.length, toSeat(0))).toBeNull();
		const { rounds } = timelineOf(record.events);
		const at = rounds[1]?.tricks[2]?.to ?? 0;
		expect(branchAt(record, at, toSeat(9))).toBeNull();
		const events = record.events.map((event) =>
			event.type === 'cards_dealt' ? record.game.openHands(event, [null, null, null, null]) : event,
		);
		const closed = { ...record, events, replay: createReplay(record.game, events) };
		expect(branchAt(closed, at, toSeat(0))).toBeNull();
		expect(seatsOfSameDeal(closed)).toEqual([]);
	});

	it('ends at once when it is closed, in the middle of a thought', async () => {
		const record = played('el_dorado', 2);
		const branch = branchAt(record, timelineOf(record.events).stops[3] ?? 0, toSeat(0));
		if (branch === null) throw new Error('there is a game to go on with');
		const { client, clock } = await playOn(branch, 1);
		let heard = 0;
		client.subscribe(() => heard++);
		client.close();
		await clock.advance(60_000);
		expect(heard).toBe(0);
		expect(await client.send({ type: 'continue' })).toEqual({ ok: false, code: 'game_over' });
	});
});

describe('the same deal', () => {
	it.each([
		['el_dorado', 4],
		['el_dorado', 10],
		['israeli_whist', 4],
	] as const)('of a game of %s gives every seat the cards it had, in every round', async (variant, seats) => {
		const record = played(variant, 8, seats);
		expect(seatsOfSameDeal(record)).toHaveLength(seats);
		const seat = toSeat(seats - 1);
		const branch = sameDeal(record, seat);
		if (branch === null) throw new Error('its cards are all known');
		const { client, dealt } = await playOn(branch);
		expect(client.snapshot.stage).toBe('finished');
		const known = dealsOf(record);
		expect(dealt.length).toBeGreaterThan(0);
		for (const hands of dealt) expect(known).toContain(hands);
		const compared = compare(branch.record, client.state, seat, 1);
		expect(compared.rounds.length).toBeGreaterThan(0);
		for (const round of compared.rounds) expect(round.record, `round ${round.round}`).not.toBeNull();
		const totals = record.game.totals(branch.record.inner ?? fail());
		expect(compared.record.total).toBe(totals[seat]);
		expect(compared.yours.total).toBe(
			client.state.inner ? record.game.totals(client.state.inner)[seat] : NaN,
		);
	});

	it.each([
		['el_dorado', 4],
		['israeli_whist', 4],
	] as const)(
		'of a game of %s can be sent on as it was played here: one person among bots, and the same cards',
		async (variant, seats) => {
			const record = played(variant, 8, seats);
			const seat = toSeat(1);
			const branch = sameDeal(record, seat);
			if (branch === null) throw new Error('its cards are all known');
			const { client } = await playOn(branch);
			const text = client.notation('2026-01-02T03:04:05.000Z') ?? '';
			const read = await parseNotation(text, loadGame);
			if (!read.ok) throw new Error(`line ${read.error.line}: ${read.error.code}`);
			const again = recorded({ table: read, events: read.events });
			expect(resultsIn(again, () => false)).toEqual([
				resultOf(client.state, dealOf(record) ?? fail(), seat, false),
			]);
			expect(resultsIn(again, () => false)[0]).toMatchObject({ face: FACE, level: 'club' });
		},
	);

	it('leaves out of each round whoever was absent from it', async () => {
		const table = openTable({ game: EL_DORADO, rules: { seats: 4 } });
		table.sit(DANA);
		table.addBot(2);
		table.addBot(3);
		table.take(HOST, { type: 'start_game' });
		table.playUntil(({ revealedRounds }) => revealedRounds === 2);
		table.take(DANA, { type: 'leave_seat' });
		table.playUntil(({ revealedRounds }) => revealedRounds === 5);
		table.take(DANA, { type: 'return_to_seat' });
		table.playUntil(({ stage }) => stage === 'finished');
		const record = recorded({ table: table.table, events: table.events });
		const seat: SeatIndex = toSeat(0);
		expect(seatsOfSameDeal(record)).not.toContain(toSeat(1));
		expect(sameDeal(record, toSeat(1))).toBeNull();
		const branch = sameDeal(record, seat);
		if (branch === null) throw new Error('the others were there all the time');
		const { dealt } = await playOn(branch);
		expect(dealt).toHaveLength(10);
		for (const hands of dealt) expect(dealsOf(record)).toContain(hands);
	});
});

function fail(): never {
	throw new Error('a game that was played has a state');
}
