/** Links and strangers: what a table does with pages that are not ours, and with those that come at the wrong time. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openRawPeer, type RawPeer } from '../../../tests/sim/raw-peer.ts';
import {
	openSimulatedTable,
	playUntil,
	type Device,
	type SimulatedTable,
} from '../../../tests/sim/simulated-table.ts';
import { nodeKeys } from '../../../tests/sim/node-keys.ts';
import { toSeat } from '../game/seats.ts';
import type { GameId, PlayerId, TableRules } from '../game/table-types.ts';
import { bytes32 } from '../game/testing.ts';
import { Host } from './host.ts';
import { newIdentitySeeds } from './keys.ts';
import { encodeMessage, MAX_SPECTATORS } from './protocol.ts';
import { createMemoryStore } from '../store/memory.ts';
import type { Store } from './store.ts';
import { TableDocument } from './table-document.ts';

const takeSeat = (name = 'Mallory') => ({
	type: 'take_seat',
	seat: null,
	face: { name, color: 0, avatar: 0 },
	boxKey: bytes32(7),
	contribution: bytes32(8),
});
const hostOf = ({ host }: SimulatedTable) => host.session.snapshot;
const everybody = () => true;
const kindsOf = (table: SimulatedTable) => hostOf(table).seats.map(({ kind }) => kind);
const refusals = ({ messages }: RawPeer) =>
	messages.flatMap((message) => (message.type === 'refused' ? [message.reason] : []));
const heard = ({ messages }: RawPeer, type: string) => messages.filter((message) => message.type === type);

/** Host, and a guest in the seat beside. */
async function tableOfTwo(seed: number, rules: Partial<TableRules> = {}) {
	const table = await openSimulatedTable({ seed, rules });
	const dana = await table.join('Dana');
	void dana.session.sit(toSeat(1));
	await table.pass(500);
	expect(dana.session.snapshot.you.seat).toBe(1);
	return { table, dana };
}
async function start(table: SimulatedTable, ...guests: Device[]): Promise<void> {
	for (const { session } of guests) void session.send({ type: 'set_ready', ready: true });
	await table.pass(500);
	expect(await table.host.session.send({ type: 'start_game' })).toEqual({ ok: true });
	await table.pass(500);
}

