/**
 * The numbers of a game of Israeli Whist (9), from its whole log: the game's events and the table's around them. The
 * log is folded, so what a correction changed counts as it was changed to. Only scored rounds count.
 *
 *     const summary = summarize(events, timesMs);
 */
import { assert } from '../../game/assert.ts';
import type { GameOptions, SeatIndex } from '../../game/game.ts';
import { isTableEvent } from '../../game/table-parse.ts';
import type { LogEvent, TableEvent } from '../../game/table-types.ts';
import { evolve } from './evolve.ts';
import { parseOptions } from './options.ts';
import { winnersOf } from './scoring.ts';
import { SEATS, bySeat, start, type IsraeliWhistState } from './state.ts';
import {
	MAX_FRISCHS,
	SEAT_COUNT,
	STRAINS,
	type IsraeliWhistEvent,
	type SheetRow,
	type Strain,
} from './types.ts';

export interface PlayerSummary {
	readonly seat: SeatIndex;
	readonly score: number;
	readonly tricks: number;
	/** Points of its best and worst round; null before the first. */
	readonly bestRound: number | null;
	readonly worstRound: number | null;
	/** Contracts of 1 and more. */
	readonly contractsAttempted: number;
	readonly contractsMade: number;
	readonly zerosAttempted: number;
	readonly zerosMade: number;
	/** Rounds it declared, by strain. */
	readonly auctionsWon: number;
	readonly auctionsWonBy: Readonly<Record<Strain, number>>;
	/** Refused calls, contracts and cards. */
	readonly misplays: number;
	readonly longestMadeRun: number;
	readonly longestMissedRun: number;
	/** The most it trailed the leader by at the end of a round; 0 for one who never did. */
	readonly mostBehind: number;
	/** Every contract of the game made, zeros included; false before the first round. */
	readonly madeAll: boolean;
}

export const HIGHLIGHTS = ['comeback', 'blowout', 'close_finish', 'all_zeros_made', 'three_frischs'] as const;
export type Highlight = (typeof HIGHLIGHTS)[number];
/** The winner trailed by this much at some round end. */
export const COMEBACK = 50;
/** The winner is ahead of the second by this much: about four good rounds. */
export const BLOWOUT = 100;
/** First and second are no further apart. */
export const CLOSE_FINISH = 10;

/** The records are null while no round is scored. */
export interface IsraeliWhistSummary {
	readonly v: 1;
	readonly rounds: number;
	readonly overRounds: number;
	readonly underRounds: number;
	/** Void rounds (2.5) and all frischs, theirs included. */
	readonly passedOut: number;
	readonly frischs: number;
	readonly players: readonly PlayerSummary[];
	/** Seats with the highest score. */
	readonly winners: readonly SeatIndex[];
	/** null on a tie, and before the first round. */
	readonly winner: SeatIndex | null;
	readonly highestScore: number | null;
	readonly lowestScore: number | null;
	readonly highestRoundScore: number | null;
	/** In the order of `HIGHLIGHTS`; empty before the first round. */
	readonly highlights: readonly Highlight[];
	/** From the start of the game to its last event, ms; null when the times are not known. */
	readonly durationMs: number | null;
}

/** What the log says beside the sheet. */
interface Counts {
	readonly passedOut: number;
	readonly frischs: number;
	readonly misplays: readonly number[];
	/** Most frischs of one round, void ones included. */
	readonly mostFrischs: number;
}

/**
 * @param events of one game, in order
 * @param timesMs the host's clock at each of them, when the duration matters
 */
export function summarize(events: readonly LogEvent[], timesMs: readonly number[] = []): IsraeliWhistSummary {
	const reader = new Reader();
	events.forEach((event) => reader.read(event));
	const startedAt = timesMs[events.findIndex(({ type }) => type === 'game_started')];
	const endedAt = timesMs[events.length - 1];
	const durationMs =
		startedAt === undefined || endedAt === undefined ? null : Math.max(0, endedAt - startedAt);
	return { ...summaryOf(reader.state, reader.counts), durationMs };
}

/** Folds the game out of the log around it. */
class Reader {
	/** null before the start. */
	state: IsraeliWhistState | null = null;
	#options: GameOptions | null = null;
	/** Where a round that is voided with its host goes back to. */
	#beforeDeal: { state: IsraeliWhistState; counts: Counts } | null = null;
	counts: Counts = { passedOut: 0, frischs: 0, misplays: bySeat(() => 0), mostFrischs: 0 };

	read(event: LogEvent): void {
		if (isTableEvent(event)) this.#readTable(event);
		else if (this.state !== null) this.#readGame(this.state, event);
	}

