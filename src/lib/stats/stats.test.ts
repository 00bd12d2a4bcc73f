import { describe, expect, it } from 'vitest';
import { seeded } from '../cards/seeded.ts';
import { shuffle } from '../cards/shuffle.ts';
import { BEN, DANA, HOST, openTable, playerNumbered } from '../game/testing.ts';
import type { Command } from '../game/table-types.ts';
import { EL_DORADO } from '../games/el-dorado/index.ts';
import { summarize as elDorado } from '../games/el-dorado/summary.ts';
import { gameOf } from '../games/index.ts';
import { ISRAELI_WHIST } from '../games/israeli-whist/index.ts';
import { summarize as israeliWhist } from '../games/israeli-whist/summary.ts';
import { entry, optionsWith } from '../games/israeli-whist/testing.ts';
import { summarizeGame } from './game-summary.ts';
import {
	bidsOf,
	chronological,
	fold,
	FORM_GAMES,
	lifetimeOf,
	NEW_LIFETIME,
	rateOf,
	seatsAfterDealer,
} from './lifetime.ts';
import { ENOUGH_TOGETHER, headToHead, nemesisOf, recordAgainst, type Rival } from './rivals.ts';
import type { GameSummary } from './summary-types.ts';
import { gameNumbered, madeUpSummary, ME, MINUTE_MS, playedTable, timed } from './testing.ts';

const SEEDS = [1, 2, 3, 4, 5, 6];
const madeUp = (count: number): GameSummary[] =>
	Array.from({ length: count }, (_, seed) => madeUpSummary(seed));

/** A game that is a row of results for `ME`, for what does not depend on cards. */
function result(n: number, isWon: boolean, changes: Partial<GameSummary> = {}): GameSummary {
	const base = madeUpSummary(n);
	const players = base.players.map((line) => ({
		...line,
		isWinner: (line.seat === 0) === isWon,
		madeAll: false,
		zerosMade: 0,
		mostBehind: 0,
	}));
	return { ...base, status: 'completed', endedAt: n * MINUTE_MS, highlights: [], players, ...changes };
}