describe('a link', () => {
	it('says nothing to a page that has not said hello but hello', async () => {
		const table = await openSimulatedTable({ seed: 1 });
		const mallory = await openRawPeer(table);
		await table.pass(1_000);
		expect(mallory.links).toHaveLength(1);
		expect(mallory.frames).toHaveLength(1);
		expect(mallory.messages).toEqual([]);
		expect(hostOf(table).watchers).toEqual([]);
	});

	it('is closed when anything comes before hello, and that is not read', async () => {
		const table = await openSimulatedTable({ seed: 2 });
		for (const early of ['command', 'message', 'garbage', 'nothing'] as const) {
			const mallory = await openRawPeer(table);
			const frame = {
				command: await mallory.command(takeSeat()),
				message: encodeMessage({ type: 'request', game: hostOf(table).game as GameId, from: 0 }),
				garbage: Uint8Array.of(77, 1, 2),
				nothing: new Uint8Array(),
			}[early];
			mallory.link.send(frame);
			// Too late: what came first has closed it.
			mallory.link.send(await mallory.hello());
			await table.pass(1_000);
			expect(mallory.links).toEqual([]);
			expect(mallory.messages).toEqual([]);
		}
		expect(hostOf(table)).toMatchObject({ events: 2, watchers: [] });
	});

	it('is closed when no hello comes in eight seconds', async () => {
		const table = await openSimulatedTable({ seed: 3 });
		const mallory = await openRawPeer(table);
		await table.pass(7_000);
		expect(mallory.links).toHaveLength(1);
		await table.pass(1_100);
		expect(mallory.links).toEqual([]);
		await table.pass(60_000);
		expect(mallory.links).toEqual([]);
	});

	it('is closed on a hello that was made for another link, another page, another table or another key', async () => {
		const table = await openSimulatedTable({ seed: 4 });
		const other = await nodeKeys().identity(newIdentitySeeds(table.random));
		const wrong: ((mallory: RawPeer) => Promise<Uint8Array>)[] = [
			(mallory) => mallory.hello({}, { binding: new Uint8Array(64) }),
			(mallory) => mallory.hello({}, { topic: 'another' }),
			(mallory) => mallory.hello({}, { from: mallory.link.peer, to: mallory.self }),
			(mallory) => mallory.hello({ player: other.player }),
			// The host's own hello, sent back to it.
			(mallory) => Promise.resolve(mallory.frames[0] ?? new Uint8Array()),
		];
		for (const hello of wrong) {
			const mallory = await openRawPeer(table);
			mallory.link.send(await hello(mallory));
			await table.pass(500);
			expect(mallory.links).toEqual([]);
			expect(mallory.messages).toEqual([]);
		}
	});

	it('reads what follows a hello on its heels, once the hello has verified, in order', async () => {
		const table = await openSimulatedTable({ seed: 5 });
		const mallory = await openRawPeer(table);
		const frames = [
			await mallory.hello(),
			await mallory.command(takeSeat()),
			await mallory.command({ type: 'set_ready', ready: true }, { number: 2 }),
		];
		for (const frame of frames) mallory.link.send(frame);
		await table.pass(500);
		expect(hostOf(table).seats[1]).toMatchObject({ kind: 'human', ready: true });
	});

	it('speaks for one key: a second hello by another closes it', async () => {
		const table = await openSimulatedTable({ seed: 6 });
		const mallory = await openRawPeer(table, { polite: true });
		const other = await nodeKeys().identity(newIdentitySeeds(table.random));
		expect(hostOf(table).watchers).toHaveLength(1);
		mallory.link.send(await mallory.hello({}, {}, other));
		await table.pass(500);
		expect(mallory.links).toEqual([]);
	});

	it('with another version of the protocol is refused with that reason', async () => {
		const table = await openSimulatedTable({ seed: 7 });
		const mallory = await openRawPeer(table);
		mallory.link.send(await mallory.hello({ v: 99 }));
		await table.pass(500);
		expect(refusals(mallory)).toEqual(['version']);
		expect(mallory.links).toEqual([]);
		expect(hostOf(table)).toMatchObject({ watchers: [], otherVersion: 'newer' });
	});
});

describe('a command', () => {
	it('is taken from whoever carries it, if its player has signed it, and once', async () => {
		const { table } = await tableOfTwo(10);
		const ben = await openRawPeer(table, { polite: true });
		const carrier = await openRawPeer(table, { polite: true });
		const frame = await ben.command(takeSeat('Ben'));
		carrier.link.send(frame);
		await table.pass(500);
		expect(hostOf(table).seats[2]?.player).toBe(ben.identity.player);
		const leave = await ben.command({ type: 'leave_seat' }, { number: 2 });
		ben.link.send(leave);
		await table.pass(500);
		const { events } = hostOf(table);
		expect(kindsOf(table)).toEqual(['human', 'human', 'empty', 'empty']);
		// Overheard and played again, by anybody: nothing.
		for (const one of [ben, carrier]) for (const again of [frame, leave, frame]) one.link.send(again);
		await table.pass(500);
		expect(hostOf(table).events).toBe(events);
		expect(kindsOf(table)).toEqual(['human', 'human', 'empty', 'empty']);
	});

	it('signed by another key than its player’s is ignored', async () => {
		const { table, dana } = await tableOfTwo(11);
		const mallory = await openRawPeer(table, { polite: true });
		const { events } = hostOf(table);
		const asDana = { player: dana.session.snapshot.you.player, number: 50 };
		mallory.link.send(await mallory.command({ type: 'leave_seat' }, asDana));
		const asHost = { player: hostOf(table).you.player, number: 50 };
		mallory.link.send(await mallory.command({ type: 'kick', player: asDana.player }, asHost));
		mallory.link.send(await mallory.command(takeSeat(), { game: bytes32(1).slice(0, 22) as GameId }));
		await table.pass(500);
		expect(hostOf(table)).toMatchObject({ events, seats: [{}, { kind: 'human' }, {}, {}] });
		expect(heard(mallory, 'reply')).toEqual([]);
		// Its true player is not held up by the forged number.
		void dana.session.send({ type: 'leave_seat' });
		await table.pass(500);
		expect(kindsOf(table)[1]).toBe('empty');
	});

	it('that is no command is answered with its code, and one too many with the limit', async () => {
		const table = await openSimulatedTable({ seed: 12 });
		const mallory = await openRawPeer(table, { polite: true });
		for (let number = 1; number <= 6; number++) {
			mallory.link.send(await mallory.command({ type: 'open_sesame' }, { number }));
		}
		await table.pass(500);
		expect(heard(mallory, 'reply')).toEqual([
			...[1, 2, 3, 4, 5].map((number) => ({ type: 'reply', number, code: 'unknown_command' })),
			{ type: 'reply', number: 6, code: 'rate_limited' },
		]);
	});

	it('asked too fast on our own page arrives all the same, by itself', async () => {
		const { table, dana } = await tableOfTwo(13);
		await table.pass(5_000);
		const sent = Array.from({ length: 9 }, (_, n) =>
			dana.session.send({ type: 'change_face', face: { name: `Dana ${n}`, color: 1, avatar: n } }),
		);
		await table.pass(20_000);
		expect(await Promise.all(sent)).toEqual(sent.map(() => ({ ok: true })));
		expect(hostOf(table).seats[1]?.face?.name).toBe('Dana 8');
	});
});

