/** The room at a table of memory: what issues of people and networks do to a game of El Dorado. */
import { describe, expect, it } from 'vitest';
import { parseCard } from '../../src/lib/cards/notation.ts';
import { toSeat } from '../../src/lib/game/seats.ts';
import type { Face, TableRules } from '../../src/lib/game/table-types.ts';
import type { ElDoradoView } from '../../src/lib/games/el-dorado/types.ts';
import { openSimulatedTable, playUntil, type Device, type SimulatedTable } from './simulated-table.ts';

const viewOf = (device: Device): ElDoradoView => {
	const { view } = device.session.snapshot;
	if (view === null) throw new Error(`${device.name} has no view`);
	return view as ElDoradoView;
};
const roundOf = (device: Device): number => device.session.snapshot.view?.round ?? 0;
const isFinished = (devices: readonly Device[]) => () =>
	devices.every(({ session }) => session.snapshot.stage === 'finished');
const botFace = (n: number): Face => ({ name: `Bot ${n}`, color: n % 10, avatar: n });

/** What everyone at the table must agree on, whoever looks. */
function publicPart({ session }: Device): string {
	const { events, stage, view } = session.snapshot;
	return JSON.stringify({
		events,
		stage,
		view: { ...view, viewer: 0, hand: [], legalBids: [], forbiddenBid: null },
	});
}
function expectAgreement(devices: readonly Device[]): void {
	const [first, ...others] = devices.map(publicPart);
	for (const other of others) expect(other).toBe(first);
	expect(devices.map(({ session }) => session.snapshot.fault)).toEqual(devices.map(() => null));
}

/** A table with these guests seated and ready, bots in `bots` further seats, the game begun. */
async function seatedTable(
	seed: number,
	guests: readonly string[],
	{ bots = 0, rules = {} }: { bots?: number; rules?: Partial<TableRules> } = {},
): Promise<{ table: SimulatedTable; players: Device[] }> {
	const seats = Math.max(2, 1 + guests.length + bots);
	const table = await openSimulatedTable({ seed, rules: { seats, ...rules } });
	const players = [table.host];
	for (const name of guests) players.push(await table.join(name));
	for (const { session } of players.slice(1)) void session.sit(null);
	await table.pass(1_000);
	for (let n = 0; n < bots; n++) {
		const seat = toSeat(1 + guests.length + n);
		await table.host.session.send({ type: 'add_bot', seat, level: 'novice', face: botFace(n) });
	}
	for (const { session } of players.slice(1)) void session.send({ type: 'set_ready', ready: true });
	await table.pass(1_000);
	expect(await table.host.session.send({ type: 'start_game' })).toEqual({ ok: true });
	await table.pass(200);
	return { table, players };
}

