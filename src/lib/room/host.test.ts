import { describe, expect, it } from 'vitest';
import { openLoneHost, type LoneHost, type LoneHostOptions } from '../../../tests/sim/lone-host.ts';
import { encodeBase64url } from '../game/bytes.ts';
import type { SealedHand } from '../game/log.ts';
import { seatOf, toSeat } from '../game/seats.ts';
import { isTableEvent } from '../game/table-parse.ts';
import type { Command } from '../game/table-types.ts';
import { EL_DORADO, type ElDoradoState } from '../games/el-dorado/index.ts';
import type { CardsDealt } from '../games/el-dorado/types.ts';
import type { IsraeliWhistState } from '../games/israeli-whist/index.ts';
import { createMemoryStore } from '../store/memory.ts';
import { isSecretOf, openHand, roundKeyOf, sealHand, shuffledDeck } from './deal.ts';
import { ACTIONS_WINDOW_MS, MAX_ACTIONS } from './host.ts';
import { LogConflictError, type Store } from './store.ts';
import { lastMovedFor } from './snapshot.ts';

async function openStarted(options: LoneHostOptions): Promise<LoneHost> {
	const table = await openLoneHost(options);
	expect(await table.ask(0, { type: 'start_game' })).toEqual({ ok: true });
	return table;
}
const typesFrom = ({ host }: LoneHost, from: number) =>
	host.book.entries.slice(from).map(({ record }) => record.type);
const playerOf = ({ players }: LoneHost, n: number) => {
	const identity = players[n];
	if (identity === undefined) throw new Error(`no player ${n}`);
	return identity.player;
};
const nobody = (length: number) => new Uint8Array(length);
const turnOf = ({ host }: LoneHost): number => host.state.inner?.turn ?? -1;
const bid = (value: number) => ({ type: 'make_bid', bid: value }) as Command;
const face = (name: string): Command => ({ type: 'change_face', face: { name, color: 1, avatar: 1 } });
const isFinished = ({ stage }: { stage: string }) => stage === 'finished';

describe('the number of a command', () => {
	it('is dealt with once: the same or an earlier one does nothing', async () => {
		const { host, players } = await openLoneHost({ seed: 1, humans: 2 });
		const dana = playerOf({ players } as LoneHost, 1);
		expect(host.numberOf(dana)).toBe(2);
		await host.submit(face('Once'), dana, 3);
		const { length } = host.book;
		for (const number of [3, 2, 1, 0]) {
			expect(await host.submit(face(`Again ${number}`), dana, number)).toEqual({ ok: true });
		}
		expect(host.book.length).toBe(length);
		expect(host.state.seats[1]).toMatchObject({ face: { name: 'Once' } });
		await host.submit(face('Later'), dana, 9);
		expect(host.numberOf(dana)).toBe(9);
		expect(host.state.seats[1]).toMatchObject({ face: { name: 'Later' } });
	});

	it('is counted for a refusal as well, whose answer is kept for a player whose link broke', async () => {
		const table = await openLoneHost({ seed: 2, humans: 2 });
		const dana = playerOf(table, 1);
		expect(await table.ask(1, { type: 'start_game' })).toEqual({ ok: false, code: 'not_admin' });
		expect(table.host.numberOf(dana)).toBe(3);
		expect(table.host.repliesTo(dana).at(-1)).toEqual({ type: 'reply', number: 3, code: 'not_admin' });
		for (let n = 0; n < 8; n++) await table.ask(1, { type: 'leave_seat' });
		expect(table.host.repliesTo(dana)).toHaveLength(MAX_ACTIONS);
	});

	it('is the player’s, not the seat’s: after a reload everybody goes on from their own', async () => {
		const table = await openLoneHost({ seed: 3, humans: 3 });
		await table.ask(1, { type: 'set_ready', ready: false });
		await table.ask(1, { type: 'set_ready', ready: true });
		await table.ask(1, { type: 'leave_seat' });
		// Ben sits where Dana sat, and has asked for less.
		await table.ask(0, { type: 'swap_seats', a: toSeat(1), b: toSeat(2) });
		const numbers = [0, 1, 2].map((n) => table.host.numberOf(playerOf(table, n)));
		expect(numbers[1]).toBe(5);
		const reloaded = await table.reload();
		expect([0, 1, 2].map((n) => reloaded.host.numberOf(playerOf(table, n)))).toEqual(numbers);
	});
});