describe('a guest', () => {
	it('believes of the table only what comes over the host’s own link', async () => {
		const { table, dana } = await tableOfTwo(20);
		const mallory = await openRawPeer(table, {
			role: 'seat',
			polite: true,
			wants: (role) => role === 'seat',
		});
		expect(mallory.links).toHaveLength(1);
		const { events, status } = dana.session.snapshot;
		const game = hostOf(table).game as GameId;
		const forged = new TableDocument(game);
		forged.push([new Uint8Array(100)]);
		for (const message of [
			{ type: 'sync', game, now: 0, update: forged.whole() },
			{ type: 'welcome', game: bytes32(3).slice(0, 21) + 'A', number: 0 },
			{ type: 'refused', reason: 'kicked' },
			{ type: 'envelopes', game, from: 0, envelopes: [new Uint8Array(9)] },
			{ type: 'bye' },
		] as const) {
			mallory.link.send(encodeMessage(message as never));
		}
		await table.pass(1_000);
		expect(dana.session.snapshot).toMatchObject({ events, status, fault: null, game });
	});

	it('gives its log to another seat that asks, from where it is asked', async () => {
		const { table, dana } = await tableOfTwo(21);
		const ben = await openRawPeer(table, { role: 'seat', polite: true, wants: (role) => role === 'seat' });
		const game = hostOf(table).game as GameId;
		const { events } = dana.session.snapshot;
		ben.link.send(encodeMessage({ type: 'request', game, from: 1 }));
		ben.link.send(encodeMessage({ type: 'request', game, from: events }));
		await table.pass(500);
		expect(heard(ben, 'envelopes')).toMatchObject([{ from: 1, envelopes: { length: events - 1 } }]);
	});

	it('with a shorter log only receives', async () => {
		const { table, dana } = await tableOfTwo(22);
		await start(table, dana);
		await playUntil(table, [table.host, dana], () => hostOf(table).view?.phase === 'playing');
		const game = hostOf(table).game as GameId;
		const stored = await dana.store.events(game);
		dana.leave();
		const shorter = createMemoryStore();
		await shorter.identity(() => ({ sign: new Uint8Array(32), box: new Uint8Array(32) }));
		await shorter.append(stored.slice(0, 4));
		const known = await dana.store.table(hostOf(table).code);
		if (known === null) throw new Error('the table is known');
		const seeds = await dana.store.identity(() => newIdentitySeeds(table.random));
		const again = await table.join('Dana', {
			store: { ...shorter, identity: () => Promise.resolve(seeds), table: () => Promise.resolve(known) },
			record: known,
			identity: await nodeKeys().identity(seeds),
		});
		await table.pass(3_000);
		expect(again.session.snapshot).toMatchObject({ status: 'open', events: hostOf(table).events });
		expect(again.session.snapshot.view).toMatchObject({ viewer: 1 });
		expect((await shorter.events(game)).map(({ envelope }) => envelope)).toEqual(
			(await table.host.store.events(game)).map(({ envelope }) => envelope),
		);
	});
});