describe('a table of four', () => {
	it('plays ten rounds, and all four end with the same log and the same scores', async () => {
		const { table, players } = await seatedTable(1, ['Dana', 'Ben', 'Yael']);
		const moves = await playUntil(table, players, isFinished(players));
		expect(moves).toBe(220 + 40);
		expectAgreement(players);
		expect(viewOf(table.host).sheet).toHaveLength(10);
	});

	it('shows nobody a card it may not see: hands are in no byte that a guest or spectator gets', async () => {
		const { table, players } = await seatedTable(2, ['Dana', 'Ben', 'Yael']);
		const watcher = await table.join('Noa');
		await playUntil(
			table,
			players,
			() => roundOf(table.host) === 2 && viewOf(table.host).phase === 'playing',
		);
		expect(watcher.session.snapshot.you.seat).toBeNull();
		expect(viewOf(watcher).hand).toEqual([]);
		const unseen = viewOf(table.host).hand.map(({ card }) => card);
		expect(unseen.length).toBeGreaterThan(0);
		for (const device of [watcher, ...players.slice(1)]) {
			const { view } = device.session.snapshot;
			const text = device.received.map((frame) => Buffer.from(frame).toString('latin1')).join('');
			for (const entry of text.matchAll(/"type":"cards_dealt".*?"hands":\[(.*?)\]/g)) {
				expect(entry[1]).toMatch(/^(\{"box":"[\w-]+","commitment":"[\w-]+"(,"share":"[\w-]+")?\},?)+$/);
			}
			expect(device.received.length).toBeGreaterThan(10);
			expect(view).not.toBeNull();
		}
	});

	it('gives a guest its seat and hand back after a reload, in the bidding and in the middle of a trick', async () => {
		const { table, players } = await seatedTable(3, ['Dana', 'Ben', 'Yael']);
		const dana = players[1] as Device;
		for (const phase of ['bidding', 'playing']) {
			await playUntil(
				table,
				players,
				() =>
					viewOf(table.host).phase === phase && viewOf(table.host).trick.length > 0 === (phase === 'playing'),
			);
			const before = viewOf(dana);
			await dana.reload();
			expect(viewOf(dana)).toEqual(before);
			await table.pass(3_000);
			expect(dana.session.snapshot.status).toBe('open');
			expect(viewOf(dana).hand).toHaveLength(before.hand.length);
		}
		await playUntil(table, players, isFinished(players));
		expectAgreement(players);
	});

	it('goes on where it was after the host has reloaded, with nothing asked', async () => {
		const { table, players } = await seatedTable(4, ['Dana', 'Ben', 'Yael']);
		await playUntil(table, players, () => viewOf(table.host).trick.length > 0);
		const before = viewOf(table.host);
		await table.host.reload();
		expect(viewOf(table.host)).toEqual(before);
		expect(table.host.session.snapshot.isHost).toBe(true);
		await table.pass(12_000);
		expect(players.map(({ session }) => session.snapshot.status)).toEqual(['open', 'open', 'open', 'open']);
		await playUntil(table, players, isFinished(players));
		expectAgreement(players);
	});

	it('keeps a move made while the host is away, and sends it when the host is back', async () => {
		const { table, players } = await seatedTable(5, ['Dana']);
		await playUntil(
			table,
			players,
			() => viewOf(table.host).phase === 'bidding' && viewOf(table.host).turn === 1,
		);
		const dana = players[1] as Device;
		table.host.leave();
		await table.pass(1_000);
		expect(dana.session.snapshot.status).toBe('host_away');
		const sent = dana.session.send({ type: 'make_bid', bid: 3 } as never);
		expect(viewOf(dana).seats[1]?.bid).toBe(3);
		await table.host.reload();
		await table.pass(8_000);
		expect(await sent).toEqual({ ok: true });
		expect(table.host.session.snapshot.isHost).toBe(true);
		expect(viewOf(table.host).seats[1]?.bid).toBe(3);
	});

	it('refuses an illegal move with its code, counts it as a misplay and changes nothing else (El Dorado 7)', async () => {
		const { table, players } = await seatedTable(6, ['Dana', 'Ben', 'Yael']);
		const waiting = players.find(
			({ session }) => session.snapshot.view?.turn !== session.snapshot.you.seat,
		) as Device;
		const before = viewOf(table.host);
		const refused = waiting.session.send({ type: 'make_bid', bid: 1 } as never);
		await table.pass(1_000);
		expect(await refused).toEqual({ ok: false, code: 'not_your_turn' });
		expect(viewOf(table.host)).toEqual(before);
		const seat = waiting.session.snapshot.you.seat ?? -1;
		expect(table.host.session.snapshot.seats[seat]?.misplays).toBe(1);
		expect(waiting.session.snapshot.refused?.code).toBe('not_your_turn');
		const card = parseCard('2C');
		expect(card).not.toBeNull();
	});

	it('has every round dealt again by every player, and all of them have said so before the log ends', async () => {
		const { table, players } = await seatedTable(8, ['Dana', 'Ben'], { bots: 1 });
		const watcher = await table.join('Omri');
		const all = [...players, watcher];
		await playUntil(table, players, isFinished(all));
		await table.pass(1_000);
		for (const { session } of all) {
			const { dealCheck, dealChecks } = session.snapshot;
			expect(dealCheck).toEqual({ rounds: 10, secret: true, findings: [] });
			expect(dealChecks).toHaveLength(players.length * 10);
			expect(dealChecks.every(({ fits }) => fits)).toBe(true);
		}
	});

	it('ends without the word of a player who is gone', async () => {
		const { table, players } = await seatedTable(9, ['Dana', 'Ben']);
		const [host, dana, ben] = players as [Device, Device, Device];
		await playUntil(table, players, () => roundOf(host) === 10 && viewOf(host).tricks.length === 0);
		const dealt = table.clock.now();
		ben.kill();
		await playUntil(table, [host, dana], isFinished([host, dana]));
		expect(table.clock.now() - dealt).toBeLessThan(200_000);
		const words = host.session.snapshot.dealChecks.filter(({ round }) => round === 10);
		expect(words.map(({ seat }) => seat).sort()).toEqual([0, 1]);
	});

	it('writes nothing into a game that is over: a name changed then is the next game’s', async () => {
		const { table, players } = await seatedTable(9, ['Dana']);
		const [host, dana] = players as [Device, Device];
		void host.session.send({ type: 'end_game' });
		await table.pass(5_000);
		const { events } = host.session.snapshot;
		const face = { name: 'Dana B', color: 2, avatar: 3 };
		expect(await dana.session.send({ type: 'change_face', face })).toEqual({ ok: true });
		await table.pass(1_000);
		expect(host.session.snapshot).toMatchObject({ stage: 'finished', events });
		await host.session.playAgain();
		await table.pass(2_000);
		expect(host.session.snapshot.stage).toBe('lobby');
		expect(host.session.snapshot.seats[1]?.face).toEqual(face);
	});

	it('plays again with the same people, each with a new part in the deal', async () => {
		const { table, players } = await seatedTable(7, ['Dana']);
		await playUntil(table, players, isFinished(players));
		const first = table.host.session.snapshot.game;
		await table.host.session.playAgain();
		await table.pass(3_000);
		expect(players.map(({ session }) => session.snapshot.stage)).toEqual(['lobby', 'lobby']);
		expect(players.map(({ session }) => session.snapshot.you.seat)).toEqual([0, 1]);
		expect(table.host.session.snapshot.game).not.toBe(first);
		expect(await table.host.session.send({ type: 'start_game' })).toEqual({ ok: true });
		await playUntil(table, players, isFinished(players));
		expectAgreement(players);
	});
});

