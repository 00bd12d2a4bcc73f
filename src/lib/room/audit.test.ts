/** The audit of a log: an honest game passes, and each lie of a host is named where it stands. */
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeKeys } from '../../../tests/sim/node-keys.ts';
import {
	gameNamed,
	openSimulatedTable,
	playUntil,
	type SimulatedTable,
} from '../../../tests/sim/simulated-table.ts';
import { toSeat } from '../game/seats.ts';
import { EL_DORADO } from '../games/el-dorado/index.ts';
import { auditLog, type FindingCode } from './audit.ts';
import { LogBook, type Entry } from './log-book.ts';

/** What a spectator holds of a finished game of two humans and a bot: no hand was ever open to it. */
async function finishedLog(table: SimulatedTable): Promise<readonly Entry[]> {
	const { game } = table.host.session.snapshot;
	if (game === null) throw new Error('a game was played');
	const book = new LogBook({
		keys: nodeKeys(),
		gameId: game,
		gameOf: gameNamed,
		acceptsFounder: () => true,
		openCards: (event) => Promise.resolve(event),
	});
	const stored = await table.host.store.events(game);
	const { offence } = await book.receive(stored.map(({ envelope }) => envelope));
	expect(offence).toBeNull();
	return book.entries;
}

describe('the audit', () => {
	let honest: readonly Entry[];

	beforeAll(async () => {
		const table = await openSimulatedTable({ seed: 5, rules: { seats: 3 } });
		const dana = await table.join('Dana');
		void dana.session.sit(null);
		await table.pass(1_000);
		const face = { name: 'Bot', color: 3, avatar: 4 };
		await table.host.session.send({ type: 'add_bot', seat: toSeat(2), level: 'novice', face });
		void dana.session.send({ type: 'set_ready', ready: true });
		await table.pass(1_000);
		await table.host.session.send({ type: 'start_game' });
		await playUntil(table, table.devices, () => table.host.session.snapshot.stage === 'finished');
		honest = await finishedLog(table);
	});

	const check = (entries: readonly Entry[]) => auditLog(EL_DORADO, entries, nodeKeys());
	const indexOf = (type: string) => honest.findIndex(({ record }) => record.type === type);
	/** The log with one entry told otherwise: what the host would have signed instead. */
	function lie(type: string, change: (entry: Entry) => Entry): readonly Entry[] {
		const at = indexOf(type);
		return honest.map((entry, index) => (index === at ? change(entry) : entry));
	}
	async function codesOf(entries: readonly Entry[]): Promise<FindingCode[]> {
		return (await check(entries)).findings.map(({ code }) => code);
	}
	const withHand = (seat: number, change: object) => (entry: Entry) => ({
		...entry,
		record: {
			...entry.record,
			hands: entry.record.hands?.map((hand, index) =>
				index === seat && hand !== null ? { ...hand, ...change } : hand,
			),
		},
	});
	const OTHER = 'A'.repeat(43);

	it('finds nothing in an honest game: ten rounds and the secret', async () => {
		expect(await check(honest)).toEqual({ rounds: 10, secret: true, findings: [] });
	});

	it('finds nothing in an honest game that is not over, as far as it goes', async () => {
		const second = honest.findIndex(({ record }) => record.type === 'round_revealed') + 1;
		expect(await check(honest.slice(0, second))).toEqual({ rounds: 1, secret: false, findings: [] });
	});

	it('names contributions that the players did not give', async () => {
		const lied = lie('game_started', (entry) => ({
			...entry,
			event: { ...entry.event, contributions: OTHER } as never,
		}));
		expect(await codesOf(lied)).toContain('wrong_contributions');
	});

	it('names a number that is not the one its player had promised', async () => {
		const lied = lie('contribution_opened', (entry) => ({
			...entry,
			event: { ...entry.event, contribution: OTHER } as never,
		}));
		const { findings } = await check(lied);
		const at = honest.findIndex(({ record }) => record.type === 'contribution_opened');
		expect(findings[0]).toEqual({ code: 'wrong_contributions', index: at, round: null, seat: toSeat(0) });
	});

	it('names a trump card that the key does not give', async () => {
		const lied = lie('cards_dealt', (entry) => ({
			...entry,
			record: { ...entry.record, payload: { ...entry.record.payload, trumpCard: '2C*' } },
		}));
		const { findings } = await check(lied);
		expect(findings[0]).toEqual({ code: 'wrong_deal', index: indexOf('cards_dealt'), round: 1, seat: null });
	});

	it('names a commitment and a sealed hand that are not of the hand the key gives', async () => {
		expect(await codesOf(lie('cards_dealt', withHand(2, { commitment: OTHER })))).toEqual([
			'wrong_commitment',
		]);
		const { findings } = await check(lie('cards_dealt', withHand(1, { box: OTHER })));
		expect(findings).toMatchObject([{ code: 'wrong_box', seat: 1, round: 1 }]);
	});

	it('names a round key that the secret does not give: the deal of that round is another', async () => {
		expect(
			await codesOf(
				lie('round_revealed', (entry) => ({ ...entry, event: { ...entry.event, key: OTHER } as never })),
			),
		).toEqual(['wrong_deal', 'wrong_key']);
	});

	it('names cards that were played out of hands which did not hold them', async () => {
		const [at, after] = twoWhoLoseATrick();
		const [first, second] = [honest[at], honest[after]].map(
			(entry) => (entry?.event as { card?: string }).card,
		);
		const playing = (entry: Entry, card: string | undefined): Entry => ({
			event: { ...entry.event, card } as never,
			player: entry.player,
			record: { ...entry.record, payload: { ...entry.record.payload, card: card ?? null } },
		});
		const lied = honest.map((entry, index) => {
			if (index === at) return playing(entry, second);
			return index === after ? playing(entry, first) : entry;
		});
		const seat = (honest[at]?.event as { seat?: number }).seat;
		expect((await check(lied)).findings).toEqual([{ code: 'illegal_play', index: at, round: 1, seat }]);
	});

	/** The places of the second and third card of a trick of round 1 that its leader took: they may change, and nobody sees. */
	function twoWhoLoseATrick(): readonly [number, number] {
		const leader = honest.findIndex(({ event }, index) => {
			const next = honest
				.slice(index, index + 4)
				.map((entry) => entry.event as { type: string; seat?: number });
			const isTrick =
				next.map(({ type }) => type).join() === 'card_played,card_played,card_played,trick_taken';
			return isTrick && 'seat' in event && next[3]?.seat === event.seat;
		});
		expect(leader).toBeLessThan(indexOf('round_revealed'));
		return [leader + 1, leader + 2];
	}

	it('names a first dealer who was not drawn, once the secret is out', async () => {
		const codes: FindingCode[][] = [];
		for (const seed of [1, 2, 3, 4]) {
			const table = await openSimulatedTable({ seed, rules: { seats: 2, firstDealer: 'first_seat' } });
			const dana = await table.join('Dana');
			void dana.session.sit(null);
			await table.pass(1_000);
			void dana.session.send({ type: 'set_ready', ready: true });
			await table.pass(1_000);
			await table.host.session.send({ type: 'start_game' });
			await table.pass(1_000);
			await table.host.session.send({ type: 'end_game' });
			await table.pass(5_000);
			const [opening, ...rest] = await finishedLog(table);
			if (opening?.event.type !== 'game_created') throw new Error('a log opens with its game');
			const rules = { ...table.host.session.snapshot.rules, firstDealer: 'drawn' };
			codes.push(await codesOf([{ ...opening, event: { ...opening.event, rules } as never }, ...rest]));
		}
		// Where the draw gives the first seat as well there is nothing to be found.
		expect(codes.flat()).toContain('wrong_first_dealer');
		expect(new Set(codes.flat())).toEqual(new Set(['wrong_first_dealer']));
		expect(codes).toContainEqual([]);
	});

	it('names a secret that is not the one committed to', async () => {
		const lied = lie('game_ended', (entry) => ({
			...entry,
			event: { ...entry.event, secret: OTHER } as never,
		}));
		expect(await codesOf(lied)).toEqual(['wrong_secret']);
	});
});