describe('a host that has lost its last events', () => {
	it('takes them back from a guest, and the game goes on', async () => {
		const { table, dana } = await tableOfTwo(30);
		await start(table, dana);
		const players = [table.host, dana];
		const isDanasTurn = () => hostOf(table).view?.turn === 1;
		await playUntil(table, players, () => hostOf(table).view?.round === 2 && isDanasTurn());
		const { events, game } = hostOf(table);
		const view = hostOf(table).view;
		// A power failure: the newest writes were not on the disk yet.
		const stored = await table.host.store.events(game as GameId);
		const onDisk = stored.slice(
			0,
			stored.findLastIndex(({ envelope }) => hasType(envelope, 'bid_made')),
		);
		expect(onDisk.length).toBeLessThan(events);
		forget(table.host.store, game as GameId, onDisk.length);
		await table.host.reload();
		expect(hostOf(table).events).toBe(onDisk.length);
		await table.pass(8_000);
		expect(hostOf(table).events).toBe(events);
		expect(hostOf(table).view).toEqual(view);
		expect((await table.host.store.events(game as GameId)).length).toBe(events);
		await playUntil(table, players, () => players.every(({ session }) => session.snapshot.view?.round === 3));
		expect(players.map(({ session }) => session.snapshot.fault)).toEqual([null, null]);
		expect(dana.session.snapshot.events).toBe(hostOf(table).events);
	});

	const hasType = (envelope: Uint8Array, type: string) =>
		new TextDecoder().decode(envelope.subarray(64)).includes(`"type":"${type}"`);
	/** Cuts a memory store's log in place: appends go on from there. */
	function forget(store: Store, game: GameId, length: number): void {
		const { events, append } = store;
		let kept: Awaited<ReturnType<Store['events']>> | null = null;
		Object.assign(store, {
			events: async (asked: GameId) => kept ?? (await events(asked)).slice(0, length),
			append: async (news: Parameters<Store['append']>[0]) => {
				kept ??= (await events(game)).slice(0, length);
				if (news.some(({ index }, place) => index !== (kept?.length ?? 0) + place)) return append(news);
				kept = [...kept, ...news];
			},
		});
	}
});

describe('the host of a table', () => {
	it('is the first one met by code alone, and a second one that answers is warned of and not believed', async () => {
		const { table, dana } = await tableOfTwo(40);
		expect(dana.session.snapshot.twoHosts).toBe(false);
		const before = dana.session.snapshot.events;
		const mallory = await openRawPeer(table, { role: 'host', polite: true, wants: everybody });
		await table.pass(1_000);
		expect(dana.session.snapshot).toMatchObject({ twoHosts: true, status: 'open', events: before });
		const game = hostOf(table).game as GameId;
		for (const link of mallory.links) {
			link.send(encodeMessage({ type: 'refused', reason: 'kicked' }));
			link.send(encodeMessage({ type: 'welcome', game: bytes32(2).slice(0, 22) as GameId, number: 0 }));
			link.send(encodeMessage({ type: 'sync', game, now: 0, update: new TableDocument(game).whole() }));
		}
		await table.pass(1_000);
		expect(dana.session.snapshot).toMatchObject({ status: 'open', events: before, game });
	});

	it('is warned of to who comes when two answer already', async () => {
		const table = await openSimulatedTable({ seed: 41 });
		await openRawPeer(table, { role: 'host', polite: true, wants: everybody });
		const dana = await table.join('Dana');
		await table.pass(1_000);
		expect(dana.session.snapshot.twoHosts).toBe(true);
	});

	it('by a link is the one the link names: another is not the table it meant', async () => {
		const { table } = await tableOfTwo(42);
		const host = hostOf(table).you.player;
		const meant = await table.join('Noa', { acceptsFounder: (player) => player === host });
		expect(meant.session.snapshot).toMatchObject({ status: 'open', refusal: null });
		const other = bytes32(9) as PlayerId;
		const misled = await table.join('Ben', { acceptsFounder: (player) => player === other });
		await table.pass(2_000);
		expect(misled.session.snapshot).toMatchObject({
			status: 'refused',
			refusal: 'wrong_table',
			events: 0,
			seats: [],
		});
	});

	it('remembered from an earlier visit is the only one that counts', async () => {
		const { table, dana } = await tableOfTwo(43);
		table.host.leave();
		await table.pass(6_000);
		expect(dana.session.snapshot.status).toBe('host_away');
		await openRawPeer(table, { role: 'host', polite: true, wants: everybody });
		await dana.reload();
		await table.pass(3_000);
		expect(dana.session.snapshot).toMatchObject({ status: 'host_away', twoHosts: true });
	});
});

