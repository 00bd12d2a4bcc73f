import { describe, expect, it } from 'vitest';
import { openLoneHost, type LoneHost } from '../../../tests/sim/lone-host.ts';
import { gameNamed } from '../../../tests/sim/simulated-table.ts';
import { concatBytes } from '../game/bytes.ts';
import type { RefusalCode } from '../game/game.ts';
import { toSeat } from '../game/seats.ts';
import type { Command, TableState } from '../game/table-types.ts';
import type { ElDoradoState } from '../games/el-dorado/index.ts';
import { createMemoryStore } from '../store/memory.ts';
import { Guest } from './guest.ts';
import { ACTIONS_WINDOW_MS, MAX_ACTIONS, type Outcome } from './host.ts';
import type { LogOffence } from './log-book.ts';
import { openCommand } from './protocol.ts';
import { LogConflictError, type Store } from './store.ts';

const DANA = 1;

/** Dana's page as a guest of a host in the same process, over a link that can lose things. */
interface DanasPage {
	readonly guest: Guest;
	readonly store: Store;
	readonly offences: LogOffence[];
	readonly faults: unknown[];
	/** Times the host turned out to have another log of the same term. */
	readonly forgotten: { readonly count: number };
	/** Commands that left this page. */
	readonly sent: number[];
	/** Links up with a host: a whole document, then its updates. */
	connect(table: LoneHost): Promise<void>;
	disconnect(): void;
	/** What gets through from now on. */
	readonly passes: { commands: boolean; replies: boolean; updates: boolean };
}

async function openPage(table: LoneHost, store: Store = createMemoryStore()): Promise<DanasPage> {
	const identity = table.players[DANA];
	if (identity === undefined) throw new Error('Dana is somebody');
	const offences: LogOffence[] = [];
	const faults: unknown[] = [];
	const sent: number[] = [];
	const forgotten = { count: 0 };
	const passes = { commands: true, replies: true, updates: true };
	let link = 0;
	const guest = new Guest({
		gameId: table.gameId,
		identity,
		keys: table.keys,
		store,
		clock: table.clock,
		random: (length) => new Uint8Array(length).fill(7),
		gameOf: gameNamed,
		acceptsFounder: (player) => player === table.players[0]?.player,
		onChange: () => undefined,
		onOffence: (offence) => {
			if (offence !== null) offences.push(offence);
		},
		onForgotten: () => forgotten.count++,
		onFault: (error) => faults.push(error),
		onFaultOver: () => faults.splice(0),
	});
	const deliver = async (to: LoneHost, frame: Uint8Array, over: number): Promise<void> => {
		const command = await openCommand(frame, table.keys);
		if (command === null) throw new Error('a guest signs what it sends');
		sent.push(command.number);
		if (!passes.commands || over !== link) return;
		const outcome = await to.host.submit(command.body, command.player, command.number);
		if (!passes.replies || over !== link) return;
		guest.reply(command.number, outcome.ok ? null : outcome.code);
	};
	return {
		guest,
		store,
		offences,
		faults,
		sent,
		forgotten,
		passes,
		async connect(to) {
			const over = ++link;
			guest.connect(to.host.numberOf(identity.player), (frame) => void deliver(to, frame, over));
			for (const reply of to.host.repliesTo(identity.player)) guest.reply(reply.number, reply.code);
			to.host.document.onUpdate((update) => {
				if (passes.updates && over === link) guest.sync(update);
			});
			guest.sync(to.host.document.whole());
			await table.clock.settle();
		},
		disconnect() {
			link++;
			guest.disconnect();
		},
	};
}