describe('the pace of a player', () => {
	it('is five actions in a sliding window of five seconds, each player by itself, the host’s own free', async () => {
		const table = await openLoneHost({ seed: 4, humans: 3 });
		await table.clock.advance(ACTIONS_WINDOW_MS);
		const before = table.host.book.length;
		for (let n = 0; n < MAX_ACTIONS; n++) {
			expect(await table.ask(1, face(`Face ${n}`))).toEqual({ ok: true });
			await table.clock.advance(900);
		}
		expect(await table.ask(1, face('Too much'))).toEqual({ ok: false, code: 'rate_limited' });
		expect(await table.ask(2, face('Another'))).toEqual({ ok: true });
		for (let n = 0; n < 20; n++) expect(await table.ask(0, face(`Host ${n}`))).toEqual({ ok: true });
		expect(table.host.book.length).toBe(before + MAX_ACTIONS + 1 + 20);
		// 4.5 s have passed: when the first of the five is out of the window one more may come, and not two.
		await table.clock.advance(500);
		expect(await table.ask(1, face('In time'))).toEqual({ ok: true });
		expect(await table.ask(1, face('Too early'))).toEqual({ ok: false, code: 'rate_limited' });
	});
});

describe('what a player asks for', () => {
	it('that is no command is refused as such, and is no misplay', async () => {
		const table = await openStarted({ seed: 5, humans: 2 });
		await table.playUntil(({ inner }) => inner?.round === 1);
		const { length } = table.host.book;
		for (const body of [
			null,
			7,
			'make_bid',
			[],
			{},
			{ type: 'make_bid' },
			{ type: 'make_bid', bid: 1, by: 'bot' },
			{ type: 'take_seat', seat: null },
			JSON.parse('{"type":"leave_seat","__proto__":{}}') as unknown,
		]) {
			await table.clock.advance(1_100);
			expect(await table.ask(1, body as never)).toEqual({ ok: false, code: 'unknown_command' });
		}
		expect(typesFrom(table, length).filter((type) => type !== 'bid_made')).toEqual([]);
	});

	it('and the rules refuse is a misplay in the log when it was a move of the game (El Dorado 7)', async () => {
		const table = await openStarted({ seed: 6, humans: 2 });
		await table.playUntil(({ inner }) => inner?.round === 1);
		const waiting = 1 - turnOf(table);
		const { length } = table.host.book;
		expect(await table.ask(waiting, bid(0))).toEqual({ ok: false, code: 'not_your_turn' });
		expect(typesFrom(table, length)).toEqual(['invalid_action']);
		expect(table.host.book.entries.at(-1)?.record.author?.[0]).toBe(waiting);
		expect(table.host.state.misplays[waiting]).toBe(1);
		// A command of the table that is refused is none, and a spectator has no seat to count it for.
		await table.ask(waiting, { type: 'set_ready', ready: true });
		expect(await table.host.submit(bid(0), encodeBase64url(nobody(32)) as never, 1)).toMatchObject({
			code: 'not_seated',
		});
		expect(table.host.book.length).toBe(length + 1);
	});

	it('stands in the log under the seat and number it was asked with', async () => {
		const table = await openLoneHost({ seed: 7, humans: 2 });
		const authors = table.host.book.entries.map(({ record }) => record.author);
		expect(authors).toEqual([null, [0, 1], [1, 1], [1, 2]]);
	});
});

