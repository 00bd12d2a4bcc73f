/**
 * Whole simulated games in the unit run: a handful with everything that can go wrong, and by name the seeds that once
 * found something. More of them: `npm run sim`.
 */
import { describe, expect, it } from 'vitest';
import { GAMES } from '../../src/lib/games/index.ts';
import { EL_DORADO } from '../../src/lib/games/el-dorado/index.ts';
import { ISRAELI_WHIST } from '../../src/lib/games/israeli-whist/index.ts';
import { ALL_KINDS, ATTACK_KINDS, FAULT_KINDS, parseKinds } from './kinds.ts';
import { playGame } from './play.ts';

const seedsFrom = (first: number, count: number) =>
	Array.from({ length: count }, (_, place) => first + place);

describe('a simulated game', () => {
	it.each(seedsFrom(1, 6))('of seed %i finishes, agreed and fair, whatever went wrong', async (seed) => {
		const { failures, length, counts } = await playGame(seed, parseKinds('all'), GAMES, ['cards']);
		expect(failures, `npm run sim -- --games 1 --seed ${seed} --faults all --story`).toEqual([]);
		expect(length).toBeGreaterThan(100);
		expect(counts.cardsCounted).toBeGreaterThan(20);
	});

	it.each([
		[1, EL_DORADO],
		[2, EL_DORADO],
		[1, ISRAELI_WHIST],
		[2, ISRAELI_WHIST],
	])('of seed %i as a keeper ends with the same sheet on every phone', async (seed, game) => {
		const { failures, counts, mode } = await playGame(seed, parseKinds('all'), [game], ['keeper']);
		expect(failures, `seed ${seed} of ${game.variant}, kept`).toEqual([]);
		expect(mode).toBe('keeper');
		expect(counts.statesCompared).toBeGreaterThan(50);
	});

	it('without faults is a plain game, and all that the witness looks at has been looked at', async () => {
		const { failures, counts, kinds } = await playGame(3, parseKinds('none'), GAMES, ['cards']);
		expect([failures, kinds]).toEqual([[], {}]);
		expect(counts).toMatchObject({ forks: 0, takeovers: 0, voidedRounds: 0 });
		for (const looked of [counts.statesCompared, counts.framesSearched, counts.boxesTried]) {
			expect(looked).toBeGreaterThan(10);
		}
	});

	it('is the same again from the same seed', async () => {
		const [one, again] = [await playGame(9, parseKinds('all')), await playGame(9, parseKinds('all'))];
		expect(again).toEqual(one);
		expect(Object.keys(one.kinds).length).toBeGreaterThan(0);
	});
});

describe('the kinds of trouble', () => {
	it('are as many as were asked for, and none is both fault and attack', () => {
		expect(FAULT_KINDS.length).toBeGreaterThanOrEqual(15);
		expect(ATTACK_KINDS.length).toBeGreaterThanOrEqual(12);
		expect(new Set(ALL_KINDS).size).toBe(ALL_KINDS.length);
	});

	it('are named on the command line, and a wrong name is told with the right ones', () => {
		expect([...parseKinds('delay, flood')]).toEqual(['delay', 'flood']);
		expect(parseKinds('none').size).toBe(0);
		expect(() => parseKinds('delays')).toThrow(/no fault is called delays: all, none, delay,/);
	});
});

/** What each of these seeds found when it was first played: at El Dorado, before there was another game. */
describe.each([
	[1001, 'a host that lost its last writes wrote others before it had heard all its seats'],
	[1005, 'two seats claimed the same terms in step, each with its own vote, for ever'],
	[1008, 'a page opened after its device’s clock was set back was taken for the older one'],
	[1086, 'a guest that was told of the new host while it heard the old one was never welcomed'],
	[2067, 'an event of the old host came in between while a seat took over'],
	[2143, 'a joiner was kept from the table by a stranger that hosts another'],
	[10939, 'a host waited for ever for one it had handed the table to, who had left'],
	[10051, 'an old host that gave up for a new one which was gone too waited for it for ever'],
	[
		10433,
		'the answer to a secret before counted for the next: all moved without a page that had just crashed',
	],
	[2144, 'a host that was reloaded could not stop before it had begun'],
])('seed %i', (seed, found) => {
	it(`is played to its end: ${found}`, async () => {
		const { failures } = await playGame(seed, parseKinds('all'), [EL_DORADO], ['cards']);
		expect(failures, `seed ${seed} of El Dorado`).toEqual([]);
	});
});

describe.each([
	[455, 'a number was given to two commands, one of them to a host that had lost its last writes'],
	[10101, 'all moved without a player who had left its seat and was cut off as it came back'],
	[500583, 'a page did not show that its host had said it hosts no more'],
	[703114, 'a host that was reloaded moved without a player who had left its seat a minute ago'],
	[703358, 'two pages went to and fro between two places in step, and never met'],
	[703935, 'a page was asked for a card of a round that was void'],
	[901649, 'a seat was elected by votes for a log that had grown meanwhile, and nobody believed it'],
	[924432, 'a seat was forged for a card of a round that was void'],
	[959213, 'a seat that had voted saw more of its old host, which came back, and lost it with the election'],
	[959910, 'what a host had lost and written again was held against the one who was elected after it'],
	[1002921, 'a seat that had not heard of the last host was elected by one that had, and lost it'],
	[908071, 'what a simulated link had held back came behind what was sent as it was free again'],
])('seed %i of both games', (seed, found) => {
	it(`is played to its end: ${found}`, async () => {
		const { failures } = await playGame(seed, parseKinds('all'));
		expect(failures, `seed ${seed}`).toEqual([]);
	});
});

/** Likewise, at keepers' tables. */
describe.each([
	[
		202855,
		'a page that was frozen between a new secret and the move to it never looked where the others were',
	],
	[200946, 'a host without a seat could not go on with its own game in a new term'],
	[5066, 'who kept the score without a seat was left behind when the others moved to another secret'],
	[
		616,
		'a host by events that it had lost asked to host, and was not told that it did and that all was over',
	],
	[923089, 'a player that lost the last event of a finished game had nobody to ask for it'],
	[927477, 'likewise, by a crash and by a game that ended meanwhile'],
	[924340, 'a page that was frozen during its election hosted by votes of half a minute ago'],
	[920442, 'a host that lost its last name in the lobby was not seen to write it once more'],
	[500148, 'the last event of a host that lost its writes was sought at a watcher who had gone home'],
	[958291, 'one that cheated lied to its guests in a moment in which it hosted'],
	[991297, 'a host that was killed as it led all to another secret had not stored where to'],
	[953800, 'who came while all moved to another secret was never told it, and went on alone'],
])('seed %i of keepers', (seed, found) => {
	it(`is played to its end: ${found}`, async () => {
		const { failures, mode } = await playGame(seed, parseKinds('all'));
		expect(mode).toBe('keeper');
		expect(failures, `seed ${seed}`).toEqual([]);
	});
});