/** A started table of host and Dana, whose page follows it; nobody has bid. */
async function atTheTable(seed: number, humans = 2): Promise<{ table: LoneHost; page: DanasPage }> {
	const table = await openLoneHost({ seed, humans, rules: { firstDealer: 'first_seat' } });
	const page = await openPage(table);
	await page.connect(table);
	await table.ask(0, { type: 'start_game' });
	await table.clock.advance(1_000);
	expect(table.host.state.inner?.turn).toBe(DANA);
	return { table, page };
}
const bid = (value: number) => ({ type: 'make_bid', bid: value }) as Command;
const face = (name: string): Command => ({ type: 'change_face', face: { name, color: 1, avatar: 1 } });
const bidShown = (state: TableState | null) => (state?.inner as ElDoradoState).seats[DANA]?.bid;
/** The outcome so far; undefined while there is none. */
function watch(outcome: Promise<Outcome>): { now: Outcome | undefined } {
	const seen: { now: Outcome | undefined } = { now: undefined };
	void outcome.then((one) => (seen.now = one));
	return seen;
}
const codeOf = (outcome: Outcome | undefined): RefusalCode | null | undefined =>
	outcome === undefined ? undefined : outcome.ok ? null : outcome.code;

describe('a guest', () => {
	it('follows the host to the end, stores what it has verified, and sees its own hand alone', async () => {
		const { table, page } = await atTheTable(1);
		await table.playUntil(({ inner }) => inner?.round === 2 && inner.phase === 'playing');
		await page.guest.idle();
		const { book } = page.guest;
		expect(book.head).toEqual(table.host.book.head);
		const hands = (state: TableState | null) => (state?.inner as ElDoradoState).hands;
		expect(hands(book.state)).toEqual([null, hands(table.host.state)[1]]);
		const stored = await page.store.events(table.gameId);
		expect(stored.map(({ envelope }) => envelope)).toEqual(table.host.book.envelopes());
		expect([page.offences, page.faults]).toEqual([[], []]);
	});

	it('takes up what it has stored, and only receives what is missing', async () => {
		const { table, page } = await atTheTable(2);
		await table.playUntil(({ inner }) => inner?.phase === 'playing');
		await page.guest.idle();
		const stored = await page.store.events(table.gameId);
		for (const kept of [0, 1, 5, stored.length]) {
			const store = createMemoryStore();
			await store.append(stored.slice(0, kept));
			const again = await openPage(table, store);
			await again.guest.resume(stored.slice(0, kept).map(({ envelope }) => envelope));
			expect(again.guest.book.length).toBe(kept);
			await again.connect(table);
			await again.guest.idle();
			expect(again.guest.book.head).toEqual(table.host.book.head);
			expect(await store.events(table.gameId)).toEqual(stored);
			expect([again.offences, again.faults]).toEqual([[], []]);
		}
	});

	it('with more than the host has keeps it: nothing is taken back, nothing written over', async () => {
		const { table, page } = await atTheTable(3);
		const earlier = table.host.document.whole();
		await table.ask(1, bid(2));
		await page.guest.idle();
		const { head, length } = page.guest.book;
		page.guest.connect(0, () => undefined);
		expect(page.guest.sync(earlier)).toBe(true);
		await page.guest.idle();
		expect([page.guest.book.head, page.guest.book.length]).toEqual([head, length]);
		expect(await page.store.events(table.gameId)).toHaveLength(length);
		expect(page.offences).toEqual([]);
	});

	it('goes on with the new document of a host that was reloaded', async () => {
		const { table, page } = await atTheTable(4);
		page.disconnect();
		const reloaded = await table.reload();
		await page.connect(reloaded);
		const outcome = watch(page.guest.send(bid(1)));
		await table.clock.advance(1_000);
		expect(codeOf(outcome.now)).toBeNull();
		await page.guest.idle();
		expect(page.guest.book.head).toEqual(reloaded.host.book.head);
		expect([page.offences, page.faults]).toEqual([[], []]);
	});

	it('tells of a host whose document does not verify, and keeps what was right', async () => {
		const { table, page } = await atTheTable(5);
		const { head } = page.guest.book;
		const stored = (await page.store.events(table.gameId)).length;
		const last = table.host.book.envelopes().at(-1) ?? new Uint8Array();
		table.host.document.push([last]);
		await page.guest.idle();
		expect(page.offences).toEqual(['wrong_index']);
		table.host.document.push([new Uint8Array(99)]);
		await page.guest.idle();
		expect(page.offences).toEqual(['wrong_index', 'malformed_envelope']);
		expect(page.guest.book.head).toEqual(head);
		expect(await page.store.events(table.gameId)).toHaveLength(stored);
		expect(page.guest.sync(concatBytes(new Uint8Array([255, 255, 255])))).toBe(false);
	});

	it('that has voted for another host takes in no more of this one until the vote can count no more', async () => {
		const { table, page } = await atTheTable(12);
		const { length } = page.guest.book;
		page.guest.promise(2, 1_000);
		await table.ask(1, bid(2));
		const later = table.host.book.envelopes(length);
		page.guest.adopt(length, later);
		await page.guest.idle();
		expect([table.host.book.length, page.guest.book.length]).toEqual([length + 1, length]);
		await table.clock.advance(1_000);
		await page.guest.idle();
		expect(page.guest.book.head).toEqual(table.host.book.head);
		expect([page.offences, page.faults]).toEqual([[], []]);
	});

	it('goes on while its disk is full, and stores all of it when there is room again', async () => {
		const memory = createMemoryStore();
		let isFull = false;
		const store: Store = {
			...memory,
			append: (events) => (isFull ? Promise.reject(new Error('full')) : memory.append(events)),
		};
		const table = await openLoneHost({ seed: 6, humans: 2 });
		const page = await openPage(table, store);
		await page.connect(table);
		isFull = true;
		for (const name of ['One', 'Two', 'Three']) await table.ask(0, face(name));
		await page.guest.idle();
		expect(page.guest.book.head).toEqual(table.host.book.head);
		expect(page.faults.length).toBeGreaterThan(0);
		expect(await store.events(table.gameId)).toHaveLength(table.host.book.length - 3);
		isFull = false;
		await table.clock.advance(10_000);
		expect((await store.events(table.gameId)).map(({ envelope }) => envelope)).toEqual(
			table.host.book.envelopes(),
		);
		// The fault is over, and said to be.
		expect(page.faults).toEqual([]);
	});

	it('that is about to host takes in nothing more, and has stored all it holds', async () => {
		const memory = createMemoryStore();
		let isFull = true;
		const store: Store = {
			...memory,
			append: (events) => (isFull ? Promise.reject(new Error('full')) : memory.append(events)),
		};
		const table = await openLoneHost({ seed: 6, humans: 2 });
		const page = await openPage(table, store);
		await page.connect(table);
		await table.ask(0, face('Seen'));
		const { length } = page.guest.book;
		const rested = page.guest.rest();
		await table.ask(0, face('Too late'));
		isFull = false;
		await table.clock.advance(10_000);
		await rested;
		expect(page.guest.book.length).toBe(length);
		expect(await store.events(table.gameId)).toHaveLength(length);
	});

	it('keeps what its host has signed and forgotten, and says so', async () => {
		const { table, page } = await atTheTable(7);
		const store = createMemoryStore();
		const stored = await table.store.events(table.gameId);
		await table.ask(1, bid(2));
		await page.guest.idle();
		const { head } = page.guest.book;
		table.host.close();
		// The host's disk has lost the bid, and another was made in its place.
		await store.append(stored);
		const forgetful = await table.open(store);
		await forgetful.ask(1, bid(3));
		await page.connect(forgetful);
		await page.guest.idle();
		expect(page.guest.book.head).toEqual(head);
		expect(page.offences).toEqual(['forked_log']);
		expect(page.forgotten.count).toBe(1);
	});

	it('shows what it could not store, and tells of the fault', async () => {
		const memory = createMemoryStore();
		let isBehind = false;
		const store: Store = {
			...memory,
			append: (events) =>
				isBehind ? Promise.reject(new LogConflictError('another page')) : memory.append(events),
		};
		const table = await openLoneHost({ seed: 6, humans: 2 });
		const page = await openPage(table, store);
		await page.connect(table);
		isBehind = true;
		await table.ask(0, face('Changed'));
		await page.guest.idle();
		expect(page.guest.book.head).toEqual(table.host.book.head);
		expect(page.faults[0]).toBeInstanceOf(LogConflictError);
	});
});