describe('an event', () => {
	it('is stored before anybody sees it', async () => {
		const memory = createMemoryStore();
		let release: () => void = () => undefined;
		let holds = false;
		const store: Store = {
			...memory,
			append: async (events) => {
				if (holds) await new Promise<void>((resolve) => (release = resolve));
				await memory.append(events);
			},
		};
		const table = await openLoneHost({ seed: 8, humans: 2, store });
		const { length } = table.host.book;
		holds = true;
		const asked = table.ask(1, face('Later'));
		await table.clock.advance(3_000);
		expect([table.host.book.length, table.host.document.length]).toEqual([length, length]);
		release();
		expect(await asked).toEqual({ ok: true });
		expect([table.host.book.length, table.host.document.length]).toEqual([length + 1, length + 1]);
	});

	it('that cannot be stored is shown to nobody, the fault is told, and it is tried again until it can', async () => {
		const memory = createMemoryStore();
		let isFull = false;
		const store: Store = {
			...memory,
			append: (events) => (isFull ? Promise.reject(new Error('full')) : memory.append(events)),
		};
		const table = await openLoneHost({ seed: 9, humans: 2, store });
		const before = [table.host.book.head, table.host.document.length];
		isFull = true;
		const asked = table.ask(1, face('In the end'));
		await table.clock.advance(60_000);
		expect([table.host.book.head, table.host.document.length]).toEqual(before);
		expect(table.faults.length).toBeGreaterThan(5);
		expect(table.faults.length).toBeLessThan(20);
		isFull = false;
		await table.clock.advance(10_000);
		expect(await asked).toEqual({ ok: true });
		expect(await table.ask(1, face('Then'))).toEqual({ ok: true });
	});

	it('of its own accord is tried again too: a bot whose move could not be stored moves all the same', async () => {
		const memory = createMemoryStore();
		let refusals = 0;
		const store: Store = {
			...memory,
			append: (events) => (refusals-- > 0 ? Promise.reject(new Error('full')) : memory.append(events)),
		};
		const table = await openStarted({ seed: 9, humans: 1, bots: 2, store });
		refusals = 2;
		await table.playUntil(({ inner }) => inner?.round === 2);
		expect(table.faults).toHaveLength(2);
	});

	it('is not written over another page’s: the page that is behind finds out', async () => {
		const table = await openLoneHost({ seed: 10, humans: 2 });
		const second = await table.open();
		expect(await table.ask(1, face('First'))).toEqual({ ok: true });
		await expect(second.ask(1, face('Second'))).rejects.toThrow(LogConflictError);
		expect(second.faults[0]).toBeInstanceOf(LogConflictError);
		expect(await table.store.events(table.gameId)).toHaveLength(table.host.book.length);
		expect(second.host.book.length).toBe(table.host.book.length - 1);
	});
});

describe('a reload', () => {
	it('at any moment brings back the same table, hands included, and goes on to the end', async () => {
		let table = await openStarted({ seed: 11, humans: 2, bots: 1 });
		for (let length = 12; !isFinished(table.host.state); length += 67) {
			await table.playUntil((state) => table.host.book.length >= length || isFinished(state));
			const { state, book } = table.host;
			table = await table.reload();
			expect(table.host.state).toEqual(state);
			expect(table.host.book.head).toEqual(book.head);
			expect(table.host.document.envelopes(0)).toEqual(book.envelopes());
			for (const { player } of table.players) table.host.setConnection(player, 'open');
		}
		expect(table.host.state.inner?.round).toBe(10);
		expect(table.faults).toEqual([]);
	});
});

