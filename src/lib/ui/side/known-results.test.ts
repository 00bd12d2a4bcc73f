import { describe, expect, it } from 'vitest';
import { formatNotation, parseNotation } from '../../game/game-notation.ts';
import { createReplay } from '../../game/replay.ts';
import { toSeat } from '../../game/seats.ts';
import { loadGame } from '../../games/load.ts';
import { playedTable } from '../../stats/testing.ts';
import type { Recorded } from './branch.ts';
import { dealOf, knownResults, resultsIn, type KnownResult } from './known-results.ts';

function recorded(seed: number): Recorded {
	const { table, events } = playedTable('el_dorado', seed);
	return { game: table.game, events, replay: createReplay(table.game, events) };
}
function storage() {
	const kept = new Map<string, string>();
	return {
		kept,
		getItem: (key: string) => kept.get(key) ?? null,
		setItem: (key: string, value: string) => void kept.set(key, value),
	};
}
const nobody = () => false;

describe('results of the same cards', () => {
	it('know a deal again after it was written down and read, and tell another from it', async () => {
		const record = recorded(3);
		const text = formatNotation(record.game, record.events, '2026-01-02T03:04:05.000Z') ?? '';
		const read = await parseNotation(text, loadGame);
		if (!read.ok) throw new Error('our own notation can be read');
		const again = { game: read.game, events: read.events, replay: createReplay(read.game, read.events) };
		expect(dealOf(again)).toBe(dealOf(record));
		expect(dealOf(again)).toMatch(/^[\w-]{22}$/);
		expect(dealOf(recorded(4))).not.toBe(dealOf(record));
	});

	it('are of people, seat by seat, with their points round by round', () => {
		const results = resultsIn(recorded(3), (seat) => seat.kind === 'human' && seat.face.name !== '');
		expect(results.map(({ seat }) => seat)).toEqual([0, 1]);
		for (const { scores, total, level } of results) {
			expect(scores).toHaveLength(10);
			expect(scores.reduce<number>((sum, score) => sum + (score ?? 0), 0)).toBe(total);
			// Two people and two bots.
			expect(level).toBeNull();
		}
	});

	it('are kept from one visit to the next, sorted, each once', () => {
		const store = storage();
		const [first] = resultsIn(recorded(3), nobody);
		if (first === undefined) throw new Error('somebody has played');
		const better: KnownResult = {
			...first,
			face: { ...first.face, name: 'Ada' },
			total: first.total + 7,
			scores: first.scores.with(0, 7),
			isYou: true,
			level: 'club',
		};
		knownResults(store).add([first]);
		knownResults(store).add([better, first]);
		// One's own game, come back by a link.
		knownResults(store).add([{ ...better, isYou: false }]);
		const known = knownResults(store);
		expect(known.of(first.deal, first.seat)).toEqual([better, first]);
		expect(known.of(first.deal, toSeat(3))).toEqual([]);
	});

	it('forget the oldest of too many, and leave out what is damaged', () => {
		const store = storage();
		const [first] = resultsIn(recorded(3), nobody);
		if (first === undefined) throw new Error('somebody has played');
		const many = Array.from({ length: 230 }, (_, at) => ({ ...first, total: at, scores: [at] }));
		knownResults(store).add(many);
		const kept = knownResults(store).of(first.deal, first.seat);
		expect(kept).toHaveLength(200);
		expect(kept.at(-1)?.total).toBe(30);
		const key = [...store.kept.keys()][0] ?? '';
		for (const bad of [
			'{',
			'7',
			'{"a":1}',
			'[null,7,"x",{}]',
			JSON.stringify([
				{ ...first, seat: 10 },
				{ ...first, scores: ['x'] },
				{ ...first, deal: '<b>' },
			]),
			JSON.stringify([{ ...first, face: { name: '', color: 0, avatar: 0 } }]),
		]) {
			store.kept.set(key, bad);
			expect(knownResults(store).of(first.deal, first.seat), bad).toEqual([]);
		}
	});
});