describe('a private table', () => {
	it('is never met by the code alone, nor with another secret', async () => {
		const table = await openSimulatedTable({ seed: 50 });
		const others = [
			{ ...table.tableKeys, topic: 'the topic of the code alone' },
			{ ...table.tableKeys, key: table.random(32) },
		];
		for (const tableKeys of others) {
			const stranger = await table.join('Stranger', { tableKeys });
			await table.pass(10_000);
			expect(stranger.session.snapshot).toMatchObject({ status: 'nobody_here', events: 0 });
			expect(stranger.received).toEqual([]);
		}
		expect(hostOf(table).watchers).toEqual([]);
	});
});

describe('spectators', () => {
	it('are as many as there is room for, whether or not seats are free, and the next is told that it is full', async () => {
		const table = await openSimulatedTable({ seed: 60 });
		for (let n = 0; n < MAX_SPECTATORS; n++) await openRawPeer(table, { polite: true });
		await table.pass(500);
		expect(hostOf(table).watchers).toHaveLength(MAX_SPECTATORS);
		const late = await openRawPeer(table, { polite: true });
		await table.pass(500);
		expect(refusals(late)).toEqual(['full']);
		expect(late.links).toEqual([]);
		expect(heard(late, 'sync')).toEqual([]);
		expect(hostOf(table).watchers).toHaveLength(MAX_SPECTATORS);
	});

	it('are as many as the site of the host allows', async () => {
		const table = await openSimulatedTable({ seed: 63, host: { maxSpectators: 2 } });
		for (let n = 0; n < 2; n++) await openRawPeer(table, { polite: true });
		await table.pass(500);
		const late = await openRawPeer(table, { polite: true });
		await table.pass(500);
		expect(refusals(late)).toEqual(['full']);
		expect(hostOf(table).watchers).toHaveLength(2);
	});

	it('make room when one goes', async () => {
		const { table, dana } = await tableOfTwo(61, { seats: 2 });
		const crowd: RawPeer[] = [];
		for (let n = 0; n < MAX_SPECTATORS; n++) {
			crowd.push(await openRawPeer(table, { polite: true }));
		}
		crowd[7]?.transport.close();
		await table.pass(500);
		const next = await openRawPeer(table, { polite: true });
		await table.pass(500);
		expect(refusals(next)).toEqual([]);
		expect(heard(next, 'sync').length).toBeGreaterThan(0);
		// A seated player is never kept out by a crowd.
		await dana.reload();
		await table.pass(2_000);
		expect(dana.session.snapshot.status).toBe('open');
	});

	it('are not let in where the table says so, unless a seat is free for them', async () => {
		const { table } = await tableOfTwo(62, { seats: 2, spectators: false });
		const watcher = await table.join('Noa');
		await table.pass(1_000);
		expect(watcher.session.snapshot).toMatchObject({ status: 'refused', refusal: 'full', events: 0 });
		expect(watcher.session.snapshot.view).toBeNull();

		const open = await tableOfTwo(63, { seats: 3, spectators: false });
		const third = await open.table.join('Ben');
		void third.session.sit(null);
		await open.table.pass(1_000);
		expect(third.session.snapshot).toMatchObject({ status: 'open', you: { seat: 2 } });
		const fourth = await open.table.join('Noa');
		await open.table.pass(1_000);
		expect(fourth.session.snapshot).toMatchObject({ status: 'refused', refusal: 'full' });
	});
});

