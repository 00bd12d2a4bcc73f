/**
 * Israeli Whist at whole tables: the frisch is sealed on its way and in the log, opened by nobody but its host, audited
 * when the round is over, and survives the host; a round that everybody passed is dealt again; a keeper's table needs
 * no deal at all.
 */
import { describe, expect, it } from 'vitest';
import type { CardId } from '../../src/lib/cards/card.ts';
import { chooseNow } from '../../src/lib/bots/answer.ts';
import type { GameView } from '../../src/lib/game/game.ts';
import { eventOf, parseEnvelope, type LogRecord } from '../../src/lib/game/log.ts';
import { toSeat } from '../../src/lib/game/seats.ts';
import type { Command, GameId } from '../../src/lib/game/table-types.ts';
import { ISRAELI_WHIST } from '../../src/lib/games/israeli-whist/index.ts';
import { optionsWith } from '../../src/lib/games/israeli-whist/testing.ts';
import type {
	IsraeliWhistCommand,
	IsraeliWhistOptions,
	IsraeliWhistView,
} from '../../src/lib/games/israeli-whist/types.ts';
import { auditLog } from '../../src/lib/room/audit.ts';
import { nodeKeys } from './node-keys.ts';
import { openSimulatedTable, playUntil, type Device, type SimulatedTable } from './simulated-table.ts';

async function tableOf(seed: number, options: Partial<IsraeliWhistOptions> = {}, guests = 3) {
	const table = await openSimulatedTable({
		seed,
		variant: 'israeli_whist',
		options: optionsWith({ end: { type: 'rounds', rounds: 2 }, ...options }),
		rules: { seats: 4, firstDealer: 'first_seat' },
	});
	const players = [table.host];
	for (const name of ['Dana', 'Ben', 'Yael'].slice(0, guests)) players.push(await table.join(name));
	for (const { session } of players.slice(1)) void session.sit(null);
	await table.pass(1_000);
	for (const { session } of players.slice(1)) void session.send({ type: 'set_ready', ready: true });
	await table.pass(1_000);
	for (let seat = guests + 1; seat < 4; seat++) {
		const face = { name: `Bot ${seat}`, color: seat, avatar: seat };
		await table.host.session.send({ type: 'add_bot', seat: toSeat(seat), level: 'novice', face });
	}
	expect(await table.host.session.send({ type: 'start_game' })).toEqual({ ok: true });
	await table.pass(500);
	return { table, players };
}

const viewOf = ({ session }: Device) => session.snapshot.view as IsraeliWhistView;
const seatOf = ({ session }: Device) => session.snapshot.you.seat ?? -1;
const handOf = (device: Device) => viewOf(device).hand.map(({ card }) => card);
const isFinished = (devices: readonly Device[]) => () =>
	devices.every(({ session }) => session.snapshot.stage === 'finished');
const hostsAmong = (devices: readonly Device[]) => devices.filter(({ session }) => session.snapshot.isHost);

async function ask(table: SimulatedTable, device: Device, command: IsraeliWhistCommand) {
	void device.session.send(command);
	await table.pass(1_100);
}

/** Everybody passes until the phase changes. */
async function passAll(table: SimulatedTable, players: readonly Device[]): Promise<void> {
	for (let call = 0; call < 4; call++) {
		const speaker = players.find((device) => viewOf(device).turn === seatOf(device));
		if (speaker === undefined) throw new Error('somebody is to speak');
		await ask(table, speaker, { type: 'make_call', bid: null });
	}
}

async function lay(table: SimulatedTable, device: Device): Promise<CardId[]> {
	const cards = handOf(device).slice(0, 3);
	await ask(table, device, { type: 'pass_cards', cards });
	return cards;
}

/** What a club player does; the seed is the hand. */
function clubMove(view: GameView): Command | null {
	if (view.turn === null || view.turn !== view.viewer) return null;
	return chooseNow({ variant: view.variant, view, level: 'club', seed: 1 });
}
const playOn = (table: SimulatedTable, players: readonly Device[], done: () => boolean) =>
	playUntil(table, players, done, 3_600_000, clubMove);

async function recordsOf(device: Device) {
	const game = device.session.snapshot.game as GameId;
	const events = await device.store.events(game);
	return events.map(({ envelope }) => parseEnvelope(envelope)!.record);
}