describe('a move', () => {
	it('is shown at once, as pending, and settles when the log has it', async () => {
		const { table, page } = await atTheTable(10);
		page.passes.updates = false;
		page.passes.replies = false;
		const outcome = watch(page.guest.send(bid(3)));
		expect(page.guest.pending).toEqual(bid(3));
		expect([bidShown(page.guest.shown), bidShown(page.guest.book.state)]).toEqual([3, null]);
		await table.clock.advance(500);
		expect(bidShown(table.host.state)).toBe(3);
		expect(outcome.now).toBeUndefined();
		page.passes.updates = true;
		page.guest.sync(table.host.document.whole());
		await table.clock.settle();
		expect(codeOf(outcome.now)).toBeNull();
		expect(page.guest.pending).toBeNull();
		expect(bidShown(page.guest.book.state)).toBe(3);
		expect(page.guest.shown).toBe(page.guest.book.state);
	});

	it('that the rules do not allow is not shown as done, and is refused with its code', async () => {
		const { table, page } = await atTheTable(11);
		const outcome = watch(page.guest.send(bid(99)));
		expect(bidShown(page.guest.shown)).toBeNull();
		await table.clock.advance(500);
		expect(codeOf(outcome.now)).toBe('invalid_bid');
		expect(page.guest.pending).toBeNull();
	});

	it('is refused by the log alone when the answer was lost: a misplay stands there', async () => {
		const { table, page } = await atTheTable(12);
		page.passes.replies = false;
		const outcome = watch(page.guest.send(bid(99)));
		await table.clock.advance(500);
		expect(codeOf(outcome.now)).toBe('invalid_bid');
	});

	it('is shown on top of whatever comes meanwhile, and no longer once it cannot be', async () => {
		const { table, page } = await atTheTable(13);
		page.passes.commands = false;
		void page.guest.send(bid(3));
		await table.ask(0, face('Renamed'));
		await table.clock.settle();
		expect(page.guest.shown?.seats[0]).toMatchObject({ face: { name: 'Renamed' } });
		expect(bidShown(page.guest.shown)).toBe(3);
		// The stand-in was quicker.
		await table.host.submit(bid(1), table.players[DANA]?.player as never, 50);
		await table.clock.settle();
		expect(bidShown(page.guest.shown)).toBe(1);
	});

	it('of the table is not shown before the host has it', async () => {
		const { page } = await atTheTable(14);
		page.passes.commands = false;
		void page.guest.send(face('Soon'));
		expect(page.guest.shown).toBe(page.guest.book.state);
		expect(page.guest.pending).toEqual(face('Soon'));
	});
});