describe('a player with two pages', () => {
	it('is gone when the newer one goes, though the older one was open', async () => {
		const { table, dana } = await tableOfTwo(70);
		await dana.openAgain();
		await table.pass(2_000);
		expect(dana.session.snapshot.status).toBe('open');
		expect(hostOf(table).seats[1]?.connection).toBe('open');
		dana.leave();
		await table.pass(2_000);
		expect(hostOf(table).seats[1]?.connection).toBe('lost');
	});

	it('who watches is counted once', async () => {
		const table = await openSimulatedTable({ seed: 71 });
		const noa = await table.join('Noa');
		await noa.openAgain();
		await table.pass(2_000);
		expect(hostOf(table).watchers).toHaveLength(1);
	});

	it('one of them the host’s own, does not make two hosts', async () => {
		const { table, dana } = await tableOfTwo(72);
		const seeds = await table.host.store.identity(() => newIdentitySeeds(table.random));
		const second = await openRawPeer(table, { identity: await nodeKeys().identity(seeds), polite: true });
		await table.pass(1_000);
		expect(refusals(second)).toEqual(['taken_over']);
		expect(hostOf(table).status).toBe('open');
		expect(dana.session.snapshot.status).toBe('open');
	});
});

describe('a kicked player', () => {
	it('is out at once, stays out of the next game at the same table, and its seat goes unheard', async () => {
		const { table, dana } = await tableOfTwo(80);
		const mallory = await table.join('Mallory');
		void mallory.session.sit(null);
		await table.pass(500);
		await start(table, dana, mallory);
		await table.host.session.send({ type: 'kick', player: mallory.session.snapshot.you.player });
		await table.pass(500);
		expect(mallory.session.snapshot).toMatchObject({ status: 'refused', refusal: 'kicked' });
		expect(hostOf(table).seats[2]).toMatchObject({ presence: 'left', connection: 'lost' });
		await table.host.session.send({ type: 'end_game' });
		await table.host.session.playAgain();
		await table.pass(1_000);
		await mallory.reload();
		await table.pass(3_000);
		expect(mallory.session.snapshot).toMatchObject({ status: 'refused', refusal: 'kicked' });
		expect(kindsOf(table)).toEqual(['human', 'human', 'empty', 'empty']);
	});
});

describe('a table that is closed to spectators in mid-game', () => {
	it('lets go of who watches, tells nobody who comes, and can be opened again', async () => {
		const { table, dana } = await tableOfTwo(73, { seats: 2 });
		const eve = await table.join('Eve');
		await start(table, dana);
		expect(hostOf(table).watchers.map(({ face }) => face.name)).toEqual(['Eve']);
		const { rules, options } = hostOf(table);
		const letWatch = (spectators: boolean) =>
			table.host.session.send({ type: 'set_rules', rules: { ...rules, spectators }, options });
		expect(await letWatch(false)).toEqual({ ok: true });
		await table.pass(1_000);
		expect(hostOf(table).watchers).toEqual([]);
		expect(eve.session.snapshot).toMatchObject({ status: 'refused', refusal: 'full' });
		const { events } = eve.session.snapshot;
		await eve.reload();
		await table.pass(3_000);
		expect(eve.session.snapshot).toMatchObject({ status: 'refused', events });
		expect(dana.session.snapshot).toMatchObject({ status: 'open', rules: { spectators: false } });
		expect(await letWatch(true)).toEqual({ ok: true });
		await eve.reload();
		await table.pass(3_000);
		expect(eve.session.snapshot.status).toBe('open');
	});
});

describe('a host whose table has no promises', () => {
	it('is given nobody’s number: it would know them before it has fixed its own', async () => {
		const { create } = Host.prototype;
		vi.spyOn(Host.prototype, 'create').mockImplementation(function (this: Host, { promises: _, ...game }) {
			return create.call(this, game);
		});
		const table = await openSimulatedTable({ seed: 74, rules: { seats: 2 } });
		vi.restoreAllMocks();
		const dana = await table.join('Dana');
		expect(await dana.session.sit(null)).toEqual({ ok: false, code: 'unknown_command' });
		expect(dana.session.snapshot).toMatchObject({
			you: { seat: null },
			refused: { code: 'unknown_command' },
		});
	});
});

