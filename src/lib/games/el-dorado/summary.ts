/**
 * The numbers of a game of El Dorado (8), from its whole log: the game's events and the table's around them.
 * Counts finished rounds only, so a game that was broken off in mid-round has the numbers of its last full sheet.
 *
 *     const summary = summarize(events, timesMs);
 */
import { assertNever } from '../../game/assert.ts';
import type { SeatIndex } from '../../game/game.ts';
import type { InvalidAction, LogEvent } from '../../game/table-types.ts';
import type { ElDoradoEvent } from './types.ts';

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

/** What is counted of one seat while the log is read. */
interface Count {
	readonly player: { -readonly [Field in keyof PlayerSummary]: PlayerSummary[Field] };
	/** Of the round that is being played. */
	bid: number | null;
	tricks: number;
	madeRun: number;
	missedRun: number;
}

/**
 * @param events of one game, in order
 * @param timesMs the host's clock at each of them, when the duration matters
 */
export function summarize(events: readonly LogEvent[], timesMs: readonly number[] = []): ElDoradoSummary {
	const counts = new Map<number, Count>();
	let rounds = 0;
	let startedAt: number | null = null;
	events.forEach((event, index) => {
		if (event.type === 'game_started') startedAt = timesMs[index] ?? null;
		if (isCounted(event)) rounds += count(counts, event);
	});
	const endedAt = timesMs[events.length - 1];
	const players = [...counts.values()]
		.map(({ player }) => player)
		.filter((player) => player.rounds > 0)
		.sort((a, b) => a.seat - b.seat);
	return {
		v: 1,
		rounds,
		players,
		...recordsOf(players),
		durationMs: startedAt === null || endedAt === undefined ? null : Math.max(0, endedAt - startedAt),
	};
}

type Counted = ElDoradoEvent | InvalidAction;
const COUNTED: ReadonlySet<string> = new Set<Counted['type']>([
	'cards_dealt',
	'bid_made',
	'card_played',
	'trick_taken',
	'round_scored',
	'invalid_action',
]);

function isCounted(event: LogEvent): event is Counted {
	return COUNTED.has(event.type);
}

/** Adds one event to the counts; gives the number of rounds it finishes. */
function count(counts: Map<number, Count>, event: Counted): 0 | 1 {
	switch (event.type) {
		case 'cards_dealt':
			for (const { player } of counts.values()) startRound(counts, player.seat);
			for (const seat of event.active) startRound(counts, seat);
			return 0;
		case 'bid_made':
			countOf(counts, event.seat).bid = event.bid;
			return 0;
		case 'card_played':
			return 0;
		case 'trick_taken':
			countOf(counts, event.seat).tricks += 1;
			return 0;
		case 'invalid_action':
			countOf(counts, event.seat).player.misplays += 1;
			return 0;
		case 'round_scored':
			for (const entry of counts.values()) finishRound(entry, event.scores[entry.player.seat] ?? null);
			return 1;
		default:
			return assertNever(event);
	}
}

function startRound(counts: Map<number, Count>, seat: SeatIndex): void {
	const entry = countOf(counts, seat);
	entry.bid = null;
	entry.tricks = 0;
}

function finishRound(entry: Count, score: number | null): void {
	const { player, bid, tricks } = entry;
	if (score === null || bid === null) return;
	const made = bid === tricks;
	entry.madeRun = made ? entry.madeRun + 1 : 0;
	entry.missedRun = made ? 0 : entry.missedRun + 1;
	player.rounds += 1;
	player.score += score;
	player.tricks += tricks;
	player.bidsMade += made ? 1 : 0;
	player.bidsMissed += made ? 0 : 1;
	player.highestBid = Math.max(player.highestBid, bid);
	if (made) player.highestBidMade = Math.max(player.highestBidMade ?? bid, bid);
	player.longestMadeRun = Math.max(player.longestMadeRun, entry.madeRun);
	player.longestMissedRun = Math.max(player.longestMissedRun, entry.missedRun);
}

function countOf(counts: Map<number, Count>, seat: SeatIndex): Count {
	const known = counts.get(seat);
	if (known !== undefined) return known;
	const entry: Count = {
		player: {
			seat,
			rounds: 0,
			score: 0,
			tricks: 0,
			bidsMade: 0,
			bidsMissed: 0,
			highestBid: 0,
			highestBidMade: null,
			misplays: 0,
			longestMadeRun: 0,
			longestMissedRun: 0,
		},
		bid: null,
		tricks: 0,
		madeRun: 0,
		missedRun: 0,
	};
	counts.set(seat, entry);
	return entry;
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
