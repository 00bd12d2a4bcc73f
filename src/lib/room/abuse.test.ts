/** Peers that are up to no good (docs/room-protocol.md, "Abuse"): refused, named to the host, and of no harm to anybody. */
import { describe, expect, it } from 'vitest';
import { nodeKeys } from '../../../tests/sim/node-keys.ts';
import { openRawPeer, type RawPeer, type RawPeerOptions } from '../../../tests/sim/raw-peer.ts';
import {
	keysUnder,
	openSimulatedTable,
	playUntil,
	type Device,
	type SimulatedTable,
} from '../../../tests/sim/simulated-table.ts';
import { concatBytes, utf8 } from '../game/bytes.ts';
import type { GameId, TableRules } from '../game/table-types.ts';
import { bytes32 } from '../game/testing.ts';
import type { PlayerId } from '../game/table-types.ts';
import { createMemoryStore } from '../store/memory.ts';
import type { Identity } from './keys.ts';
import { newIdentitySeeds } from './keys.ts';
import { encodeMessage, type PlainMessage } from './protocol.ts';
import type { Store } from './store.ts';
import { TableDocument } from './table-document.ts';

const hostOf = ({ host }: SimulatedTable) => host.session.snapshot;
const everybody = () => true;
const GARBAGE = Uint8Array.of(77, 1, 2, 3);
const namesOf = (table: SimulatedTable) =>
	hostOf(table).offences.map(({ offence, count }) => `${offence} ${count}`);

/** Host and Dana in a running game of theirs. */
async function tableOfTwo(seed: number, rules: Partial<TableRules> = {}) {
	const table = await openSimulatedTable({ seed, rules: { seats: 3, ...rules } });
	const dana = await table.join('Dana');
	void dana.session.sit(null);
	await table.pass(500);
	return { table, dana };
}
async function start(table: SimulatedTable, dana: Device) {
	void dana.session.send({ type: 'set_ready', ready: true });
	await table.pass(500);
	expect(await table.host.session.send({ type: 'start_game' })).toEqual({ ok: true });
	await table.pass(500);
}
const stranger = (table: SimulatedTable, options: RawPeerOptions = {}) =>
	openRawPeer(table, { polite: true, ...options });
const identityOf = async (table: SimulatedTable, { store }: Device): Promise<Identity> =>
	nodeKeys().identity(await store.identity(() => newIdentitySeeds(table.random)));
const say = (peer: RawPeer, message: PlainMessage) => {
	for (const link of peer.links) link.send(encodeMessage(message));
};
const heard = (peer: RawPeer, type: PlainMessage['type']) =>
	peer.messages.filter((message) => message.type === type);

