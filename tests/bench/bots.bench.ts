/**
 * How well the bots play and how long they think: whole games of four seats, each bot given its own view only.
 * The club level has to make its bid in half of the rounds; the novice beside it is there to compare.
 */
import type { SeatIndex } from '../../src/lib/game/game.ts';
import { simulatePlay } from '../../src/lib/game/simulated-play.ts';
import type { BotLevel } from '../../src/lib/game/table-types.ts';
import { EL_DORADO_BOT } from '../../src/lib/bots/el-dorado/index.ts';
import { byBots } from '../../src/lib/bots/self-play.ts';
import { EL_DORADO, type ElDoradoState } from '../../src/lib/games/el-dorado/index.ts';

export const keys = [
	'bots.club_bids_made',
	'bots.novice_bids_made',
	'bots.club_ms_per_move_p95',
	'bots.club_vs_novice_score',
] as const;

const SEATS = 4;
const SELF_PLAY_GAMES = 2_000;
/** Two club and two novice seats; enough for a standard error of about one point. */
const MIXED_GAMES = 1_000;
const TIMED_GAMES = 100;

export default async function bench(): Promise<Record<string, number>> {
	return {
		'bots.club_bids_made': bidsMade('club'),
		'bots.novice_bids_made': bidsMade('novice'),
		'bots.club_ms_per_move_p95': clubMsPerMoveP95(),
		'bots.club_vs_novice_score': clubVsNoviceScore(),
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
	times.sort((a, b) => a - b);
	return times[Math.floor(times.length * 0.95)] ?? 0;
}
