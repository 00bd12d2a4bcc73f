/**
 * How well the bots play and how long they think: whole games of four seats, each bot given its own view only.
 * The club level has to make its bid in half of the rounds of El Dorado, and 45 % of its contracts in Israeli Whist;
 * the novice beside it is there to compare.
 */
import type { SeatIndex } from '../../src/lib/game/game.ts';
import { simulatePlay } from '../../src/lib/game/simulated-play.ts';
import type { BotLevel } from '../../src/lib/game/table-types.ts';
import { EL_DORADO_BOT } from '../../src/lib/bots/el-dorado/index.ts';
import { byBots } from '../../src/lib/bots/self-play.ts';
import { ISRAELI_WHIST_BOT } from '../../src/lib/bots/israeli-whist/index.ts';
import { EL_DORADO, type ElDoradoState } from '../../src/lib/games/el-dorado/index.ts';
import { ISRAELI_WHIST, type IsraeliWhistState } from '../../src/lib/games/israeli-whist/index.ts';
import { optionsWith } from '../../src/lib/games/israeli-whist/testing.ts';

export const keys = [
	'bots.club_bids_made',
	'bots.novice_bids_made',
	'bots.club_ms_per_move_p95',
	'bots.club_vs_novice_score',
	'bots.whist_club_contracts_made',
	'bots.whist_novice_contracts_made',
	'bots.whist_club_ms_per_move_p95',
	'bots.whist_club_vs_novice_score',
] as const;

const SEATS = 4;
const SELF_PLAY_GAMES = 2_000;
/** Two club and two novice seats; enough for a standard error of about one point. */
const MIXED_GAMES = 1_000;
const TIMED_GAMES = 100;
/** Of ten rounds, about a hundred moves each: 8,000 contracts, a standard error of half a per cent. */
const WHIST_GAMES = 200;
const WHIST_TIMED_GAMES = 20;
const WHIST_OPTIONS = optionsWith({ end: { type: 'rounds', rounds: 10 } });

export default async function bench(): Promise<Record<string, number>> {
	return {
		'bots.club_bids_made': bidsMade('club'),
		'bots.novice_bids_made': bidsMade('novice'),
		'bots.club_ms_per_move_p95': clubMsPerMoveP95(),
		'bots.club_vs_novice_score': clubVsNoviceScore(),
		'bots.whist_club_contracts_made': contractsMade('club'),
		'bots.whist_novice_contracts_made': contractsMade('novice'),
		'bots.whist_club_ms_per_move_p95': whistMsPerMoveP95(),
		'bots.whist_club_vs_novice_score': whistClubVsNoviceScore(),
	};
}

function play(seed: number, levelOf: (seat: SeatIndex) => BotLevel): ElDoradoState {
	return simulatePlay({ game: EL_DORADO, seats: SEATS, seed, choose: byBots(EL_DORADO, levelOf) }).state;
}

/** Share of all bids that were met, 0 .. 1. */
function bidsMade(level: BotLevel): number {
	let bids = 0;
	let made = 0;
	for (let seed = 0; seed < SELF_PLAY_GAMES; seed++) {
		for (const row of play(seed, () => level).sheet) {
			bids += row.bids.length;
			made += row.bids.filter((bid, seat) => bid === row.tricks[seat]).length;
		}
	}
	return made / bids;
}

/** How many points a game a club seat is ahead of a novice one; they sit alternately. */
function clubVsNoviceScore(): number {
	let ahead = 0;
	for (let seed = 0; seed < MIXED_GAMES; seed++) {
		const isClub = (seat: number) => seat % 2 === seed % 2;
		const { seats } = play(seed, (seat) => (isClub(seat) ? 'club' : 'novice'));
		for (const { seat, total } of seats) ahead += isClub(seat) ? total : -total;
	}
	return ahead / MIXED_GAMES / (SEATS / 2);
}

function clubMsPerMoveP95(): number {
	const times: number[] = [];
	for (let seed = 0; seed < TIMED_GAMES; seed++) {
		simulatePlay({
			game: EL_DORADO,
			seats: SEATS,
			seed,
			choose: (state, seat, moveSeed) => {
				const view = EL_DORADO.view(state, seat);
				const start = performance.now();
				const command = EL_DORADO_BOT.choose(view, 'club', moveSeed);
				times.push(performance.now() - start);
				return command;
			},
		});
	}
	return p95Of(times);
}

function p95Of(times: number[]): number {
	times.sort((a, b) => a - b);
	return times[Math.floor(times.length * 0.95)] ?? 0;
}

function playWhist(seed: number, levelOf: (seat: SeatIndex) => BotLevel): IsraeliWhistState {
	const choose = byBots(ISRAELI_WHIST, levelOf);
	return simulatePlay({ game: ISRAELI_WHIST, seats: SEATS, seed, options: WHIST_OPTIONS, choose }).state;
}

/** Share of all contracts that were made, zeros among them, 0 .. 1. */
function contractsMade(level: BotLevel): number {
	let contracts = 0;
	let made = 0;
	for (let seed = 0; seed < WHIST_GAMES; seed++) {
		for (const row of playWhist(seed, () => level).sheet) {
			contracts += row.contracts.length;
			made += row.contracts.filter((contract, seat) => contract === row.tricks[seat]).length;
		}
	}
	return made / contracts;
}

/** How many points a game of ten rounds a club seat is ahead of a novice one. */
function whistClubVsNoviceScore(): number {
	let ahead = 0;
	for (let seed = 0; seed < WHIST_GAMES; seed++) {
		const isClub = (seat: number) => seat % 2 === seed % 2;
		const { totals } = playWhist(seed, (seat) => (isClub(seat) ? 'club' : 'novice'));
		totals.forEach((total, seat) => (ahead += isClub(seat) ? total : -total));
	}
	return ahead / WHIST_GAMES / (SEATS / 2);
}

function whistMsPerMoveP95(): number {
	const times: number[] = [];
	for (let seed = 0; seed < WHIST_TIMED_GAMES; seed++) {
		simulatePlay({
			game: ISRAELI_WHIST,
			seats: SEATS,
			seed,
			options: WHIST_OPTIONS,
			choose: (state, seat, moveSeed) => {
				const view = ISRAELI_WHIST.view(state, seat);
				const start = performance.now();
				const command = ISRAELI_WHIST_BOT.choose(view, 'club', moveSeed);
				times.push(performance.now() - start);
				return command;
			},
		});
	}
	return p95Of(times);
}