describe('the deal', () => {
	it('gives each player the hand that is sealed to it, and the log no card before it is played', async () => {
		const table = await openStarted({ seed: 12, humans: 3, bots: 1 });
		await table.playUntil(({ inner }) => inner?.round === 1);
		const entry = table.host.book.entries.findLast(({ record }) => record.type === 'cards_dealt');
		const dealt = entry?.event as CardsDealt;
		const sealed = entry?.record.hands as readonly SealedHand[];
		expect(sealed.map(({ box }) => box !== null)).toEqual([true, true, true, false]);
		for (const [n, identity] of table.players.entries()) {
			for (const [seat, hand] of sealed.entries()) {
				expect(await openHand(identity, hand)).toEqual(seat === n ? dealt.hands[seat] : null);
			}
		}
		expect(Object.keys(entry?.record.payload ?? {})).not.toContain('hands');
	});

	it('can be dealt again by anybody from what is published: every card, box and commitment', async () => {
		const table = await openStarted({ seed: 13, humans: 2, bots: 1 });
		await table.playUntil(isFinished);
		const { book } = table.host;
		const { commitment, secret } = table.host.state;
		expect(isSecretOf(secret ?? '', commitment)).toBe(true);
		const started = book.entries.find(({ record }) => record.type === 'game_started');
		const contributions = String(started?.record.payload['contributions']);
		const seed = { game: table.gameId, secret: table.secret, contributions };
		const revealed = book.entries.filter(({ record }) => record.type === 'round_revealed');
		expect(revealed).toHaveLength(10);
		let before = EL_DORADO.start(
			EL_DORADO.defaultOptions(),
			3,
			started?.record.payload['firstDealer'] as never,
		);
		for (const { record, event } of book.entries) {
			if (event.type === 'cards_dealt') {
				const deal = event as CardsDealt;
				const key = roundKeyOf(seed, deal.round);
				expect(revealed[deal.round - 1]?.record.payload['key']).toBe(encodeBase64url(key));
				expect(EL_DORADO.deal(before, deal.active, shuffledDeck(key, 1))).toEqual(deal);
				for (const [seat, hand] of deal.hands.entries()) {
					const holder = table.host.state.seats[seat];
					const boxKey = holder?.kind === 'human' ? holder.boxKey : null;
					const again = await sealHand(table.keys, key, toSeat(seat), hand ?? [], boxKey);
					expect(record.hands?.[seat]).toEqual(again);
				}
			}
			if (!isTableEvent(event)) before = EL_DORADO.evolve(before, event as never);
		}
		expect(before.over).toBe(true);
	});

	it('publishes no round’s key before that round is over', async () => {
		const table = await openStarted({ seed: 14, humans: 2 });
		await table.playUntil(({ inner }) => inner?.round === 3);
		const types = typesFrom(table, 0);
		const order = types.filter((type) => ['cards_dealt', 'round_scored', 'round_revealed'].includes(type));
		expect(order).toEqual([
			...Array.from({ length: 2 }, () => ['cards_dealt', 'round_scored', 'round_revealed']).flat(),
			'cards_dealt',
		]);
	});

	it('is not stopped by a player whose box key is worth nothing: that player sees no cards', async () => {
		const worthless = encodeBase64url(nobody(32));
		const table = await openStarted({
			seed: 15,
			humans: 2,
			rules: { turnTimerS: 30 },
			boxKeyOf: (n) => (n === 1 ? worthless : null),
		});
		await table.playUntil(({ inner }) => inner?.round === 2);
		const entry = table.host.book.entries.find(({ record }) => record.type === 'cards_dealt');
		expect(entry?.record.hands?.map((hand) => hand?.box === null)).toEqual([false, true]);
		expect(table.faults).toEqual([]);
	});
});

describe('a bot', () => {
	it('that breaks down or names an illegal move does not stop the game: the forced move is made', async () => {
		for (const choose of [
			() => Promise.reject(new Error('the worker is gone')),
			() => Promise.resolve({ type: 'play_card', card: 200 }),
		]) {
			const table = await openStarted({
				seed: 16,
				humans: 1,
				bots: 1,
				runner: { choose, close: () => undefined },
			});
			await table.playUntil(({ inner }) => inner?.round === 2);
			const byBot = table.host.book.entries.filter(({ record }) => record.payload['seat'] === 1);
			expect(byBot.length).toBeGreaterThan(10);
		}
	});
});

