/**
 * The numbers of a game of El Dorado (8), from its whole log: the game's events and the table's around them.
 * Counts finished rounds only, so a game that was broken off in mid-round has the numbers of its last full sheet.
 *
 *     const summary = summarize(events, timesMs);
 */
import { assertNever } from '../../game/assert.ts';
import type { SeatIndex } from '../../game/game.ts';
import { toSeat } from '../../game/seats.ts';
import { isTableEvent } from '../../game/table-parse.ts';
import type { GameCreated, InvalidAction, LogEvent, RulesSet } from '../../game/table-types.ts';
import { cardsEachIn } from './dealing.ts';
import { scoresOf } from './keeping.ts';
import { DEFAULT_OPTIONS, parseOptions } from './options.ts';
import type { ElDoradoEvent, ElDoradoOptions } from './types.ts';

export interface PlayerSummary {
	readonly seat: SeatIndex;
	/** Rounds it was dealt in; a seat that never was has no summary. */
	readonly rounds: number;
	readonly score: number;
	readonly tricks: number;
	/** Rounds in which the tricks met the bid, and those in which they did not. */
	readonly bidsMade: number;
	readonly bidsMissed: number;
	/** Highest bid called, met or not. */
	readonly highestBid: number;
	/** Highest bid that was met; null when none was. */
	readonly highestBidMade: number | null;
	/** Refused bids and cards (7). */
	readonly misplays: number;
	/** Rounds in a row; a round it was absent from neither adds nor ends a run. */
	readonly longestMadeRun: number;
	readonly longestMissedRun: number;
}

/** The records are null while no round is finished. */
export interface ElDoradoSummary {
	readonly v: 1;
	readonly rounds: number;
	readonly players: readonly PlayerSummary[];
	/** Seats with the highest score of the finished rounds; empty before the first. */
	readonly winners: readonly SeatIndex[];
	readonly highestBid: number | null;
	readonly highestScore: number | null;
	readonly lowestScore: number | null;
	readonly longestMadeRun: number | null;
	readonly longestMissedRun: number | null;
	/** Of one player. */
	readonly highestMisplays: number | null;
	/** From the start of the game to its last event, ms; null when the times are not known. */
	readonly durationMs: number | null;
}

/** A finished round, by seat; null for one that was absent. */
interface FinishedRound {
	readonly round: number;
	readonly bids: readonly (number | null)[];
	readonly tricks: readonly (number | null)[];
	readonly scores: readonly (number | null)[];
}

/**
 * @param events of one game, in order
 * @param timesMs the host's clock at each of them, when the duration matters
 */
export function summarize(events: readonly LogEvent[], timesMs: readonly number[] = []): ElDoradoSummary {
	const reader = new Reader();
	events.forEach((event) => reader.read(event));
	const startedAt = timesMs[events.findIndex(({ type }) => type === 'game_started')];
	const endedAt = timesMs[events.length - 1];
	const players = reader.players();
	return {
		v: 1,
		rounds: reader.rounds.length,
		players,
		...recordsOf(players),
		durationMs: startedAt === undefined || endedAt === undefined ? null : Math.max(0, endedAt - startedAt),
	};
}

type Counted = ElDoradoEvent | InvalidAction | GameCreated | RulesSet;

/** Anything else in a log of this game is the table's. */
function isCounted(event: LogEvent): event is Counted {
	return (
		!isTableEvent(event) ||
		event.type === 'invalid_action' ||
		event.type === 'game_created' ||
		event.type === 'rules_set'
	);
}

/** Counts a log up to its finished rounds. */
class Reader {
	rounds: FinishedRound[] = [];
	#options: ElDoradoOptions = DEFAULT_OPTIONS;
	/** Of the round that is being played. */
	#active: readonly SeatIndex[] = [];
	#bids: (number | null)[] = [];
	#tricks: (number | null)[] = [];
	readonly #misplays: number[] = [];
	readonly #adjusted: number[] = [];

	read(event: LogEvent): void {
		if (isCounted(event)) this.#count(event);
	}

