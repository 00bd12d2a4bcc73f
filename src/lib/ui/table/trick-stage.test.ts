import { describe, expect, it } from 'vitest';
import { parseCard } from '../../cards/notation.ts';
import type { CardId } from '../../cards/card.ts';
import type { SeatIndex } from '../../game/game.ts';
import type { Play } from '../../games/el-dorado/types.ts';
import { nextStage, type TrickView } from './trick-stage.ts';

const seat = (index: number) => index as SeatIndex;
const play = (index: number, card: string): Play => ({ seat: seat(index), card: parseCard(card) as CardId });

const first = [play(1, '2H'), play(2, 'KH'), play(0, '5H')];
const view = (part: Partial<TrickView>): TrickView => ({
	viewer: seat(0),
	round: 1,
	leader: seat(1),
	winning: null,
	trick: [],
	tricks: [],
	...part,
});
const finished = { leader: seat(1), plays: first, winner: seat(2), winningCard: first[1]?.card as CardId };

describe('the trick on the table', () => {
	it('shows the running trick as the view has it', () => {
		const stage = nextStage(null, view({ trick: first.slice(0, 2), winning: seat(2) }), 0, 700);
		expect(stage.plays).toEqual(first.slice(0, 2));
		expect(stage.winning).toBe(2);
		expect(stage.until).toBeNull();
	});

	it('keeps a finished trick for its rest although the view has moved on, then clears', () => {
		const before = nextStage(null, view({ trick: first.slice(0, 2) }), 0, 700);
		const moved = view({ tricks: [finished], leader: seat(2) });
		const resting = nextStage(before, moved, 1_000, 700);
		expect(resting).toMatchObject({ plays: first, winning: 2, resting: true, until: 1_700 });
		expect(nextStage(resting, moved, 1_500, 700)).toMatchObject({ resting: true, until: 1_700 });
		expect(nextStage(resting, moved, 1_700, 700)).toMatchObject({ plays: [], resting: false, gone: 1 });
	});

	it('makes the next lead of another player wait for the rest, and then shows it', () => {
		const before = nextStage(null, view({ trick: first.slice(0, 2) }), 0, 700);
		const led = view({ tricks: [finished], leader: seat(2), trick: [play(2, 'AS')], winning: seat(2) });
		const resting = nextStage(before, led, 0, 700);
		expect(resting.plays).toEqual(first);
		expect(nextStage(resting, led, 700, 700).plays).toEqual([play(2, 'AS')]);
	});

	it('gives way at once when this player has already played to the next trick', () => {
		const before = nextStage(null, view({ trick: first.slice(0, 2) }), 0, 700);
		const resting = nextStage(before, view({ tricks: [finished], leader: seat(0) }), 0, 700);
		const mine = view({ tricks: [finished], leader: seat(0), trick: [play(0, 'AC')], winning: seat(0) });
		expect(nextStage(resting, mine, 10, 700)).toMatchObject({ plays: [play(0, 'AC')], resting: false });
	});

	it('rests no trick that was over before this page looked', () => {
		expect(nextStage(null, view({ tricks: [finished] }), 0, 700).plays).toEqual([]);
		const long = nextStage(null, view({}), 0, 700);
		expect(nextStage(long, view({ tricks: [finished, finished] }), 0, 700).resting).toBe(false);
	});

	it('starts clean with a new deal', () => {
		const resting = nextStage(
			nextStage(null, view({ trick: first.slice(0, 2) }), 0, 700),
			view({ tricks: [finished] }),
			0,
			700,
		);
		expect(resting.resting).toBe(true);
		expect(nextStage(resting, view({ round: 2 }), 1, 700)).toMatchObject({
			round: 2,
			plays: [],
			resting: false,
		});
	});

	it('rests the last trick of a round too: the view keeps it until the next deal', () => {
		const before = nextStage(null, view({ trick: first.slice(0, 2) }), 0, 700);
		expect(nextStage(before, view({ tricks: [finished], leader: null }), 0, 700).resting).toBe(true);
	});
});