describe('a player to act who is not connected (El Dorado 6.1)', () => {
	const openLost = async (rules: LoneHostOptions['rules'] = {}) => {
		const table = await openStarted({ seed: 17, humans: 2, rules: { graceS: 10, ...rules } });
		await table.playUntil(({ inner }) => inner?.turn === 1);
		table.host.setConnection(playerOf(table, 1), 'lost');
		return table;
	};

	it('is waited for, then away, and the stand-in moves; coming back takes the seat back', async () => {
		const table = await openLost();
		const { length } = table.host.book;
		const now = table.clock.now();
		expect(table.host.deadline).toEqual({ at: now + 10_000, totalMs: 10_000 });
		await table.clock.advance(9_999);
		expect(table.host.book.length).toBe(length);
		await table.clock.advance(1_000);
		expect(typesFrom(table, length).slice(0, 2)).toEqual(['seat_away', 'bid_made']);
		expect(table.host.book.entries[length + 1]?.record.payload['by']).toBe('bot');
		const away = table.host.book.length;
		table.host.setConnection(playerOf(table, 1), 'open');
		await table.host.idle();
		expect(typesFrom(table, away)).toEqual(['seat_back']);
	});

	it('counts from the loss, not from the beginning of the turn, and a link in doubt does not count', async () => {
		const table = await openStarted({ seed: 18, humans: 2, rules: { graceS: 10 } });
		await table.playUntil(({ inner }) => inner?.turn === 1);
		await table.clock.advance(60_000);
		table.host.setConnection(playerOf(table, 1), 'doubtful');
		await table.clock.advance(60_000);
		expect(turnOf(table)).toBe(1);
		expect(table.host.deadline).toBeNull();
		table.host.setConnection(playerOf(table, 1), 'lost');
		expect(table.host.deadline?.at).toBe(table.clock.now() + 10_000);
	});

	it('who comes back in time finds nothing done', async () => {
		const table = await openLost();
		await table.clock.advance(9_000);
		table.host.setConnection(playerOf(table, 1), 'open');
		const { length } = table.host.book;
		await table.clock.advance(60_000);
		expect([table.host.book.length, turnOf(table)]).toEqual([length, 1]);
	});

	it('is waited for without end where the table says so, and moved for by force where it says so', async () => {
		const patient = await openLost({ onAbsence: 'wait' });
		await patient.clock.advance(600_000);
		expect([turnOf(patient), patient.host.deadline]).toEqual([1, null]);
		const strict = await openLost({ onAbsence: 'forced' });
		const { length } = strict.host.book;
		await strict.clock.advance(11_000);
		expect(strict.host.book.entries[length + 1]?.record.payload).toEqual({ seat: 1, bid: 0, by: 'forced' });
	});
});

describe('the turn timer (El Dorado 6.2)', () => {
	it('moves once for a connected player, who is not away by it', async () => {
		const table = await openStarted({ seed: 19, humans: 2, rules: { turnTimerS: 30 } });
		await table.playUntil(({ inner }) => inner?.turn === 1);
		const { length } = table.host.book;
		const since = table.host.book.entries.at(-1)?.record.time ?? 0;
		expect(table.host.deadline).toEqual({ at: since + 30_000, totalMs: 30_000 });
		await table.clock.advance(30_000);
		expect(typesFrom(table, length)[0]).toBe('bid_made');
		expect(table.host.state.seats[1]).toMatchObject({ presence: 'here' });
	});

	it('makes the forced move where the table wants no bot, and a page can tell of it', async () => {
		const rules = { turnTimerS: 30, onAbsence: 'forced' } as const;
		const table = await openStarted({ seed: 19, humans: 2, rules });
		await table.playUntil(({ inner }) => inner?.turn === 1);
		const { length } = table.host.book;
		await table.clock.advance(30_000);
		const { entries } = table.host.book;
		expect(entries[length]?.event).toMatchObject({ type: 'bid_made', seat: 1, by: 'forced' });
		expect(lastMovedFor(entries)).toEqual({ seat: 1, by: 'forced', index: length });
	});
});