	#readTable(event: TableEvent): void {
		switch (event.type) {
			case 'game_created':
			case 'rules_set':
				this.#options = event.options;
				return;
			case 'game_started': {
				const options = parseOptions(this.#options);
				assert(options.ok, 'a log holds the options of its game');
				this.state = start(options.value, SEAT_COUNT, event.firstDealer);
				return;
			}
			case 'round_voided':
				if (this.#beforeDeal === null) return;
				this.state = this.#beforeDeal.state;
				// Misplays were made, whatever became of the round.
				this.counts = { ...this.#beforeDeal.counts, misplays: this.counts.misplays };
				return;
			case 'invalid_action': {
				const misplays = this.counts.misplays.map((count, seat) => (seat === event.seat ? count + 1 : count));
				this.counts = { ...this.counts, misplays };
				return;
			}
			default:
				return;
		}
	}

	#readGame(state: IsraeliWhistState, event: LogEvent): void {
		if (!isOfGame(event)) return;
		if (event.type === 'cards_dealt') this.#beforeDeal = { state, counts: this.counts };
		this.state = evolve(state, event);
		const { passedOut, frischs, mostFrischs } = this.counts;
		if (event.type === 'round_passed_out') this.counts = { ...this.counts, passedOut: passedOut + 1 };
		if (event.type === 'frisch_opened' || event.type === 'contracts_entered') {
			const more = this.state.frischs - state.frischs;
			const most = Math.max(mostFrischs, this.state.frischs);
			this.counts = { ...this.counts, frischs: frischs + more, mostFrischs: most };
		}
	}
}

/** Anything in a log of this game that is not the table's is the game's: it was parsed as such. */
function isOfGame(event: LogEvent): event is IsraeliWhistEvent {
	return !isTableEvent(event);
}

function summaryOf(state: IsraeliWhistState | null, counts: Counts): Omit<IsraeliWhistSummary, 'durationMs'> {
	const sheet = state?.sheet ?? [];
	const scores = state === null || sheet.length === 0 ? [] : [...state.totals];
	const winners = state === null ? [] : winnersOf(state);
	const players = SEATS.map((seat) => playerOf(sheet, seat, state?.totals[seat] ?? 0, counts));
	const [winner] = winners;
	return {
		v: 1,
		rounds: sheet.length,
		overRounds: sheet.filter(({ type }) => type === 'over').length,
		underRounds: sheet.filter(({ type }) => type === 'under').length,
		passedOut: counts.passedOut,
		frischs: counts.frischs,
		players,
		winners,
		winner: winner !== undefined && winners.length === 1 ? winner : null,
		highestScore: mostOf(scores),
		lowestScore: scores.length === 0 ? null : Math.min(...scores),
		highestRoundScore: mostOf(sheet.flatMap((row) => row.scores)),
		highlights: sheet.length === 0 ? [] : highlightsOf(players, winners, counts),
	};
}

function mostOf(numbers: readonly number[]): number | null {
	return numbers.length === 0 ? null : Math.max(...numbers);
}

function playerOf(sheet: readonly SheetRow[], seat: SeatIndex, score: number, counts: Counts): PlayerSummary {
	const rounds = sheet.map((row) => ({
		contract: row.contracts[seat] ?? 0,
		tricks: row.tricks[seat] ?? 0,
		points: row.scores[seat] ?? 0,
		behind: Math.max(...row.totals) - (row.totals[seat] ?? 0),
	}));
	// A contract is made by its tricks, never by the sign of its points: a broken zero can bring some (5.2).
	const made = rounds.map(({ contract, tricks }) => contract === tricks);
	const contracts = rounds.filter(({ contract }) => contract > 0);
	const zeros = rounds.filter(({ contract }) => contract === 0);
	const declared = sheet.filter(({ declarer }) => declarer === seat);
	const points = rounds.map((round) => round.points);
	return {
		seat,
		score,
		tricks: rounds.reduce((sum, { tricks }) => sum + tricks, 0),
		bestRound: mostOf(points),
		worstRound: points.length === 0 ? null : Math.min(...points),
		contractsAttempted: contracts.length,
		contractsMade: contracts.filter(({ contract, tricks }) => contract === tricks).length,
		zerosAttempted: zeros.length,
		zerosMade: zeros.filter(({ tricks }) => tricks === 0).length,
		auctionsWon: declared.length,
		auctionsWonBy: byStrain((strain) => declared.filter(({ trump }) => trump === strain).length),
		misplays: counts.misplays[seat] ?? 0,
		longestMadeRun: longestRun(made, true),
		longestMissedRun: longestRun(made, false),
		mostBehind: Math.max(0, ...rounds.map(({ behind }) => behind)),
		madeAll: made.length > 0 && made.every(Boolean),
	};
}

function byStrain(of: (strain: Strain) => number): Record<Strain, number> {
	const [clubs, diamonds, hearts, spades, no_trump] = STRAINS;
	return {
		clubs: of(clubs),
		diamonds: of(diamonds),
		hearts: of(hearts),
		spades: of(spades),
		no_trump: of(no_trump),
	};
}

function longestRun(made: readonly boolean[], of: boolean): number {
	let longest = 0;
	let run = 0;
	for (const one of made) {
		run = one === of ? run + 1 : 0;
		longest = Math.max(longest, run);
	}
	return longest;
}

function highlightsOf(
	players: readonly PlayerSummary[],
	winners: readonly SeatIndex[],
	counts: Counts,
): Highlight[] {
	const [first = 0, second = 0] = players.map(({ score }) => score).sort((a, b) => b - a);
	const zeros = players.reduce((sum, player) => sum + player.zerosAttempted, 0);
	const holds: Readonly<Record<Highlight, boolean>> = {
		comeback: players.some(({ seat, mostBehind }) => winners.includes(seat) && mostBehind >= COMEBACK),
		blowout: first - second >= BLOWOUT,
		close_finish: first - second <= CLOSE_FINISH,
		all_zeros_made: zeros > 0 && players.every((player) => player.zerosMade === player.zerosAttempted),
		three_frischs: counts.mostFrischs >= MAX_FRISCHS,
	};
	return HIGHLIGHTS.filter((highlight) => holds[highlight]);
}
