/** Losing the host (docs/room-protocol.md): whoever vanishes, and whenever, the others go on with a correct game. */
import { describe, expect, it } from 'vitest';
import type { ElDoradoView } from '../../src/lib/games/el-dorado/types.ts';
import type { Command, TableRules } from '../../src/lib/game/table-types.ts';
import { toSeat } from '../../src/lib/game/seats.ts';
import { newIdentitySeeds } from '../../src/lib/room/keys.ts';
import type { SessionOptions } from '../../src/lib/room/session.ts';
import type { Store } from '../../src/lib/room/store.ts';
import { createMemoryStore } from '../../src/lib/store/memory.ts';
import { nodeKeys } from './node-keys.ts';
import { openRawPeer } from './raw-peer.ts';
import { openSimulatedTable, playUntil, type Device, type SimulatedTable } from './simulated-table.ts';

/** From the death of the host to the next legal move (room-protocol, "Bar"). */
const TAKEOVER_WITHIN_MS = 8_000;

async function tableOf(
	seed: number,
	guests: number,
	rules: Partial<TableRules> = {},
	host: Partial<SessionOptions> = {},
) {
	const table = await openSimulatedTable({ seed, rules: { seats: guests + 1, ...rules }, host });
	const players = [table.host];
	for (const name of ['Dana', 'Ben', 'Yael', 'Noa'].slice(0, guests)) players.push(await table.join(name));
	for (const { session } of players.slice(1)) void session.sit(null);
	await table.pass(1_000);
	for (const { session } of players.slice(1)) void session.send({ type: 'set_ready', ready: true });
	await table.pass(1_000);
	expect(await table.host.session.send({ type: 'start_game' })).toEqual({ ok: true });
	await table.pass(200);
	return { table, players };
}

const viewOf = ({ session }: Device) => session.snapshot.view as ElDoradoView;
const hostOf = (devices: readonly Device[]) => devices.filter(({ session }) => session.snapshot.isHost);
const isFinished = (devices: readonly Device[]) => () =>
	devices.every(({ session }) => session.snapshot.stage === 'finished');

async function expectAgreement(devices: readonly Device[]) {
	const heads = new Set<string>();
	for (const { session, store } of devices) {
		const { game } = session.snapshot;
		const events = game === null ? [] : await store.events(game);
		heads.add(events.map(({ envelope }) => Buffer.from(envelope).toString('base64')).join('|'));
	}
	expect(heads.size).toBe(1);
	expect(hostOf(devices)).toHaveLength(1);
}

/** How long until some survivor has the table open again, ms. */
async function timeToOpen(table: SimulatedTable, survivors: readonly Device[]): Promise<number> {
	const start = table.clock.now();
	const isOpen = () => survivors.every(({ session }) => session.snapshot.status === 'open');
	while (hostOf(survivors).length !== 1 || !isOpen()) {
		await table.pass(50);
		if (table.clock.now() - start > 60_000) throw new Error('nobody took over');
	}
	return table.clock.now() - start;
}

describe.each([
	['in the bidding', (device: Device) => viewOf(device).phase === 'bidding' && viewOf(device).sumOfBids > 0],
	['in mid-trick', (device: Device) => viewOf(device).trick.length === 2],
	['between rounds', (device: Device) => viewOf(device).phase === 'dealing' && viewOf(device).round === 1],
] as const)('a host that is killed %s', (_, reached) => {
	it('is followed by another seat, which goes on with the same cards', async () => {
		const { table, players } = await tableOf(41, 3);
		await playUntil(table, players, () => players.every(reached));
		const survivors = players.slice(1);
		const before = survivors.map((device) => viewOf(device));
		table.host.kill();
		expect(await timeToOpen(table, survivors)).toBeLessThan(TAKEOVER_WITHIN_MS);
		for (const [index, device] of survivors.entries()) {
			expect(viewOf(device).hand.map(({ card }) => card)).toEqual(
				before[index]?.hand.map(({ card }) => card),
			);
			expect(viewOf(device).round).toBe(before[index]?.round);
		}
		expect(hostOf(survivors)).toHaveLength(1);
		await playUntil(table, survivors, isFinished(survivors));
		await expectAgreement(survivors);
		expect(viewOf(players[1] as Device).sheet).toHaveLength(10);
	});
});

