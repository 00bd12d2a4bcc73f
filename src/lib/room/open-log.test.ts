import { beforeAll, describe, expect, it } from 'vitest';
import { nodeKeys } from '../../../tests/sim/node-keys.ts';
import { recordGame } from '../../../tests/sim/recorded-game.ts';
import { DEAL_EVENT } from '../game/game.ts';
import { readLog, type ReadLog } from '../game/read-log.ts';
import { createReplay, fold } from '../game/replay.ts';
import type { ElDoradoState } from '../games/el-dorado/index.ts';
import { ISRAELI_WHIST, type IsraeliWhistState } from '../games/israeli-whist/index.ts';
import { optionsWith } from '../games/israeli-whist/testing.ts';
import { loadGame } from '../games/load.ts';
import { auditLog } from './audit.ts';
import { openLog } from './open-log.ts';

async function read(recording: Parameters<typeof recordGame>[0]): Promise<ReadLog> {
	const log = await readLog((await recordGame(recording)).envelopes, loadGame);
	if (log === null) throw new Error('a recorded game can be read');
	return log;
}

describe('a log that is opened', () => {
	let elDorado: ReadLog;
	let whist: ReadLog;
	let absent: ReadLog;

	beforeAll(async () => {
		elDorado = await read({ seed: 21, variant: 'el_dorado', people: ['Noa', 'Dan'], seats: 3 });
		whist = await read({
			seed: 22,
			variant: 'israeli_whist',
			people: ['Noa', 'Dan'],
			seats: 4,
			isFrisch: true,
		});
		const people = ['Noa', 'Dan', 'Yael'];
		absent = await read({ seed: 23, variant: 'el_dorado', people, seats: 10, isAbsent: true });
	}, 60_000);

	it('shows every hand of every round, and ends where the closed one ends', async () => {
		for (const log of [elDorado, absent]) {
			const events = await openLog(log, nodeKeys());
			const replay = createReplay(log.game, events);
			for (const [index, { type }] of events.entries()) {
				if (type !== DEAL_EVENT) continue;
				const { inner } = replay.at(index + 1);
				const { hands, active, cardsEach } = inner as ElDoradoState;
				for (const seat of active) expect(hands[seat]).toHaveLength(cardsEach);
			}
			const closed = fold(
				log.game,
				log.entries.map(({ event }) => event),
			);
			expect(log.game.totals(replay.at(events.length).inner as never)).toEqual(
				log.game.totals(closed.inner as never),
			);
		}
	});

	it('leaves an absent seat without cards (El Dorado 6.3)', () => {
		const rounds = absent.entries.filter(({ event }) => event.type === DEAL_EVENT).map(({ event }) => event);
		const sizes = rounds.map((event) => ('active' in event ? (event.active as readonly number[]).length : 0));
		expect(sizes.slice(0, 2)).toEqual([10, 10]);
		expect(sizes[3]).toBe(9);
		expect(sizes.at(-1)).toBe(10);
	});

	it('shows the hand that a stand-in plays for somebody who left (Israeli Whist 10)', async () => {
		const options = optionsWith({ end: { type: 'rounds', rounds: 9 } });
		const people = ['Noa', 'Dan'];
		const left = await read({
			seed: 24,
			variant: 'israeli_whist',
			people,
			seats: 4,
			isAbsent: true,
			options,
		});
		expect(left.entries.map(({ event }) => event.type)).toContain('seat_left');
		const events = await openLog(left, nodeKeys());
		const replay = createReplay(left.game, events);
		const deals = events.flatMap(({ type }, index) => (type === DEAL_EVENT ? [index + 1] : []));
		expect(deals.length).toBeGreaterThanOrEqual(9);
		for (const at of deals) {
			const { hands } = replay.at(at).inner as IsraeliWhistState;
			for (const seat of [0, 1, 2, 3]) expect(hands[seat]).toHaveLength(13);
		}
	}, 60_000);

	it('shows what was laid down and passed on in a frisch (Israeli Whist 2.4)', async () => {
		const events = await openLog(whist, nodeKeys());
		const at = events.findIndex(({ type }) => type === 'cards_exchanged');
		expect(at).toBeGreaterThan(0);
		const replay = createReplay(ISRAELI_WHIST, events);
		const before = replay.at(at).inner as IsraeliWhistState;
		const after = replay.at(at + 1).inner as IsraeliWhistState;
		for (const seat of [0, 1, 2, 3]) {
			expect(before.chosen[seat]?.cards).toHaveLength(3);
			expect(after.hands[seat]).toHaveLength(13);
			expect(after.received[seat]).toHaveLength(3);
		}
		expect(new Set(after.hands.flatMap((hand) => hand ?? [])).size).toBe(52);
		expect((await auditLog(ISRAELI_WHIST, whist.entries, nodeKeys())).findings).toEqual([]);
	});

	it('keeps a round closed whose key is not out, or gives other cards', async () => {
		const isRevealed = (type: string) => type === 'round_revealed';
		const first = elDorado.entries.findIndex(({ event }) => isRevealed(event.type));
		const running = { ...elDorado, entries: elDorado.entries.slice(0, first) };
		const [dealt] = (await openLog(running, nodeKeys())).filter(({ type }) => type === DEAL_EVENT);
		expect(dealt).toMatchObject({ hands: [null, null, null] });
		const lied = {
			...elDorado,
			entries: elDorado.entries.map((entry, index) =>
				index === first
					? { ...entry, event: { type: 'round_revealed' as const, round: 1, key: 'A'.repeat(43) } }
					: entry,
			),
		};
		const deals = (await openLog(lied, nodeKeys())).filter(({ type }) => type === DEAL_EVENT);
		expect(deals[0]).toMatchObject({ hands: [null, null, null] });
		expect(deals[1]).not.toMatchObject({ hands: [null, null, null] });
	});
});