describe('a start that is called', () => {
	it('is called off for a page that is gone, says whose, and comes about once that is back', async () => {
		const { table, dana } = await tableOfTwo(73);
		void dana.session.send({ type: 'set_ready', ready: true });
		await table.pass(500);
		dana.kill();
		expect(await table.host.session.send({ type: 'start_game' })).toEqual({ ok: true });
		await table.pass(1_000);
		expect(table.host.session.snapshot).toMatchObject({ isStarting: true, startRefusal: 'invalid_phase' });
		await table.pass(12_000);
		const off = { stage: 'lobby', isStarting: false, unopened: [1], startRefusal: 'not_ready' };
		expect(table.host.session.snapshot).toMatchObject(off);
		await dana.reload();
		await table.pass(2_000);
		expect(table.host.session.snapshot.startRefusal).toBeNull();
		await start(table, dana);
		expect(dana.session.snapshot).toMatchObject({ stage: 'playing', unopened: [] });
	});
});

describe('a host that puts another number in place of a player’s', () => {
	/** In all that the host hears of others: in place of what they promise, or of what they open. */
	function exchange(part: 'contribution' | 'opening'): void {
		const { submit } = Host.prototype;
		const blind = new WeakSet<object>();
		vi.spyOn(Host.prototype, 'submit').mockImplementation(function (this: Host, body, player, number) {
			const { table } = this.book;
			if (table !== null && !blind.has(table)) {
				const { decide } = table;
				blind.add(table);
				vi.spyOn(table, 'decide').mockImplementation((state, command, actor, secrets) =>
					decide(state, command, actor, { ...secrets, keepsPromise: () => true }),
				);
			}
			const given = typeof body === 'object' && body !== null && 'contribution' in body ? body : null;
			const isOpening = given !== null && 'type' in given && given.type === 'open_contribution';
			const isPart = player !== this.state.host && isOpening === (part === 'opening');
			const changed = given === null || !isPart ? body : { ...given, contribution: bytes32(9) };
			return submit.call(this, changed, player, number);
		});
	}
	const codesAt = ({ session }: Device) => session.snapshot.dealCheck?.findings.map(({ code }) => code);

	afterEach(() => {
		vi.restoreAllMocks();
	});

	it('cannot start with a promise that is not the player’s: nobody opens it', async () => {
		exchange('contribution');
		const { table, dana } = await tableOfTwo(70);
		await start(table, dana);
		expect(table.host.session.snapshot).toMatchObject({ stage: 'lobby', isStarting: true });
		await table.pass(12_000);
		expect(table.host.session.snapshot).toMatchObject({ stage: 'lobby', isStarting: false, unopened: [1] });
	});

	it('is found out by everybody, and by that player, also after a reload, who tells the table', async () => {
		exchange('opening');
		const { table, dana } = await tableOfTwo(71);
		await dana.reload();
		await table.pass(2_000);
		await start(table, dana);
		await playUntil(table, [table.host, dana], () => dana.session.snapshot.dealChecks.length === 2);
		expect(codesAt(dana)).toEqual(['wrong_contributions', 'wrong_contributions']);
		expect(codesAt(table.host)).toEqual(['wrong_contributions']);
		const said = dana.session.snapshot.dealChecks.map(({ seat, fits }) => [seat, fits]).sort();
		expect(said).toEqual([
			[0, false],
			[1, false],
		]);
	});

	it('is found out at the next game as well, where all give anew', async () => {
		const { table, dana } = await tableOfTwo(72);
		await start(table, dana);
		void table.host.session.send({ type: 'end_game' });
		await table.pass(5_000);
		exchange('opening');
		await table.host.session.playAgain();
		await table.pass(1_000);
		await start(table, dana);
		await playUntil(table, [table.host, dana], () => dana.session.snapshot.dealChecks.length === 2);
		expect(codesAt(dana)).toEqual(['wrong_contributions', 'wrong_contributions']);
	});
});