describe('people who drop, leave and come back (El Dorado 6)', () => {
	it('6.1: after the grace time a bot acts for who is away, and the owner takes the seat back by returning', async () => {
		const { table, players } = await seatedTable(8, ['Dana', 'Ben'], { rules: { graceS: 10 } });
		const dana = players[1] as Device;
		dana.leave();
		const others = players.filter((player) => player !== dana);
		await playUntil(table, others, () => table.host.session.snapshot.seats[1]?.presence === 'away');
		await playUntil(table, others, () => roundOf(table.host) === 2);
		await dana.reload();
		await table.pass(8_000);
		expect(table.host.session.snapshot.seats[1]?.presence).toBe('here');
		await playUntil(table, players, isFinished(players));
		expectAgreement(players);
	});

	it('6.1: the forced move acts where the table says so, and nothing does where it says wait', async () => {
		const { table, players } = await seatedTable(9, ['Dana'], { rules: { graceS: 10, onAbsence: 'forced' } });
		const dana = players[1] as Device;
		dana.leave();
		await playUntil(table, [table.host], () => roundOf(table.host) === 2);
		expect(viewOf(table.host).sheet[0]?.bids[1]).toBe(0);

		const patient = await seatedTable(10, ['Dana'], { rules: { graceS: 10, onAbsence: 'wait' } });
		(patient.players[1] as Device).leave();
		await expect(
			playUntil(patient.table, [patient.table.host], () => roundOf(patient.table.host) === 2, 120_000),
		).rejects.toThrow('not done');
		expect(patient.table.host.session.snapshot.seats[1]?.presence).toBe('here');
	});

	it('6.2: the turn timer acts for a connected player who does not', async () => {
		const { table } = await seatedTable(11, ['Dana'], { rules: { turnTimerS: 30 } });
		await table.pass(200);
		expect(table.host.session.snapshot.deadline?.totalMs).toBe(30_000);
		await table.pass(61_000);
		expect(viewOf(table.host).phase).toBe('playing');
		expect(table.host.session.snapshot.seats.map(({ presence }) => presence)).toEqual(['here', 'here']);
	});

	it('6.3: who leaves is out from the next deal on, marked absent, and may return rounds later', async () => {
		const { table, players } = await seatedTable(12, ['Dana', 'Ben', 'Yael']);
		const dana = players[1] as Device;
		await playUntil(
			table,
			players,
			() => roundOf(table.host) === 2 && viewOf(table.host).phase === 'playing',
		);
		void dana.session.send({ type: 'leave_seat' });
		await table.pass(1_000);
		await playUntil(table, players, () => roundOf(table.host) === 5);
		void dana.session.send({ type: 'return_to_seat' });
		await playUntil(table, players, isFinished(players));
		const bids = viewOf(table.host).sheet.map((row) => row.bids[1] !== null);
		expect(bids.slice(0, 6)).toEqual([true, true, false, false, false, true]);
		expectAgreement(players);
	});

	it('6.4: who comes late watches, takes a free seat, and is dealt in at the next round', async () => {
		const { table, players } = await seatedTable(13, ['Dana'], { rules: { seats: 3 } });
		await playUntil(table, players, () => roundOf(table.host) === 2);
		const late = await table.join('Late');
		await table.pass(1_000);
		expect(viewOf(late).round).toBe(2);
		void late.session.sit(null);
		await table.pass(1_000);
		expect(late.session.snapshot.you.seat).toBe(2);
		await playUntil(table, [...players, late], isFinished([...players, late]));
		const sheet = viewOf(late).sheet.map((row) => row.bids[2] === null);
		expect(sheet.slice(0, 3)).toEqual([true, true, false]);
		expectAgreement([...players, late]);
	});
});