describe('several who are asked at once (Israeli Whist 2.4)', () => {
	/** All four have passed: the frisch is open to all of them. */
	async function inFrisch(rules: LoneHostOptions['rules']): Promise<LoneHost> {
		const table = await openStarted({
			seed: 24,
			humans: 4,
			variant: 'israeli_whist',
			rules: { firstDealer: 'first_seat', ...rules },
		});
		await table.clock.advance(6_000);
		for (let call = 0; call < 4; call++)
			await table.ask(turnOf(table), { type: 'make_call', bid: null } as Command);
		expect(table.host.state.inner).toMatchObject({ phase: 'frisch', pending: [1, 2, 3, 0] });
		return table;
	}
	const choose = async (table: LoneHost, seat: number) => {
		const cards = (table.host.state.inner as IsraeliWhistState).hands[seat]?.slice(0, 3);
		expect(await table.ask(seat, { type: 'pass_cards', cards } as Command)).toEqual({ ok: true });
	};

	it('have the same time, all of them: one who answers gives the others no more', async () => {
		const table = await inFrisch({ turnTimerS: 30 });
		const opened = table.clock.now();
		await table.clock.advance(20_000);
		await choose(table, 0);
		expect(table.host.deadline).toEqual({ at: opened + 30_000, totalMs: 30_000 });
		await table.clock.advance(9_999);
		expect(table.host.state.inner).toMatchObject({ pending: [1, 2, 3] });
		await table.clock.advance(1);
		await table.clock.advance(1);
		expect(table.host.state.inner).toMatchObject({ phase: 'auction' });
	});

	it('are timed each by itself: a seat behind the first is played for when its own player is gone', async () => {
		const table = await inFrisch({ graceS: 10 });
		expect(table.host.deadline).toBeNull();
		table.host.setConnection(playerOf(table, 2), 'lost');
		expect(table.host.deadline).toEqual({ at: table.clock.now() + 10_000, totalMs: 10_000 });
		await table.clock.advance(11_000);
		expect(table.host.state.seats[2]).toMatchObject({ presence: 'away' });
		expect(table.host.state.inner).toMatchObject({ pending: [1, 3, 0] });
		for (const seat of [0, 1, 3]) await choose(table, seat);
		expect(table.host.state.inner).toMatchObject({ phase: 'auction' });
	});
});

describe('a finished round', () => {
	const rested = async (rules: LoneHostOptions['rules'] = {}) => {
		const table = await openStarted({ seed: 20, humans: 3, rules });
		await table.playUntil((state) => state.revealedRounds === 1 || table.host.nextRoundAt !== null);
		await table.host.idle();
		return table;
	};

	it('rests, at its pace, and the next is dealt by itself', async () => {
		const calm = await rested({ pace: 'calm' });
		const at = calm.host.nextRoundAt ?? 0;
		expect(at - calm.clock.now()).toBeGreaterThan(5_000);
		await calm.clock.advance(at - calm.clock.now() - 1);
		expect(calm.host.state.inner?.round).toBe(1);
		await calm.clock.advance(1);
		expect(calm.host.state.inner?.round).toBe(2);
		expect(calm.host.nextRoundAt).toBeNull();
	});

	it('rests no longer than until everybody who is there has tapped on', async () => {
		const table = await rested({ pace: 'calm' });
		await table.ask(0, { type: 'continue' });
		await table.ask(1, { type: 'continue' });
		await table.clock.advance(1);
		expect(table.host.state.inner?.round).toBe(1);
		// The third is not there to tap.
		table.host.setConnection(playerOf(table, 2), 'lost');
		await table.clock.advance(1);
		expect(table.host.state.inner?.round).toBe(2);
	});
});