async function untilOpen(table: SimulatedTable, survivors: readonly Device[]): Promise<number> {
	const start = table.clock.now();
	const isOpen = () => survivors.every(({ session }) => session.snapshot.status === 'open');
	while (hostsAmong(survivors).length !== 1 || !isOpen()) {
		await table.pass(50);
		if (table.clock.now() - start > 60_000) throw new Error('nobody took over');
	}
	return table.clock.now() - start;
}

/** Everybody has dealt all rounds again and found nothing wrong. */
function expectFair(players: readonly Device[], rounds: number): void {
	for (const { name, session } of players) {
		expect(session.snapshot.fault, name).toBeNull();
		expect(session.snapshot.dealCheck, name).toMatchObject({ findings: [] });
		expect(session.snapshot.dealCheck?.rounds, name).toBeGreaterThanOrEqual(rounds);
	}
}

describe('a frisch', () => {
	it('passes three cards on, sealed all the way, and everybody checks it when the round is over', async () => {
		const { table, players } = await tableOf(11);
		await passAll(table, players);
		const before = players.map((device) => handOf(device));
		expect(players.map((device) => viewOf(device).frisch?.mayChoose)).toEqual([true, true, true, true]);
		const given: CardId[][] = [];
		for (const device of [...players].reverse()) {
			expect(players.map((one) => viewOf(one).received)).toEqual([null, null, null, null]);
			given.unshift(await lay(table, device));
		}
		for (const [index, device] of players.entries()) {
			const from = given[(index + 3) % 4];
			expect(viewOf(device)).toMatchObject({ phase: 'auction', frischs: 1, minimum: 6, received: from });
			const kept = before[index]?.filter((card) => !given[index]?.includes(card));
			expect(handOf(device)).toEqual([...(kept ?? []), ...(from ?? [])]);
		}
		// No frame and no record ever held the cards as they are: not on the way to the host, not in its log.
		for (const { received } of players) {
			expect(received.some((frame) => Buffer.from(frame).includes('"pass_cards"'))).toBe(false);
		}
		const records = await recordsOf(table.host);
		const chosen = records.filter(({ type }) => type === 'frisch_chosen');
		expect(chosen.map(({ payload }) => Object.keys(payload))).toEqual(Array(4).fill(['seat']));
		expect(chosen.every(({ faceDown }) => typeof faceDown?.box === 'string')).toBe(true);
		const exchanged = records.find(({ type }) => type === 'cards_exchanged');
		expect(exchanged?.payload).toEqual({ frisch: 1 });
		expect(exchanged?.hands).toHaveLength(4);
		await playOn(table, players, isFinished(players));
		await table.pass(3_000);
		expectFair(players, 2);
	});

	it('shows its own choice to a player that reloads, and to nobody else', async () => {
		const { table, players } = await tableOf(12);
		const [, dana, ben] = players as [Device, Device, Device, Device];
		await passAll(table, players);
		const cards = await lay(table, dana);
		await dana.reload();
		await table.pass(2_000);
		expect(viewOf(dana).frisch).toMatchObject({ mayChoose: false, chosen: cards });
		expect(viewOf(ben).frisch).toMatchObject({ mayChoose: true, chosen: null });
		expect(viewOf(ben).seats[seatOf(dana)]?.chosen).toBe(true);
	});

	it.each([0, 1, 2, 3])('survives its host when %i have chosen', async (laid) => {
		const { table, players } = await tableOf(13 + laid);
		await passAll(table, players);
		const survivors = players.slice(1);
		const given = new Map<Device, CardId[]>();
		for (const device of survivors.slice(0, laid)) given.set(device, await lay(table, device));
		const before = new Map(survivors.map((device) => [device, handOf(device)]));
		table.host.kill();
		expect(await untilOpen(table, survivors)).toBeLessThan(8_000);
		for (const device of survivors) {
			expect(handOf(device)).toEqual(before.get(device));
			expect(viewOf(device).frisch?.mayChoose).toBe(!given.has(device));
			if (!given.has(device)) given.set(device, await lay(table, device));
		}
		// The lost host's stand-in chooses when its time is up, and the exchange is of what was laid down.
		await table.pass(70_000);
		for (const device of survivors) {
			expect(viewOf(device).frischs).toBe(1);
			const hand = handOf(device);
			expect(given.get(device)?.some((card) => hand.includes(card))).toBe(false);
		}
		await playOn(table, survivors, isFinished(survivors));
		await table.pass(3_000);
		expectFair(survivors, 2);
		expect((await recordsOf(survivors[0]!)).map(({ type }) => type)).not.toContain('round_voided');
	});

	it('survives its host after the exchange, hands as they came', async () => {
		const { table, players } = await tableOf(23);
		await passAll(table, players);
		for (const device of players) await lay(table, device);
		const survivors = players.slice(1);
		const before = survivors.map((device) => handOf(device));
		table.host.kill();
		await untilOpen(table, survivors);
		expect(survivors.map((device) => handOf(device))).toEqual(before);
		await playOn(table, survivors, isFinished(survivors));
		await table.pass(3_000);
		expectFair(survivors, 2);
	});

	it('is voided with its round where nobody holds the key, and the cards are dealt again', async () => {
		const { table, players } = await tableOf(29, {}, 1);
		const [, dana] = players as [Device, Device];
		const isFrisch = () => players.every((device) => viewOf(device).phase === 'frisch');
		const passOnly = (view: GameView): Command | null =>
			view.turn !== null && view.turn === view.viewer && view.phase === 'auction'
				? ({ type: 'make_call', bid: null } as Command)
				: clubMove(view);
		await playUntil(table, players, isFrisch, 3_600_000, (view) =>
			view.phase === 'frisch' ? null : passOnly(view),
		);
		await lay(table, dana);
		table.host.kill();
		await table.pass(20_000);
		expect(dana.session.snapshot.isHost).toBe(true);
		expect((await recordsOf(dana)).map(({ type }) => type)).toContain('round_voided');
		await playOn(table, [dana], isFinished([dana]));
		await table.pass(3_000);
		expectFair([dana], 2);
	});

	it('the table goes on after a host that reloads in a frisch', async () => {
		const { table, players } = await tableOf(31);
		await passAll(table, players);
		const cards = await lay(table, players[1]!);
		await table.host.reload();
		await table.pass(3_000);
		for (const device of players) {
			if (viewOf(device).frisch?.mayChoose === true) await lay(table, device);
		}
		expect(viewOf(players[2]!)).toMatchObject({ frischs: 1, phase: 'auction', received: cards });
		await playOn(table, players, isFinished(players));
		await table.pass(3_000);
		expectFair(players, 2);
	});
});