describe('a host that is lost', () => {
	it('is followed by one who was elected, though another seat says that it hosts in a term to come', async () => {
		const { table, players } = await tableOf(43, 3);
		const [, dana, ben, yael] = players as [Device, Device, Device, Device];
		await playUntil(table, players, () => viewOf(dana).trick.length === 1);
		const { game, events } = dana.session.snapshot;
		yael.kill();
		const identity = await nodeKeys().identity(
			await yael.store.identity(() => newIdentitySeeds(table.random)),
		);
		const liar = await openRawPeer(table, { identity, role: 'host', wants: () => true });
		await table.pass(1_000);
		expect(liar.links).toHaveLength(3);
		for (const link of liar.links) {
			const on = { binding: link.binding, to: link.peer };
			link.send(await liar.hello({ game, term: 98, length: events }, on));
		}
		await table.pass(500);
		table.host.kill();
		expect(await timeToOpen(table, [dana, ben])).toBeLessThan(15_000);
		await playUntil(table, [dana, ben], isFinished([dana, ben]));
		await expectAgreement([dana, ben]);
	});

	it('is followed by a seat whose disk refuses for a while', async () => {
		const memory = createMemoryStore();
		let refusals = 0;
		const unless = <T>(write: () => Promise<T>): Promise<T> =>
			refusals-- > 0 ? Promise.reject(new Error('full')) : write();
		const store: Store = {
			...memory,
			putTable: (table) => unless(() => memory.putTable(table)),
			putSecret: (secret) => unless(() => memory.putSecret(secret)),
		};
		const table = await openSimulatedTable({ seed: 44, rules: { seats: 3 } });
		const players = [table.host, await table.join('Dana', { store }), await table.join('Ben')] as const;
		const [, dana, ben] = players;
		for (const { session } of [dana, ben]) void session.sit(null);
		await table.pass(1_000);
		for (const { session } of [dana, ben]) void session.send({ type: 'set_ready', ready: true });
		await table.pass(1_000);
		await table.host.session.send({ type: 'start_game' });
		await table.pass(1_000);
		await playUntil(table, players, () => players.every((device) => viewOf(device).trick.length === 1));
		// Its word for a term, and the secret that it will deal with.
		refusals = 4;
		table.host.kill();
		await timeToOpen(table, [dana, ben]);
		await table.pass(10_000);
		expect(refusals).toBeLessThan(0);
		expect(dana.session.snapshot.fault).toBeNull();
		await playUntil(table, [dana, ben], isFinished([dana, ben]));
	});

	it('comes back as a guest in its old seat', async () => {
		const { table, players } = await tableOf(42, 3);
		await playUntil(table, players, () => players.every((device) => viewOf(device).trick.length === 1));
		table.host.kill();
		const survivors = players.slice(1);
		await timeToOpen(table, survivors);
		await playUntil(table, survivors, () => viewOf(players[1] as Device).round === 2);
		await table.host.reload();
		await table.pass(10_000);
		expect(table.host.session.snapshot).toMatchObject({ status: 'open', isHost: false, you: { seat: 0 } });
		await playUntil(table, players, isFinished(players));
		await expectAgreement(players);
	});

	it('is replaced when it is only frozen, and steps down when it wakes', async () => {
		const { table, players } = await tableOf(43, 3);
		await playUntil(table, players, () => players.every((device) => viewOf(device).trick.length === 1));
		table.host.freeze();
		const survivors = players.slice(1);
		expect(await timeToOpen(table, survivors)).toBeLessThan(TAKEOVER_WITHIN_MS);
		await playUntil(table, survivors, () => viewOf(players[1] as Device).round === 2);
		table.host.thaw();
		await table.pass(15_000);
		expect(table.host.session.snapshot).toMatchObject({ status: 'open', isHost: false });
		await playUntil(table, players, isFinished(players));
		await expectAgreement(players);
	});

	it('leaves no move undone in sight: the card that its successor had played under it never comes back to the hand', async () => {
		const { table, players } = await tableOf(54, 3);
		const survivors = players.slice(1);
		const [dana] = survivors as [Device];
		const isHerTurn = () => dana.session.snapshot.view?.turn === dana.session.snapshot.you.seat;
		await playUntil(table, players, () => viewOf(dana).phase === 'playing' && isHerTurn());
		await table.pass(500);
		const card =
			viewOf(dana).hand.find(({ refusal }) => refusal === null)?.card ?? expect.fail('no legal card');
		const holds = () => viewOf(dana).hand.some((one) => one.card === card);
		table.host.freeze();
		const move = { type: 'play_card', card } as Command;
		const played = dana.session.send(move);
		expect(holds()).toBe(false);
		const seen: boolean[] = [];
		dana.session.subscribe(() => {
			seen.push(holds());
		});
		await timeToOpen(table, survivors);
		await table.pass(1_000);
		expect(await played).toEqual({ ok: true });
		expect(dana.session.snapshot).toMatchObject({ isHost: true, pending: null });
		expect(new Set(seen)).toEqual(new Set([false]));
	});

	it('is followed by the one other human after a countdown, and the round is dealt again', async () => {
		const { table, players } = await tableOf(44, 1);
		await playUntil(table, players, () => players.every((device) => viewOf(device).tricks.length === 2));
		table.host.kill();
		const [, dana] = players as [Device, Device];
		const took = await timeToOpen(table, [dana]);
		expect(took).toBeGreaterThan(10_000);
		expect(took).toBeLessThan(20_000);
		expect(dana.session.snapshot.isHost).toBe(true);
		await table.host.reload();
		await table.pass(10_000);
		await playUntil(table, players, isFinished(players));
		await expectAgreement(players);
		expect(viewOf(dana).sheet).toHaveLength(10);
	});

	it('hands the table over on purpose, in mid-trick, without a vote', async () => {
		const { table, players } = await tableOf(45, 3);
		await playUntil(table, players, () => players.every((device) => viewOf(device).trick.length === 1));
		const passed = table.host.session.passTable(toSeat(2));
		await table.pass(3_000);
		expect(await passed).toEqual({ ok: true });
		expect(hostOf(players).map(({ name }) => name)).toEqual(['Ben']);
		expect(viewOf(players[0] as Device).round).toBe(1);
		await playUntil(table, players, isFinished(players));
		await expectAgreement(players);
	});

	it('is followed by who watches, over the one seat that it was linked with all along', async () => {
		const { table, players } = await tableOf(53, 2);
		const watcher = await table.join('Omri');
		await table.pass(2_000);
		expect(watcher.session.connections().links).toHaveLength(2);
		await playUntil(table, players, () => viewOf(players[1] as Device).trick.length === 2);
		const linked = watcher.session.connections().links.map(({ player }) => player);
		// Nobody is found anew from here on: who is not linked stays apart.
		table.network.setSignalling(false);
		const survivors = players.slice(1);
		players[0]?.kill();
		await timeToOpen(table, survivors);
		const [host] = hostOf(survivors) as [Device];
		const { status } = watcher.session.snapshot;
		expect(status === 'open').toBe(linked.includes(host.session.snapshot.you.player));
		table.network.setSignalling(true);
		await playUntil(table, survivors, () => viewOf(host).round === 2);
		await table.pass(3_000);
		expect(watcher.session.snapshot).toMatchObject({ status: 'open', view: { round: 2 } });
	});

	it('is followed although the one who comes back has not heard yet who hosts', async () => {
		const { table, players } = await tableOf(52, 2);
		const [noa, dan, yael] = players as [Device, Device, Device];
		await playUntil(table, players, () => viewOf(noa).trick.length === 1);
		noa.kill();
		await timeToOpen(table, [dan, yael]);
		await playUntil(table, [dan, yael], () => viewOf(yael).trick.length === 1);
		const took = viewOf(yael);
		// Back, with a log that still names itself, at the moment when the second host goes too.
		await noa.reload();
		dan.kill();
		expect(await timeToOpen(table, [noa, yael])).toBeLessThan(TAKEOVER_WITHIN_MS);
		expect(viewOf(yael).trick.slice(0, 1)).toEqual(took.trick);
		await playUntil(table, [noa, yael], () => viewOf(noa).round === took.round + 1);
	});

	it('is followed by a guest that hears of its successor before it hears that it stopped', async () => {
		const { table, players } = await tableOf(51, 3);
		const [host, dana, ben] = players as [Device, Device, Device];
		await playUntil(table, players, () => viewOf(host).trick.length === 2);
		// Dana's page learns from Ben that he hosts, asks for the log, loses the old host, and then has the answer.
		const slow = [host.peer, ben.peer].map((from) => `${String(from)}>${String(dana.peer)}`);
		table.network.setLatency((from, to) => [60, 40][slow.indexOf(`${from}>${to}`)] ?? 5);
		void host.session.passTable(toSeat(2));
		await table.pass(3_000);
		expect(hostOf(players)).toEqual([ben]);
		expect(dana.session.snapshot.status).toBe('open');
		await playUntil(table, players, isFinished(players));
		await expectAgreement(players);
	});

	it('hands over early when its phone puts the page away, to one who looks at the table', async () => {
		const { table, players } = await tableOf(48, 3, {}, { stopsWhenHidden: true });
		const [host, dana, ben] = players as [Device, Device, Device];
		await playUntil(table, players, () => viewOf(host).trick.length === 2);
		void dana.session.setHidden(true);
		await table.pass(500);
		const before = viewOf(ben);
		void host.session.setHidden(true);
		await table.pass(500);
		expect(hostOf(players)).toEqual([ben]);
		expect(viewOf(ben).trick.slice(0, 2)).toEqual(before.trick);
		host.freeze();
		await playUntil(table, [dana, ben, players[3] as Device], () => viewOf(ben).round === 2);
		host.thaw();
		void host.session.setHidden(false);
		await table.pass(10_000);
		await playUntil(table, players, isFinished(players));
		await expectAgreement(players);
	});

	it('keeps the table in the background when nobody else looks at it, or when its page goes on there', async () => {
		const { table, players } = await tableOf(49, 2, {}, { stopsWhenHidden: true });
		const [host, dana, ben] = players as [Device, Device, Device];
		for (const { session } of [dana, ben, host]) {
			void session.setHidden(true);
			await table.pass(500);
		}
		expect(hostOf(players)).toEqual([host]);
		const desk = await tableOf(50, 2);
		void desk.table.host.session.setHidden(true);
		await desk.table.pass(500);
		expect(hostOf(desk.players)).toEqual([desk.table.host]);
	});

	it('leaves a table on which the next game is opened by another, and found by reload and by its link', async () => {
		const { table, players } = await tableOf(47, 3);
		const [, dana, ben] = players as [Device, Device, Device];
		const passed = table.host.session.passTable(toSeat(2));
		await table.pass(3_000);
		expect(await passed).toEqual({ ok: true });
		await playUntil(table, players, isFinished(players));
		await ben.session.playAgain();
		await table.pass(2_000);
		expect(dana.session.snapshot).toMatchObject({ stage: 'lobby', status: 'open' });
		await dana.reload();
		await table.pass(2_000);
		expect(dana.session.snapshot).toMatchObject({ stage: 'lobby', status: 'open', refusal: null });
		const { link } = dana.session.snapshot;
		expect(link).toContain(ben.session.snapshot.you.player);
		const friend = await table.join('Omri', { acceptsFounder: (host) => link.includes(host) });
		await table.pass(2_000);
		expect(friend.session.snapshot).toMatchObject({ stage: 'lobby', status: 'open' });
	});

	it('waits where too few are left to elect a host, says for whom, and goes on when one is back', async () => {
		const { table, players } = await tableOf(55, 3);
		const [host, dana, ben, yael] = players as [Device, Device, Device, Device];
		await playUntil(table, players, () => players.every((device) => viewOf(device).trick.length === 2));
		for (const device of [host, ben, yael]) device.kill();
		await table.pass(6_000);
		expect(dana.session.snapshot).toMatchObject({ status: 'host_away', takeoverAt: null, waitsFor: [2, 3] });
		await ben.reload();
		await table.pass(12_000);
		expect([dana, ben].map(({ session }) => session.snapshot.status)).toEqual(['open', 'open']);
		expect([dana, ben].map(({ session }) => session.snapshot.waitsFor)).toEqual([[], []]);
		expect(hostOf([dana, ben])).toHaveLength(1);
	});

	it('plays on after the end without the host: any seat opens the next game, and the old host finds it', async () => {
		const { table, players } = await tableOf(51, 2);
		const [host, dana, ben] = players as [Device, Device, Device];
		void host.session.send({ type: 'end_game' });
		await table.pass(5_000);
		expect(players.map(({ session }) => session.snapshot.mayPlayAgain)).toEqual([true, false, false]);
		host.leave();
		await table.pass(100);
		expect([dana, ben].map(({ session }) => session.snapshot.mayPlayAgain)).toEqual([true, true]);
		await ben.session.playAgain();
		await table.pass(2_000);
		for (const { session } of [dana, ben]) {
			expect(session.snapshot).toMatchObject({ stage: 'lobby', status: 'open', mayPlayAgain: false });
			expect(session.snapshot.game).toBe(ben.session.snapshot.game);
			expect(session.snapshot.seats.map(({ face }) => face?.name)).toEqual([undefined, 'Dana', 'Ben']);
		}
		await host.reload();
		await table.pass(4_000);
		expect(host.session.snapshot).toMatchObject({ stage: 'lobby', status: 'open', isHost: false });
		void host.session.sit(null);
		await table.pass(1_000);
		void host.session.send({ type: 'set_ready', ready: true });
		await table.pass(1_000);
		expect(await ben.session.send({ type: 'start_game' })).toEqual({ ok: true });
		await playUntil(table, players, isFinished(players));
		await expectAgreement(players);
		expect(dana.session.snapshot.dealCheck).toMatchObject({ rounds: 10, secret: true, findings: [] });
	});

	it.each([52, 53, 54])(
		'plays one game where two opened the next at the same moment (seed %i)',
		async (seed) => {
			const { table, players } = await tableOf(seed, 3);
			const [host, dana, ben, yael] = players as [Device, Device, Device, Device];
			void host.session.send({ type: 'end_game' });
			await table.pass(5_000);
			host.leave();
			await table.pass(6_000);
			void dana.session.playAgain();
			void ben.session.playAgain();
			await table.pass(10_000);
			const left = [dana, ben, yael];
			expect(new Set(left.map(({ session }) => session.snapshot.game)).size).toBe(1);
			expect(hostOf(left)).toHaveLength(1);
			for (const { session } of left) {
				expect(session.snapshot).toMatchObject({ stage: 'lobby', status: 'open', twoHosts: false });
				expect(session.snapshot.you.seat).not.toBeNull();
			}
			await host.reload();
			await table.pass(4_000);
			expect(host.session.snapshot.game).toBe(dana.session.snapshot.game);
		},
	);

	it('wins nothing in a partition: the side with the higher term goes on, and all agree when it heals', async () => {
		const { table, players } = await tableOf(46, 3);
		await playUntil(table, players, () => players.every((device) => viewOf(device).trick.length === 1));
		const ids = players.map((device) => device.peer);
		table.network.partition([[ids[0]], ids.slice(1)].map((group) => group.filter((id) => id != null)));
		const survivors = players.slice(1);
		await timeToOpen(table, survivors);
		await playUntil(table, survivors, () => viewOf(players[1] as Device).round === 2);
		table.network.heal();
		await table.pass(30_000);
		expect(hostOf(players)).toHaveLength(1);
		await playUntil(table, players, isFinished(players));
		await expectAgreement(players);
	});
});

describe('a table whose rule is to deal again', () => {
	it('voids the round and keeps the scores', async () => {
		const { table, players } = await tableOf(47, 3, { onHostLoss: 'redeal' });
		await playUntil(table, players, () =>
			players.every((device) => viewOf(device).round === 2 && viewOf(device).trick.length === 1),
		);
		const scores = viewOf(players[1] as Device).sheet[0]?.scores;
		table.host.kill();
		const survivors = players.slice(1);
		await timeToOpen(table, survivors);
		await playUntil(table, survivors, isFinished(survivors));
		expect(viewOf(players[1] as Device).sheet).toHaveLength(10);
		expect(viewOf(players[1] as Device).sheet[0]?.scores).toEqual(scores);
		await expectAgreement(survivors);
	});
});