describe('a stranger', () => {
	it('that tells of a higher term moves nobody: a log has to show it', async () => {
		const { table, dana } = await tableOfTwo(101);
		await start(table, dana);
		const before = hostOf(table);
		for (const role of ['seat', 'host'] as const) {
			const mallory = await stranger(table, { role, wants: everybody });
			const game = before.game as GameId;
			for (const link of mallory.links) {
				const where = { binding: link.binding, to: link.peer };
				link.send(await mallory.hello({ game, term: 99, length: 20_000 }, where));
			}
			await table.pass(1_000);
			expect(heard(mallory, 'request').length).toBeGreaterThan(0);
			say(mallory, { type: 'envelopes', game, from: 0, envelopes: [new Uint8Array(100)] });
			await table.pass(1_000);
			expect(hostOf(table)).toMatchObject({ isHost: true, status: 'open' });
			expect(dana.session.snapshot).toMatchObject({ isHost: false, status: 'open', fault: null });
		}
		expect(namesOf(table)).toContain('false_log 1');
	});

	it('that hosts another table does not keep a joiner from the host its link names', async () => {
		const table = await openSimulatedTable({ seed: 102 });
		table.host.leave();
		await table.pass(1_000);
		const game = bytes32(3).slice(0, 22) as GameId;
		const mallory = await stranger(table, { role: 'host', wants: everybody });
		const founder = hostOf(table).you.player;
		const late = await table.join('Late', { acceptsFounder: (player: PlayerId) => player === founder });
		for (const link of mallory.links) {
			link.send(await mallory.hello({ game, term: 7 }, { binding: link.binding, to: link.peer }));
		}
		const document = new TableDocument(game);
		document.push([new Uint8Array(120)]);
		say(mallory, { type: 'welcome', game, number: 0 });
		say(mallory, { type: 'sync', game, now: 0, update: document.whole() });
		await table.pass(1_000);
		expect(late.session.snapshot.events).toBe(0);
		await table.host.reload();
		await table.pass(5_000);
		expect(late.session.snapshot).toMatchObject({ status: 'open', events: hostOf(table).events });
	});

	it('that sends garbage is named to the host, and barred for good after the ninth in a row', async () => {
		const { table, dana } = await tableOfTwo(103);
		const mallory = await stranger(table);
		for (let n = 0; n < 8; n++) mallory.link.send(GARBAGE);
		await table.pass(500);
		expect(hostOf(table).offences).toEqual([
			{
				player: mallory.identity.player,
				face: expect.objectContaining({ name: 'Mallory' }),
				offence: 'malformed_message',
				count: 8,
			},
		]);
		expect(mallory.links).toHaveLength(1);
		mallory.link.send(GARBAGE);
		await table.pass(500);
		expect([mallory.links.length, heard(mallory, 'refused').length]).toEqual([0, 1]);
		const again = await stranger(table, { identity: mallory.identity });
		await table.pass(500);
		expect([again.links, heard(again, 'sync')]).toEqual([[], []]);
		// A stranger's name is nothing for the log, and the others hear nothing of it.
		expect(hostOf(table).events).toBe(dana.session.snapshot.events);
		expect(dana.session.snapshot.offences).toEqual([]);
	});

	it('is named for what it does: too large, forged, written into the document, said in the host’s place', async () => {
		const { table, dana } = await tableOfTwo(104);
		const mallory = await stranger(table);
		const game = hostOf(table).game as GameId;
		const document = new TableDocument(game);
		document.push([new Uint8Array(100)]);
		const good = () => mallory.link.send(encodeMessage({ type: 'request', game, from: 0 }));
		mallory.link.send(concatBytes(Uint8Array.of(10), utf8(`{"x":"${'x'.repeat(1_000)}"}`)));
		good();
		const asDana = { player: dana.session.snapshot.you.player };
		mallory.link.send(await mallory.command({ type: 'leave_seat' }, asDana));
		good();
		mallory.link.send(encodeMessage({ type: 'sync', game, now: 0, update: document.whole() }));
		good();
		mallory.link.send(encodeMessage({ type: 'refused', reason: 'kicked' }));
		await table.pass(1_000);
		expect(namesOf(table)).toEqual([
			'oversized_message 1',
			'forged_command 1',
			'writes_document 1',
			'poses_as_host 1',
		]);
		expect(mallory.links).toHaveLength(1);
		expect(hostOf(table)).toMatchObject({ isHost: true, status: 'open' });
		expect(dana.session.snapshot).toMatchObject({ status: 'open', fault: null });
	});

	it('that floods is put out, and costs no more than what a limit of frames brings', async () => {
		const { table } = await tableOfTwo(105);
		const mallory = await stranger(table);
		const game = hostOf(table).game as GameId;
		for (let n = 0; n < 2_000; n++) mallory.link.send(encodeMessage({ type: 'request', game, from: 0 }));
		await table.pass(1_000);
		expect(heard(mallory, 'envelopes').length).toBeLessThanOrEqual(150);
		expect(mallory.links).toEqual([]);
		expect(hostOf(table).offences[0]?.offence).toBe('too_many_messages');
	});

	it('is not given the log of a table that is closed to spectators, by any seat', async () => {
		const { table, dana } = await tableOfTwo(106, { seats: 2, spectators: false });
		await start(table, dana);
		const mallory = await stranger(table, { role: 'seat', wants: (role) => role === 'seat' });
		say(mallory, { type: 'request', game: hostOf(table).game as GameId, from: 0 });
		await table.pass(500);
		expect([mallory.links.length, heard(mallory, 'envelopes')]).toEqual([1, []]);
	});
});