describe('the audit of a frisch', () => {
	it('finds a hand that did not come of the exchange, a box that holds another, and a key that is not the round’s', async () => {
		const { table, players } = await tableOf(48, { end: { type: 'rounds', rounds: 1 } });
		await passAll(table, players);
		for (const device of players) await lay(table, device);
		await playOn(table, players, isFinished(players));
		const records = await recordsOf(table.host);
		// Each of them is tampered with at once below.
		expect(records.filter(({ type }) => type === 'cards_exchanged')).toHaveLength(1);
		const check = (tamper: (record: LogRecord) => LogRecord) => {
			const entries = records
				.map(tamper)
				.map((record) => ({ record, event: eventOf(ISRAELI_WHIST, record)! }));
			return auditLog(ISRAELI_WHIST, entries, nodeKeys());
		};
		const on = (type: string, change: (record: LogRecord) => Partial<LogRecord>) => (record: LogRecord) =>
			record.type === type ? { ...record, ...change(record) } : record;
		expect((await check((record) => record)).findings).toEqual([]);

		const [first, second, ...rest] = records.find(({ type }) => type === 'cards_exchanged')!.hands!;
		const at = records.findIndex(({ type }) => type === 'cards_exchanged');
		const swapped = await check(on('cards_exchanged', () => ({ hands: [second!, first!, ...rest] })));
		expect(swapped.findings[0]).toEqual({ code: 'wrong_commitment', index: at, round: 1, seat: 0 });
		const resealed = await check(
			on('cards_exchanged', () => ({ hands: [{ ...first!, box: second!.box }, second!, ...rest] })),
		);
		expect(resealed.findings).toEqual([{ code: 'wrong_box', index: at, round: 1, seat: 0 }]);

		const another = records.filter(({ type }) => type === 'frisch_chosen')[0]!;
		const laid = await check(on('frisch_chosen', () => ({ faceDown: another.faceDown })));
		expect(laid.findings.map(({ code }) => code)).toContain('wrong_box');
		const silent = await check(on('frisch_chosen', () => ({ faceDown: undefined })));
		expect(silent.findings[0]).toMatchObject({ code: 'wrong_box', round: 1 });
		const keyless = await check(on('cards_dealt', () => ({ roundBox: undefined })));
		expect(keyless.findings).toEqual([
			{ code: 'wrong_box', index: expect.any(Number), round: 1, seat: null },
		]);
	});
});