describe('the summary of a game', () => {
	it('has the numbers that El Dorado itself gives (El Dorado 8)', () => {
		for (const seed of SEEDS) {
			const { events } = playedTable('el_dorado', seed);
			const summary = summarizeGame(EL_DORADO, timed(events));
			const own = elDorado(
				events,
				timed(events).map(({ time }) => time),
			);
			expect(summary.players.filter(({ isWinner }) => isWinner).map(({ seat }) => seat)).toEqual(own.winners);
			expect(summary).toMatchObject({
				status: 'completed',
				highestBid: own.highestBid,
				highestScore: own.highestScore,
				lowestScore: own.lowestScore,
				mostConsecutiveWins: own.longestMadeRun,
				mostConsecutiveLosses: own.longestMissedRun,
				highestMisplay: own.highestMisplays,
				durationMs: own.durationMs,
			});
			for (const [at, line] of own.players.entries()) {
				const { bidsMade, bidsMissed, ...same } = line;
				const counted = summary.players[at];
				expect(counted, `seed ${seed}`).toMatchObject(same);
				expect((counted?.contractsMade ?? 0) + (counted?.zerosMade ?? 0)).toBe(bidsMade);
				expect(line.rounds - bidsMade).toBe(bidsMissed);
			}
		}
	});

	it('has the numbers that Israeli Whist itself gives (Israeli Whist 9)', () => {
		for (const seed of SEEDS) {
			const { events } = playedTable('israeli_whist', seed);
			const summary = summarizeGame(ISRAELI_WHIST, timed(events));
			const own = israeliWhist(events);
			const { overRounds, underRounds, passedOut, frischs, highestRoundScore, highlights } = own;
			const same = { overRounds, underRounds, passedOut, frischs, highestRoundScore, highlights };
			expect(summary, `seed ${seed}`).toMatchObject(same);
			for (const [at, line] of own.players.entries()) {
				const { auctionsWon, auctionsWonBy, ...rest } = line;
				expect(summary.players[at]).toMatchObject({
					...rest,
					trumpWins: auctionsWon,
					suitWins: auctionsWonBy,
				});
			}
			expect(summary.players.filter(({ isWinner }) => isWinner).map(({ seat }) => seat)).toEqual(
				own.winner === null ? [] : [own.winner],
			);
		}
	});

	it('counts a correction and points by hand as they stand at the end (Israeli Whist 5.5)', () => {
		const options = optionsWith({ mode: 'keeper', end: { type: 'rounds', rounds: 1 } });
		const table = openTable({ game: ISRAELI_WHIST, created: { options } });
		for (const player of [DANA, BEN, playerNumbered(4)]) table.sit(player);
		const take = (command: unknown): void => void table.take(HOST, command as Command);
		take({ type: 'start_game' });
		while (table.step().type !== 'nothing');
		take(entry(0, [5, 3, 3, 3]));
		const claimed = [4, 3, 3, 3];
		for (const [seat, tricks] of claimed.entries()) {
			for (let trick = 0; trick < tricks; trick += 1) take({ type: 'claim_trick', seat });
		}
		take({ type: 'score_round' });
		take({ type: 'correct_round', round: 1, contracts: [5, 3, 3, 3], tricks: [5, 3, 3, 2] });
		take({ type: 'adjust_score', seat: 1, points: -100 });
		const { mode, players, rounds } = summarizeGame(ISRAELI_WHIST, timed(table.events));
		expect(mode).toBe('keeper');
		expect(rounds[0]?.tricks).toEqual([5, 3, 3, 2]);
		expect(players.map(({ score }) => score)).toEqual([35, 19 - 100, 19, -10]);
		expect(players[0]).toMatchObject({ contractsMade: 1, madeAll: true, isWinner: true });
	});

	it('leaves out a seat that nobody sat on, and rounds that a seat was absent from (El Dorado 6.3)', () => {
		const table = openTable({ game: EL_DORADO, rules: { seats: 4 } });
		table.sit(DANA);
		table.addBot(2);
		table.take(HOST, { type: 'start_game' });
		table.playUntil(({ revealedRounds }) => revealedRounds === 3);
		table.take(DANA, { type: 'leave_seat' });
		table.playUntil(({ stage }) => stage === 'finished');
		const summary = summarizeGame(EL_DORADO, timed(table.events));
		expect(summary.players.map(({ seat, rounds }) => [seat, rounds])).toEqual([
			[0, 10],
			[1, 3],
			[2, 10],
		]);
		expect(summary.rounds[3]?.bids[1]).toBeNull();
	});

	it('says of a log without an end that the game was broken off', () => {
		const { events } = playedTable('el_dorado', 1);
		const summary = summarizeGame(EL_DORADO, timed(events.slice(0, 200)));
		expect(summary.status).toBe('abandoned');
		expect(summary.rounds.length).toBeLessThan(10);
	});

	it('counts every prefix of a log as the table stood then', () => {
		for (const variant of ['el_dorado', 'israeli_whist'] as const) {
			const { events, table } = playedTable(variant, 7);
			let state = null;
			const game = gameOf(variant);
			if (game === null) throw new Error('both games are there');
			for (const [at, event] of events.entries()) {
				state = table.evolve(state, event);
				if (state.inner === null || at % 17 !== 0) continue;
				const { players } = summarizeGame(game, timed(events.slice(0, at + 1)));
				const totals = game.totals(state.inner);
				expect(players.map(({ score }) => score)).toEqual(players.map(({ seat }) => totals[seat]));
			}
		}
	});
});