describe('a player', () => {
	it('whose page sends garbage is put out by the log, and the game goes on with a stand-in', async () => {
		const { table, dana } = await tableOfTwo(111);
		const mallory = await table.join('Mallory');
		void mallory.session.sit(null);
		await table.pass(500);
		void mallory.session.send({ type: 'set_ready', ready: true });
		await start(table, dana);
		const identity = await identityOf(table, mallory);
		mallory.kill();
		const raw = await stranger(table, { identity, role: 'seat' });
		await table.pass(6_000);
		for (let n = 0; n < 9; n++) raw.link.send(GARBAGE);
		await table.pass(1_000);
		expect(hostOf(table).seats[2]).toMatchObject({ presence: 'left', connection: 'lost' });
		expect(dana.session.snapshot.seats[2]).toMatchObject({ presence: 'left' });
		await playUntil(table, [table.host, dana], () => hostOf(table).view?.round === 2);
		const again = await stranger(table, { identity });
		await table.pass(500);
		// The others meet elsewhere by now.
		expect([again.links, again.frames]).toEqual([[], []]);
	});

	it('claiming a term that would leave none for others finds no voter', async () => {
		const { table, dana } = await tableOfTwo(112);
		const ben = await table.join('Ben');
		void ben.session.sit(null);
		await table.pass(500);
		void ben.session.send({ type: 'set_ready', ready: true });
		await start(table, dana);
		const identity = await identityOf(table, ben);
		ben.kill();
		const raw = await stranger(table, { identity, role: 'seat', wants: everybody });
		await table.pass(6_000);
		table.host.kill();
		await table.pass(5_200);
		const game = dana.session.snapshot.game as GameId;
		for (const term of [Number.MAX_SAFE_INTEGER - 1, 3])
			say(raw, { type: 'claim', game, term, logTerm: 1, length: 0 });
		await table.pass(300);
		expect(heard(raw, 'vote')).toEqual([]);
		say(raw, { type: 'claim', game, term: 4, logTerm: 1, length: 0 });
		await table.pass(300);
		expect(heard(raw, 'vote')).toMatchObject([{ term: 4 }]);
	});

	it('whose clock was set back holds the seat with its newest page all the same', async () => {
		const { table, dana } = await tableOfTwo(113);
		const { clock } = table;
		const identity = await identityOf(table, dana);
		const record = await dana.store.table(hostOf(table).code);
		if (record === null) throw new Error('the table is known');
		const back = await table.join('Dana', {
			store: dana.store,
			record,
			identity,
			clock: { now: () => clock.now() - 600_000, after: (ms, run) => clock.after(ms, run) },
		});
		await table.pass(3_000);
		expect(back.session.snapshot).toMatchObject({ status: 'open', you: { seat: 1 } });
		expect(dana.session.snapshot.status).toBe('taken_over');
	});
});

describe('a host that has lost its last writes and went on without knowing it', () => {
	/** What the disk gives from now on is the log up to `length`; what is written goes on from there. */
	async function shortened(store: Store, game: GameId, length: number): Promise<Store> {
		const shorter = createMemoryStore();
		await shorter.append((await store.events(game)).slice(0, length));
		const secret = await store.secret(game);
		if (secret !== null) await shorter.putSecret(secret);
		return { ...store, events: shorter.events, append: shorter.append, replace: shorter.replace };
	}

	it('takes up what the others have, in a term of its own, and nobody loses what it saw', async () => {
		const { table, dana } = await tableOfTwo(121);
		await start(table, dana);
		const players = [table.host, dana];
		await playUntil(
			table,
			players,
			() => (hostOf(table).view?.round ?? 0) === 1 && hostOf(table).events > 20,
		);
		const game = hostOf(table).game as GameId;
		const seen = await dana.store.events(game);
		table.host.kill();
		dana.freeze();
		Object.assign(table.host.store, await shortened(table.host.store, game, seen.length - 3));
		await table.host.reload();
		// Nobody answers within the time it waits: it goes on from an earlier event than the others saw.
		await table.pass(3_000);
		const stood = table.host.session.snapshot.events;
		await playUntil(table, [table.host], () => hostOf(table).events > stood, 30_000).catch(() => undefined);
		dana.thaw();
		await table.pass(20_000);
		const after = await dana.store.events(game);
		expect(after.slice(0, seen.length)).toEqual(seen);
		expect(players.filter(({ session }) => session.snapshot.isHost)).toHaveLength(1);
		await playUntil(table, players, () => players.every(({ session }) => session.snapshot.view?.round === 2));
		expect(dana.session.snapshot.fault).toBeNull();
	});
});