describe('the lobby', () => {
	it('lets people choose and swap seats, and keeps the rules to the admin', async () => {
		const table = await openSimulatedTable({ seed: 20 });
		const dana = await table.join('Dana');
		void dana.session.sit(toSeat(3));
		await table.pass(1_000);
		expect(dana.session.snapshot.you.seat).toBe(3);
		void dana.session.send({ type: 'swap_seats', a: toSeat(3), b: toSeat(1) });
		await table.pass(1_000);
		expect(dana.session.snapshot.you.seat).toBe(1);
		const refused = dana.session.send({ type: 'start_game' });
		await table.pass(1_000);
		expect(await refused).toEqual({ ok: false, code: 'not_admin' });
		expect(await table.host.session.send({ type: 'start_game' })).toEqual({ ok: false, code: 'not_ready' });
	});

	it('refuses a kicked player for good and frees the seat', async () => {
		const table = await openSimulatedTable({ seed: 21 });
		const mallory = await table.join('Mallory');
		void mallory.session.sit(null);
		await table.pass(1_000);
		const { player } = mallory.session.snapshot.you;
		await table.host.session.send({ type: 'kick', player });
		await table.pass(1_000);
		expect(table.host.session.snapshot.seats[1]?.kind).toBe('empty');
		expect(mallory.session.snapshot).toMatchObject({ status: 'refused', refusal: 'kicked' });
		await mallory.reload();
		await table.pass(5_000);
		expect(mallory.session.snapshot).toMatchObject({ status: 'refused', refusal: 'kicked' });
	});

	it('shows watchers to everybody, and a changed face of a player or a watcher', async () => {
		const table = await openSimulatedTable({ seed: 22 });
		const dana = await table.join('Dana');
		const noa = await table.join('Noa');
		void dana.session.sit(null);
		await table.pass(1_000);
		expect(dana.session.snapshot.watchers.map(({ face }) => face.name)).toEqual(['Noa']);
		void noa.session.send({ type: 'change_face', face: { ...noa.face, name: 'Noa B' } });
		void dana.session.send({ type: 'change_face', face: { ...dana.face, name: 'Dana B' } });
		await table.pass(1_000);
		expect(table.host.session.snapshot.watchers.map(({ face }) => face.name)).toEqual(['Noa B']);
		expect(noa.session.snapshot.seats[1]?.face?.name).toBe('Dana B');
	});

	it('moves the newest page of a player into its seat and stops the older one', async () => {
		const table = await openSimulatedTable({ seed: 23 });
		const dana = await table.join('Dana');
		void dana.session.sit(null);
		await table.pass(1_000);
		const older = dana.session;
		await dana.openAgain();
		await table.pass(2_000);
		expect(older.snapshot.status).toBe('taken_over');
		expect(dana.session.snapshot).toMatchObject({ status: 'open', you: { seat: 1 } });
	});
});

describe('a table alone with bots', () => {
	it('plays a whole game with one human and three bots', async () => {
		const { table, players } = await seatedTable(30, [], { bots: 3 });
		await playUntil(table, players, isFinished(players));
		expect(viewOf(table.host).sheet).toHaveLength(10);
	});

	it('seats ten with two decks (El Dorado 1.2)', async () => {
		const { table, players } = await seatedTable(31, ['Dana'], { bots: 8 });
		await playUntil(table, players, isFinished(players));
		expect(viewOf(table.host).seats).toHaveLength(10);
		expectAgreement(players);
	});
});