describe('lifetime statistics', () => {
	it('are the same in whatever order the games come, and twice is once', () => {
		const games = madeUp(60);
		const expected = lifetimeOf(ME, games);
		expect(expected.gamesPlayed).toBeGreaterThan(40);
		for (const seed of SEEDS) {
			const shuffled = shuffle([...games, ...games.slice(0, 9)], seeded(seed));
			expect(lifetimeOf(ME, shuffled), `seed ${seed}`).toEqual(expected);
		}
	});

	it('sum up alike when folded out of order, but for what is an order', () => {
		const games = madeUp(60);
		const sums = ({ ...stats }: ReturnType<typeof lifetimeOf>) => {
			const { recentForm, currentStreak, mostConsecutiveWins, mostConsecutiveLosses, ...rest } = stats;
			const { achievements, rivals, ...numbers } = rest;
			expect([recentForm, currentStreak, mostConsecutiveWins, mostConsecutiveLosses]).toHaveLength(4);
			return {
				...numbers,
				earned: Object.keys(achievements).sort(),
				rivals: Object.entries(rivals).map(([key, { face: _, ...rival }]) => [key, rival]),
			};
		};
		const byKey = (stats: ReturnType<typeof sums>) => ({ ...stats, rivals: stats.rivals.sort() });
		const expected = byKey(sums(lifetimeOf(ME, games)));
		for (const seed of SEEDS) {
			const folded = shuffle(games, seeded(seed)).reduce((stats, one) => fold(stats, one, ME), NEW_LIFETIME);
			expect(byKey(sums(folded)), `seed ${seed}`).toEqual(expected);
		}
	});

	it('can be folded game by game as they end', () => {
		const games = chronological(madeUp(30));
		let live = NEW_LIFETIME;
		for (const [at, game] of games.entries()) {
			live = fold(live, game, ME);
			expect(live).toEqual(lifetimeOf(ME, games.slice(0, at + 1)));
		}
	});

	it('equal the sum over real games', () => {
		const games = SEEDS.map((seed) => ({
			...summarizeGame(EL_DORADO, timed(playedTable('el_dorado', seed).events)),
			game: gameNumbered(seed),
		}));
		const stats = lifetimeOf(ME, games);
		const lines = games.map(({ players }) => players[0]);
		expect(stats.gamesPlayed).toBe(SEEDS.length);
		expect(stats.totalPoints).toBe(lines.reduce((sum, line) => sum + (line?.score ?? 0), 0));
		expect(bidsOf(stats).attempted).toBe(60);
		for (const by of [stats.byCards, stats.byBid, stats.byPlace, stats.byTrump]) {
			const tallies = Object.values(by);
			expect(tallies.reduce((sum, { attempted }) => sum + attempted, 0)).toBe(60);
			expect(tallies.reduce((sum, { made }) => sum + made, 0)).toBe(bidsOf(stats).made);
		}
	});

	it('count wins in a row up, losses down, and remember the longest of both', () => {
		const results = [true, true, true, false, false, true];
		const stats = lifetimeOf(
			ME,
			results.map((isWon, n) => result(n, isWon)),
		);
		expect(stats).toMatchObject({ currentStreak: 1, mostConsecutiveWins: 3, mostConsecutiveLosses: 2 });
		expect(stats.recentForm.map(({ isWon }) => isWon)).toEqual(results);
		const more = lifetimeOf(
			ME,
			Array.from({ length: 25 }, (_, n) => result(n, false)),
		);
		expect(more.recentForm).toHaveLength(FORM_GAMES);
		expect(more.currentStreak).toBe(-25);
	});

	it('count neither abandoned games nor those of others', () => {
		const abandoned = result(1, true, { status: 'abandoned' });
		expect(lifetimeOf(ME, [abandoned])).toEqual(NEW_LIFETIME);
		expect(lifetimeOf(playerNumbered(99), madeUp(20))).toEqual(NEW_LIFETIME);
	});

	it('say nothing of a rate that has no bids', () => {
		expect(rateOf({ attempted: 0, made: 0 })).toBeNull();
		expect(rateOf({ attempted: 4, made: 1 })).toBe(0.25);
	});

	it('step over absent seats when they count places after the dealer', () => {
		const round = { bids: [1, null, 2, 0], dealer: 3 } as unknown as Parameters<typeof seatsAfterDealer>[0];
		expect([0, 2, 3].map((seat) => seatsAfterDealer(round, seat as never))).toEqual([1, 2, 0]);
	});
});

describe('achievements', () => {
	it('stay with the game that earned them first', () => {
		const games = [
			result(1, false, { highlights: ['three_frischs'] }),
			result(2, true),
			result(3, true, { highlights: ['three_frischs'] }),
		];
		const { achievements } = lifetimeOf(ME, [...games].reverse());
		expect(achievements.first_win?.game).toBe(gameNumbered(2));
		expect(achievements.three_frisch_win).toEqual({ game: gameNumbered(3), unlockedAt: 3 * MINUTE_MS });
		expect(achievements.all_made).toBeUndefined();
	});

	it('give the tenth zero its game, and a comeback only to its winner', () => {
		const withLine = (n: number, isWon: boolean, change: { zerosMade?: number; mostBehind?: number }) => {
			const game = result(n, isWon);
			return {
				...game,
				players: game.players.map((line) => (line.seat === 0 ? { ...line, ...change } : line)),
			};
		};
		const games = [
			withLine(1, false, { zerosMade: 4, mostBehind: 90 }),
			withLine(2, false, { zerosMade: 5 }),
			withLine(3, true, { zerosMade: 1, mostBehind: 49 }),
			withLine(4, true, { mostBehind: 50 }),
		];
		const { achievements } = lifetimeOf(ME, games);
		expect(achievements.ten_zeros?.game).toBe(gameNumbered(3));
		expect(achievements.comeback_win?.game).toBe(gameNumbered(4));
	});
});

