import { describe, expect, it } from 'vitest';
import { formatCard } from '../../cards/notation.ts';
import { chooseNovice } from './novice.ts';
import { positionOf, type Position } from './testing.ts';

const SEEDS = Array.from({ length: 200 }, (_, seed) => seed);

/** How often each move is made over the seeds, by bid or card name. */
function movesOf(position: Position): Map<string, number> {
	const view = positionOf(position);
	const counts = new Map<string, number>();
	for (const seed of SEEDS) {
		const command = chooseNovice(view, seed);
		const name = command.type === 'make_bid' ? String(command.bid) : formatCard(command.card);
		counts.set(name, (counts.get(name) ?? 0) + 1);
	}
	return counts;
}

describe('a novice', () => {
	it('bids more on high cards and trumps than on low ones', () => {
		const mean = (hand: string) => {
			const moves = movesOf({ hand, trump: '7H', bids: [null, null, null, null] });
			return [...moves].reduce((sum, [bid, count]) => sum + Number(bid) * count, 0) / SEEDS.length;
		};
		expect(mean('2C 3C 4D 5S 6S')).toBeLessThan(0.6);
		expect(mean('AC KC AD TH KH')).toBeGreaterThan(2);
	});

	it('is not of one mind about a bid from seed to seed, but is for the same seed', () => {
		const position = { hand: 'AC KC 4D 5S 6H', trump: '7H', bids: [null, null, null, null] };
		expect(movesOf(position).size).toBeGreaterThan(1);
		expect(movesOf(position)).toEqual(movesOf(position));
	});

	it('plays high for a trick it wants, low when it cannot have it, with a slip now and then', () => {
		const wants = { trump: '7H', bids: [2, 1, 1, 1], trick: '4C QC' };
		const high = movesOf({ ...wants, hand: '2C AC KC' });
		expect(high.get('AC')).toBeGreaterThan(130);
		expect(high.get('2C')).toBeGreaterThan(10);
		expect(high.has('KC')).toBe(false);
		expect(movesOf({ ...wants, hand: 'JC 2C 9C' }).get('2C')).toBeGreaterThan(130);
	});

	it('ducks under the winner when it wants no more', () => {
		const moves = movesOf({ trump: '7H', bids: [0, 1, 1, 1], trick: '4C QC', hand: '2C AC JC' });
		expect(moves.get('JC')).toBeGreaterThan(130);
	});
});