describe('a table from which somebody was put out', () => {
	const secretOf = (device: Device) => device.session.snapshot.link.split('&')[1] ?? null;
	const joinWith = async (table: SimulatedTable, name: string, secret: string) => {
		const tableKeys = keysUnder(table.code, secret);
		return table.join(name, { tableKeys });
	};
	async function threeOf(seed: number) {
		const { table, dana } = await tableOfTwo(seed, { seats: 4 });
		const mallory = await table.join('Mallory');
		void mallory.session.sit(null);
		const noa = await table.join('Noa');
		await table.pass(500);
		return { table, dana, mallory, noa };
	}

	it('meets elsewhere from then on: who was put out hears nothing there, who has the new link comes', async () => {
		const { table, dana, mallory, noa } = await threeOf(131);
		const { player } = mallory.session.snapshot.you;
		await table.host.session.send({ type: 'kick', player });
		for (let n = 0; n < 40; n++) {
			await table.pass(50);
			// The links that stand go on: nobody misses the host for a moment.
			expect([dana, noa].map(({ session }) => session.snapshot.status)).toEqual(['open', 'open']);
		}
		const secret = secretOf(table.host) ?? '';
		expect(secret).toMatch(/^[\w-]{22}$/);
		expect([dana, noa].map(secretOf)).toEqual([secret, secret]);
		expect(mallory.received.some((frame) => Buffer.from(frame).includes(secret))).toBe(false);
		// No link is left to it, not even a guest's: host and Dana, host and Noa, Dana and Noa who watches.
		expect(table.network.links).toBe(3);
		const spy = await stranger(table, { role: 'seat', wants: everybody });
		const byCode = await table.join('By the code');
		await table.pass(10_000);
		const stayed = [table.host, dana, noa].map(({ peer }) => peer);
		expect(spy.links.filter(({ peer }) => stayed.includes(peer))).toEqual([]);
		expect(byCode.session.snapshot.status).toBe('nobody_here');
		const friend = await joinWith(table, 'Friend', secret);
		await table.pass(1_000);
		expect(friend.session.snapshot.status).toBe('open');
		// A reload comes back to where the others are.
		await dana.reload();
		await table.pass(3_000);
		expect(dana.session.snapshot).toMatchObject({ status: 'open', you: { seat: 1 } });
	});

	it('waits with that for a player who is away, who would find nobody', async () => {
		const { table, dana, mallory } = await threeOf(132);
		dana.leave();
		await table.pass(1_000);
		await table.host.session.send({ type: 'kick', player: mallory.session.snapshot.you.player });
		await table.pass(3_000);
		expect(secretOf(table.host)).toBeNull();
		await dana.reload();
		await table.pass(3_000);
		expect(dana.session.snapshot.status).toBe('open');
		expect([table.host, dana].map(secretOf)).toEqual(Array(2).fill(secretOf(table.host)));
		expect(secretOf(dana)).not.toBeNull();
	});

	it('waits a while for a player who has left its seat and may be about to return', async () => {
		const { table, dana, mallory } = await threeOf(134);
		void mallory.session.send({ type: 'set_ready', ready: true });
		await start(table, dana);
		void dana.session.send({ type: 'leave_seat' });
		await table.pass(500);
		expect(table.host.session.snapshot.seats[1]?.presence).toBe('left');
		dana.leave();
		await table.pass(10_000);
		await table.host.session.send({ type: 'kick', player: mallory.session.snapshot.you.player });
		await table.pass(3_000);
		expect(secretOf(table.host)).toBeNull();
		await dana.reload();
		await table.pass(3_000);
		expect([table.host, dana].map(secretOf)).toEqual(Array(2).fill(secretOf(table.host)));
		expect(secretOf(dana)).not.toBeNull();
	});

	it('is found by a page that was gone before it heard that all have moved', async () => {
		const { table, dana, mallory } = await threeOf(133);
		await table.host.session.send({ type: 'kick', player: mallory.session.snapshot.you.player });
		await table.pass(2_000);
		const record = await dana.store.table(table.code);
		if (record === null) throw new Error('the table is known');
		dana.leave();
		// As if the last word had not come: both places are tried.
		await dana.store.putTable({ ...record, former: { secret: null, isLeft: false } });
		for (const place of ['new', 'old'] as const) {
			const tableKeys = place === 'new' ? keysUnder(table.code, record.secret ?? '') : table.tableKeys;
			const back = await table.join('Dana', {
				store: dana.store,
				record: { ...record, former: { secret: null, isLeft: false } },
				identity: await identityOf(table, dana),
				tableKeys,
			});
			await table.pass(20_000);
			expect(back.session.snapshot, place).toMatchObject({ status: 'open', you: { seat: 1 } });
			back.leave();
			await table.pass(1_000);
		}
	});
});