describe('rivals', () => {
	it('have the same record from either side, and as head to head', () => {
		const games = madeUp(80);
		const mine = lifetimeOf(ME, games).rivals;
		const people = Object.values(mine).filter(({ player }) => player !== null);
		expect(people.length).toBeGreaterThan(3);
		for (const rival of people) {
			if (rival.player === null) continue;
			const theirs = lifetimeOf(rival.player, games).rivals[ME];
			expect([theirs?.wins, theirs?.losses, theirs?.difference]).toEqual([
				rival.losses,
				rival.wins,
				-rival.difference,
			]);
			expect(headToHead(ME, rival.player, games)).toEqual({
				games: rival.games,
				wins: rival.wins,
				losses: rival.losses,
				ties: rival.ties,
				meanDifference: rival.difference / rival.games,
			});
		}
	});

	it('of somebody with several keys are one record: the sum of what each has played', () => {
		const mine = lifetimeOf(ME, madeUp(80)).rivals;
		const [first, second] = Object.values(mine).flatMap(({ player }) => player ?? []);
		if (first === undefined || second === undefined) throw new Error('more than one person was met');
		const [one, two] = [recordAgainst(mine, [first]), recordAgainst(mine, [second])];
		const both = recordAgainst(mine, [first, second, ME]);
		expect(one.games).toBe(mine[first]?.games);
		expect([both.games, both.wins, both.losses, both.ties]).toEqual([
			one.games + two.games,
			one.wins + two.wins,
			one.losses + two.losses,
			one.ties + two.ties,
		]);
		expect((both.meanDifference ?? 0) * both.games).toBeCloseTo(
			(one.meanDifference ?? 0) * one.games + (two.meanDifference ?? 0) * two.games,
		);
		expect(recordAgainst(mine, [ME])).toEqual({
			games: 0,
			wins: 0,
			losses: 0,
			ties: 0,
			meanDifference: null,
		});
	});

	it('that are bots of one level are met once a game, and that is the best of them; who has no phone goes by the name', () => {
		const [game] = madeUp(1);
		if (game === undefined) throw new Error('one was made up');
		const [own, ...others] = game.players;
		if (own === undefined || others.length !== 3) throw new Error('four sit at it');
		const against = (bot: 'club' | null) => ({
			...game,
			status: 'completed' as const,
			players: [
				{ ...own, score: 20, rounds: 5 },
				...others.map((line, at) => ({
					...line,
					player: null,
					bot,
					face: { ...line.face, name: ['Ruth', 'Dan', 'Ruth'][at] ?? '' },
					score: [10, 35, 20][at] ?? 0,
					rounds: 5,
				})),
			],
		});
		const numbers = ({ games, wins, losses, ties, difference }: Rival) => [
			games,
			wins,
			losses,
			ties,
			difference,
		];
		const bots = Object.values(lifetimeOf(ME, [against('club')]).rivals);
		expect(bots.map(numbers)).toEqual([[1, 0, 1, 0, -15]]);
		const named = Object.values(lifetimeOf(ME, [against(null)]).rivals);
		expect(named.map((rival) => [rival.face.name, ...numbers(rival)])).toEqual([
			['Ruth', 1, 0, 0, 1, 0],
			['Dan', 1, 0, 1, 0, -15],
		]);
	});

	it('add up: every game with somebody was won, lost or even', () => {
		const { gamesPlayed, rivals } = lifetimeOf(ME, madeUp(80));
		for (const { games, wins, losses, ties } of Object.values(rivals)) {
			expect(wins + losses + ties).toBe(games);
			expect(games).toBeLessThanOrEqual(gamesPlayed);
		}
	});

	it('name the nemesis: a person, who is ahead by most, over games enough to say so', () => {
		const rival = { face: { name: 'x', color: 0, avatar: 0 }, games: 9, ties: 0, difference: 0, lastAt: 0 };
		const dana = { ...rival, player: DANA, bot: null, wins: 3, losses: 6 };
		const ben = { ...rival, player: BEN, bot: null, wins: 4, losses: 5 };
		const bots = { ...rival, player: null, bot: 'club', wins: 0, losses: 9 } as const;
		expect(nemesisOf({ bots, ben, dana })).toBe(dana);
		expect(nemesisOf({ bots, ben: { ...ben, wins: 5 } })).toBeNull();
		const young = { ...dana, games: ENOUGH_TOGETHER - 1, wins: 0, losses: ENOUGH_TOGETHER - 1 };
		expect(nemesisOf({ dana: young })).toBeNull();
		expect(nemesisOf({ dana: { ...young, games: ENOUGH_TOGETHER } })?.player).toBe(DANA);
	});
});