describe('a table with too few players to deal to (El Dorado 6.3)', () => {
	it('waits, with no timer running, until one returns', async () => {
		const table = await openStarted({ seed: 21, humans: 2 });
		await table.playUntil(({ inner }) => inner?.round === 1);
		await table.ask(1, { type: 'leave_seat' });
		await table.playUntil((state) => state.revealedRounds === 1);
		await table.clock.advance(600_000);
		expect(table.host.state.inner?.round).toBe(1);
		expect(table.clock.waiting).toBe(0);
		await table.ask(1, { type: 'return_to_seat' });
		await table.clock.advance(10_000);
		expect(table.host.state.inner?.round).toBe(2);
	});
});

describe('a host that is closed', () => {
	it('has no timer left and writes nothing more', async () => {
		const table = await openStarted({ seed: 22, humans: 1, bots: 1 });
		await table.playUntil(({ inner }) => inner?.round === 1);
		table.host.close();
		expect(table.clock.waiting).toBe(0);
		const { length } = table.host.book;
		await table.ask(0, face('Late'));
		table.host.setConnection(playerOf(table, 0), 'lost');
		await table.clock.advance(60_000);
		expect([table.host.book.length, table.clock.waiting]).toEqual([length, 0]);
	});
});

describe('events of its own that a host has lost', () => {
	/** A store that forgets the last events, as after a power failure. */
	async function forgetful(lost: number) {
		const table = await openStarted({ seed: 23, humans: 2, bots: 1 });
		await table.playUntil(({ inner }) => inner?.round === 2 && inner.turn === 1);
		const all = table.host.book.envelopes();
		const stored = await table.store.events(table.gameId);
		const store = createMemoryStore();
		await store.append(stored.slice(0, -lost));
		table.host.close();
		const reloaded = await table.open(store);
		expect(reloaded.host.book.length).toBe(all.length - lost);
		return { reloaded, all, store, before: table.host };
	}

	it('are taken from who has them: log, hands, store and numbers are as they were', async () => {
		const { reloaded, all, store, before } = await forgetful(7);
		const { host } = reloaded;
		expect(await host.adopt(all.length - 7, all.slice(-7))).toBe('grown');
		expect(host.book.head).toEqual(before.book.head);
		expect((host.state.inner as ElDoradoState).hands).toEqual((before.state.inner as ElDoradoState).hands);
		expect(host.document.envelopes(0)).toEqual(all);
		expect((await store.events(reloaded.gameId)).map(({ envelope }) => envelope)).toEqual(all);
		for (const { player } of reloaded.players) expect(host.numberOf(player)).toBe(before.numberOf(player));
	});

	it('are taken from a range that begins earlier, and only once', async () => {
		const { reloaded, all } = await forgetful(3);
		expect(await reloaded.host.adopt(0, all)).toBe('grown');
		expect(await reloaded.host.adopt(0, all)).toBe('nothing');
		expect(reloaded.host.book.length).toBe(all.length);
	});

	it('are not taken from a gap, from nothing, or altered', async () => {
		const { reloaded, all } = await forgetful(3);
		const { host } = reloaded;
		const { head } = host.book;
		expect(await host.adopt(all.length - 2, all.slice(-2))).toBe('nothing');
		expect(await host.adopt(all.length - 3, [])).toBe('nothing');
		const altered = all.slice(-3).map((bytes) => bytes.with(10, (bytes[10] ?? 0) ^ 1));
		expect(
			await host.adopt(
				all.length - 3,
				altered.map((bytes) => new Uint8Array(bytes)),
			),
		).toBe('parted');
		expect(host.book.head).toEqual(head);
		expect(seatOf(host.state, playerOf(reloaded, 1))).toBe(1);
	});
});