describe('what a guest has asked for', () => {
	it('waits for a host as long as it takes', async () => {
		const { table, page } = await atTheTable(20);
		page.disconnect();
		const outcome = watch(page.guest.send(bid(2)));
		await table.clock.advance(600_000);
		expect([outcome.now, page.sent]).toEqual([undefined, []]);
		expect(bidShown(page.guest.shown)).toBe(2);
		await page.connect(table);
		await table.clock.advance(500);
		expect(codeOf(outcome.now)).toBeNull();
		expect(bidShown(table.host.state)).toBe(2);
	});

	it('is sent again when the host has never seen it', async () => {
		const { table, page } = await atTheTable(21);
		page.passes.commands = false;
		const outcome = watch(page.guest.send(bid(2)));
		await table.clock.advance(500);
		page.disconnect();
		page.passes.commands = true;
		await page.connect(table);
		await table.clock.advance(500);
		expect(codeOf(outcome.now)).toBeNull();
		expect(page.sent).toHaveLength(2);
	});

	it('is not sent again when the host has dealt with it: the log or the kept answer settles it', async () => {
		const { table, page } = await atTheTable(22);
		page.passes.replies = false;
		page.passes.updates = false;
		const taken = watch(page.guest.send(bid(2)));
		const refused = watch(page.guest.send({ type: 'start_game' }));
		await table.clock.advance(500);
		const { length } = table.host.book;
		page.disconnect();
		page.passes.replies = true;
		page.passes.updates = true;
		await page.connect(table);
		await table.clock.settle();
		expect([codeOf(taken.now), codeOf(refused.now)]).toEqual([null, 'not_admin']);
		expect([page.sent.length, table.host.book.length]).toEqual([2, length]);
	});

	it('is settled by the log of a reloaded host even when it moved the player to another seat', async () => {
		const table = await openLoneHost({ seed: 23, humans: 2, rules: { seats: 4 } });
		const page = await openPage(table);
		await page.connect(table);
		page.passes.replies = false;
		page.passes.updates = false;
		const outcome = watch(page.guest.send({ type: 'swap_seats', a: toSeat(1), b: toSeat(3) }));
		await table.clock.advance(500);
		page.disconnect();
		page.passes.replies = true;
		page.passes.updates = true;
		const reloaded = await table.reload();
		const { length } = reloaded.host.book;
		await page.connect(reloaded);
		await table.clock.advance(500);
		expect(codeOf(outcome.now)).toBeNull();
		expect([page.sent.length, reloaded.host.book.length]).toEqual([1, length]);
	});

	it('is asked again of a reloaded host that has forgotten it', async () => {
		const { table, page } = await atTheTable(24);
		page.passes.replies = false;
		// Refused without a trace in the log, and the answer lost: only asking again can tell.
		const outcome = watch(page.guest.send({ type: 'start_game' }));
		await table.clock.advance(500);
		page.disconnect();
		page.passes.replies = true;
		await page.connect(await table.reload());
		await table.clock.advance(500);
		expect(codeOf(outcome.now)).toBe('not_admin');
		expect(page.sent).toHaveLength(2);
	});

	it('goes out no faster than the host takes it, by itself', async () => {
		const { table, page } = await atTheTable(25);
		await table.clock.advance(ACTIONS_WINDOW_MS);
		const outcomes = Array.from({ length: 12 }, (_, n) => watch(page.guest.send(face(`Face ${n}`))));
		await table.clock.advance(100);
		expect(page.sent).toHaveLength(MAX_ACTIONS);
		await table.clock.advance(3 * ACTIONS_WINDOW_MS);
		expect(outcomes.map(({ now }) => codeOf(now))).toEqual(outcomes.map(() => null));
		expect(table.host.state.seats[DANA]).toMatchObject({ face: { name: 'Face 11' } });
	});

	it('and the host found too fast is asked again by itself', async () => {
		const { table, page } = await atTheTable(26);
		await table.clock.advance(ACTIONS_WINDOW_MS);
		// Another page of Dana has used the window up, which this one cannot know.
		const { player } = table.players[DANA] ?? { player: '' as never };
		const known = table.host.numberOf(player);
		for (let n = 1; n <= MAX_ACTIONS; n++) await table.host.submit(face(`${n}`), player, known + n);
		await page.connect(table);
		await table.clock.advance(2_000);
		const outcome = watch(page.guest.send(bid(2)));
		await table.clock.advance(2 * ACTIONS_WINDOW_MS);
		expect(codeOf(outcome.now)).toBeNull();
		expect(bidShown(table.host.state)).toBe(2);
		expect(page.sent.length).toBeGreaterThan(1);
		expect(page.sent.length).toBeLessThanOrEqual(2 * MAX_ACTIONS);
	});

	it('is refused at once when too much of it waits already', async () => {
		const { page } = await atTheTable(27);
		page.disconnect();
		const outcomes = Array.from({ length: 33 }, (_, n) => watch(page.guest.send(face(`Face ${n}`))));
		await Promise.resolve();
		expect(outcomes.map(({ now }) => codeOf(now))).toEqual([
			...Array.from({ length: 32 }, () => undefined),
			'rate_limited',
		]);
	});

	it('ends with the page, which leaves no timer behind', async () => {
		const { table, page } = await atTheTable(28);
		const outcomes = Array.from({ length: 8 }, (_, n) => watch(page.guest.send(face(`Face ${n}`))));
		table.host.close();
		page.guest.close();
		await Promise.resolve();
		await table.clock.settle();
		expect(outcomes.at(-1)?.now).toMatchObject({ ok: false });
		expect(table.clock.waiting).toBe(0);
	});
});