describe('a void round', () => {
	it('is dealt again under the next key, with the same number, and both deals are checked', async () => {
		const { table, players } = await tableOf(37, { maxFrisch: 0, end: { type: 'rounds', rounds: 1 } });
		const before = players.map((device) => handOf(device));
		await passAll(table, players);
		await table.pass(10_000);
		expect(viewOf(players[0]!)).toMatchObject({ round: 1, deal: 2, phase: 'auction', dealer: 0 });
		expect(players.map((device) => handOf(device))).not.toEqual(before);
		await playOn(table, players, isFinished(players));
		await table.pass(3_000);
		expectFair(players, 2);
		const records = await recordsOf(table.host);
		const revealed = records.filter(({ type }) => type === 'round_revealed');
		expect(revealed.map(({ payload }) => payload['round']).slice(0, 2)).toEqual([1, 2]);
	});
});

describe('a keeper’s table', () => {
	const quick: IsraeliWhistCommand = {
		type: 'enter_contracts',
		declarer: toSeat(1),
		strain: 'hearts',
		contracts: [3, 5, 3, 3],
		frischs: 0,
	};

	it('keeps four phones together through claims, a correction and the loss of its host', async () => {
		const { table, players } = await tableOf(41, { mode: 'keeper', end: { type: 'admin' } });
		const [host, dana, ben, yael] = players as [Device, Device, Device, Device];
		expect(viewOf(ben)).toMatchObject({ phase: 'auction', round: 1, deal: 0, turn: 1 });
		await ask(table, dana, { type: 'make_call', bid: { amount: 5, strain: 'clubs' } });
		await ask(table, host, quick);
		for (const device of [dana, dana, ben]) await ask(table, device, { type: 'claim_trick' });
		host.kill();
		const survivors = [dana, ben, yael];
		expect(await untilOpen(table, survivors)).toBeLessThan(8_000);
		const [admin] = hostsAmong(survivors);
		for (const device of survivors) {
			expect(viewOf(device).claims.map(({ seat }) => seat)).toEqual([1, 1, 2]);
		}
		// Whoever hosts is the admin now, and claims for the phone that is gone.
		for (let trick = 3; trick < 13; trick++) {
			await ask(table, admin!, { type: 'claim_trick', seat: toSeat(trick % 4) });
		}
		await ask(table, yael, { type: 'score_round' });
		await ask(table, admin!, {
			type: 'correct_round',
			round: 1,
			contracts: [3, 5, 3, 3],
			tricks: [3, 5, 3, 2],
		});
		for (const device of survivors) {
			expect(viewOf(device).sheet[0]?.scores).toEqual([19, 35, 19, -10]);
			expect(viewOf(device).round).toBe(2);
		}
		await dana.reload();
		await table.pass(3_000);
		expect(viewOf(dana).sheet[0]?.scores).toEqual([19, 35, 19, -10]);
		await ask(table, admin!, { type: 'finish_game' });
		// At once: real cards were dealt by hand, and there is no deal whose check the end could wait for.
		await table.pass(500);
		for (const device of survivors) {
			expect(device.session.snapshot).toMatchObject({ stage: 'finished', fault: null });
			expect(viewOf(device).winners).toEqual([1]);
		}
		const types = (await recordsOf(yael)).map(({ type }) => type);
		for (const type of ['cards_dealt', 'round_revealed', 'round_voided', 'seat_away']) {
			expect(types).not.toContain(type);
		}
	});

	it('a blank device that joins writes over nothing: it receives the game, and what it asks for is refused', async () => {
		const { table, players } = await tableOf(47, { mode: 'keeper', end: { type: 'admin' } });
		await ask(table, players[0]!, quick);
		await ask(table, players[1]!, { type: 'claim_trick' });
		const before = await recordsOf(players[0]!);
		const blank = await table.join('Lior');
		await table.pass(2_000);
		for (const command of [{ type: 'claim_trick' }, quick, { type: 'finish_game' }] as const)
			await ask(table, blank, command);
		await blank.reload();
		await table.pass(2_000);
		for (const device of [...players, blank]) {
			expect(await recordsOf(device)).toEqual(before);
			expect(viewOf(device)).toMatchObject({ phase: 'playing', round: 1, claims: [{ seat: 1 }] });
		}
		expect(seatOf(blank)).toBe(-1);
	});

	it('waits for people for as long as they like: nobody’s phone acts for anybody', async () => {
		const { table, players } = await tableOf(43, { mode: 'keeper' });
		players[1]!.kill();
		await table.pass(600_000);
		expect(viewOf(players[2]!)).toMatchObject({ phase: 'auction', turn: 1, calls: [] });
	});
});