	#count(event: Counted): void {
		switch (event.type) {
			case 'game_created':
			case 'rules_set': {
				const options = parseOptions(event.options);
				if (options.ok) this.#options = options.value;
				return;
			}
			case 'cards_dealt':
			case 'round_opened':
			case 'active_set':
				this.#active = event.active;
				this.#bids = [];
				// Tricks of cards are counted up; a keeper's are unknown until they are noted.
				this.#tricks = event.type === 'cards_dealt' ? zeros(event.active) : [];
				return;
			case 'bid_made':
				this.#bids[event.seat] = event.bid;
				return;
			case 'bids_entered':
				this.#bids = [...event.bids];
				return;
			case 'trick_taken':
				this.#tricks[event.seat] = (this.#tricks[event.seat] ?? 0) + 1;
				return;
			case 'tricks_noted':
				this.#tricks[event.seat] = event.tricks;
				return;
			case 'invalid_action':
				this.#misplays[event.seat] = (this.#misplays[event.seat] ?? 0) + 1;
				return;
			case 'score_adjusted':
				this.#adjusted[event.seat] = (this.#adjusted[event.seat] ?? 0) + event.points;
				return;
			case 'round_scored':
				this.#finish(event.round, event.scores);
				return;
			case 'round_corrected': {
				const { round, bids, tricks } = event;
				const scores = scoresOf(this.#options, event);
				this.rounds = this.rounds.map((one) => (one.round === round ? { round, bids, tricks, scores } : one));
				return;
			}
			case 'card_played':
			case 'end_called':
				return;
			default:
				assertNever(event);
		}
	}

	#finish(round: number, scores: readonly (number | null)[]): void {
		const isIn = (seat: number): boolean => this.#active.some((one) => one === seat);
		const bids = scores.map((_, seat) => (isIn(seat) ? (this.#bids[seat] ?? null) : null));
		const noted = this.#tricks.reduce<number>((sum, count) => sum + (count ?? 0), 0);
		// 9.3: the one whose tricks nobody noted has the remainder.
		const rest = cardsEachIn(round) - noted;
		const tricks = scores.map((_, seat) => (isIn(seat) ? (this.#tricks[seat] ?? rest) : null));
		this.rounds.push({ round, bids, tricks, scores });
	}

	/** Seats that were in a finished round, rising. */
	players(): PlayerSummary[] {
		const seats = this.rounds[0]?.scores.length ?? 0;
		return Array.from({ length: seats }, (_, seat) => this.#playerAt(toSeat(seat))).filter(
			(player) => player.rounds > 0,
		);
	}

	#playerAt(seat: SeatIndex): PlayerSummary {
		const played = this.rounds.flatMap(({ bids, tricks, scores }) => {
			const [bid, count, score] = [bids[seat], tricks[seat], scores[seat]];
			return bid == null || count == null || score == null ? [] : [{ bid, tricks: count, score }];
		});
		const made = played.filter(({ bid, tricks }) => bid === tricks);
		const sum = (of: (round: (typeof played)[number]) => number): number =>
			played.reduce((total, round) => total + of(round), 0);
		return {
			seat,
			rounds: played.length,
			score: sum(({ score }) => score) + (this.#adjusted[seat] ?? 0),
			tricks: sum(({ tricks }) => tricks),
			bidsMade: made.length,
			bidsMissed: played.length - made.length,
			highestBid: Math.max(0, ...played.map(({ bid }) => bid)),
			highestBidMade: made.length === 0 ? null : Math.max(...made.map(({ bid }) => bid)),
			misplays: this.#misplays[seat] ?? 0,
			longestMadeRun: longestRun(played, true),
			longestMissedRun: longestRun(played, false),
		};
	}
}

function zeros(active: readonly SeatIndex[]): (number | null)[] {
	const tricks: (number | null)[] = [];
	for (const seat of active) tricks[seat] = 0;
	return tricks;
}

function longestRun(rounds: readonly { bid: number; tricks: number }[], made: boolean): number {
	let longest = 0;
	let run = 0;
	for (const { bid, tricks } of rounds) {
		run = (bid === tricks) === made ? run + 1 : 0;
		longest = Math.max(longest, run);
	}
	return longest;
}

function recordsOf(players: readonly PlayerSummary[]) {
	const most = (field: keyof PlayerSummary) =>
		players.length === 0 ? null : Math.max(...players.map((player) => player[field] ?? 0));
	const highestScore = most('score');
	return {
		winners: players.filter(({ score }) => score === highestScore).map(({ seat }) => seat),
		highestBid: most('highestBid'),
		highestScore,
		lowestScore: players.length === 0 ? null : Math.min(...players.map(({ score }) => score)),
		longestMadeRun: most('longestMadeRun'),
		longestMissedRun: most('longestMissedRun'),
		highestMisplays: most('misplays'),
	};
}
