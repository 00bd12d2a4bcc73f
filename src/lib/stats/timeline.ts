/**
 * A log as somebody walks through it: which round and trick each event belongs to, where one stops in passing, and what
 * stands out on the way. A position is a number of events, as `Replay.at` takes it.
 *
 *     const timeline = timelineOf(events);
 *     at = stepFrom(timeline, at, 'trick', 1);
 */
import type { SeatIndex } from '../game/game.ts';
import { toSeat } from '../game/seats.ts';
import type { LogEvent } from '../game/table-types.ts';

/** What happened at a place that is worth a mark beside rounds and tricks. */
export const MARK_TYPES = [
	'seat_away',
	'seat_back',
	'seat_left',
	'seat_returned',
	'seat_taken',
	'host_changed',
	'round_voided',
	'round_corrected',
	'score_adjusted',
	'invalid_action',
	'phrase_said',
] as const;
export type MarkType = (typeof MARK_TYPES)[number];

export interface Mark {
	/** The position right after it. */
	readonly at: number;
	readonly type: MarkType;
	/** null where it is nobody's, or the host's. */
	readonly seat: SeatIndex | null;
}

export interface TrickStretch {
	/** 1-based within its round; 0 is what comes before the first card. */
	readonly trick: number;
	/** Positions after its first and last event. */
	readonly from: number;
	readonly to: number;
}

/** From a deal to the next; a round that was dealt again has one for each deal. */
export interface RoundStretch {
	readonly round: number;
	readonly from: number;
	readonly to: number;
	readonly tricks: readonly TrickStretch[];
}

export interface Timeline {
	/** The first position there is anything to see at: the game has started. */
	readonly first: number;
	readonly last: number;
	/** Positions to stop at when going event by event, rising; what changes nothing on the table is passed over. */
	readonly stops: readonly number[];
	readonly rounds: readonly RoundStretch[];
	readonly marks: readonly Mark[];
}

const ROUND_OPENERS: ReadonlySet<string> = new Set(['cards_dealt', 'round_opened']);
const TRICK_ENDS: ReadonlySet<string> = new Set(['trick_taken', 'trick_claimed']);
/** Nothing on the table changes by them. */
const QUIET: ReadonlySet<string> = new Set([
	'continued',
	'deal_checked',
	'face_changed',
	'player_kicked',
	'return_announced',
	'round_revealed',
]);

export function timelineOf(events: readonly LogEvent[]): Timeline {
	const started = events.findIndex(({ type }) => type === 'game_started');
	const first = started < 0 ? events.length : started + 1;
	const rounds: Growing[] = [];
	const stops: number[] = [first];
	const marks: Mark[] = [];
	for (const [index, event] of events.entries()) {
		const at = index + 1;
		if (at <= first) continue;
		if (ROUND_OPENERS.has(event.type)) rounds.push(opened(event, at));
		extend(rounds.at(-1), event, at);
		if (!QUIET.has(event.type)) stops.push(at);
		const type = MARK_TYPES.find((one) => one === event.type);
		if (type !== undefined) marks.push({ at, type, seat: seatOf(event) });
	}
	return {
		first,
		last: events.length,
		stops,
		rounds: rounds.map(({ isBetween: _, ...round }) => round),
		marks,
	};
}

/** A round while its events are counted. */
interface Growing {
	readonly round: number;
	readonly from: number;
	to: number;
	readonly tricks: TrickStretch[];
	/** The next card or claim opens another trick. */
	isBetween: boolean;
}

function opened(event: LogEvent, at: number): Growing {
	const round = 'round' in event && typeof event.round === 'number' ? event.round : 0;
	return { round, from: at, to: at, tricks: [{ trick: 0, from: at, to: at }], isBetween: true };
}

/** Counts an event to the round it is in; what comes after its last trick belongs to the round alone. */
function extend(round: Growing | undefined, event: LogEvent, at: number): void {
	const trick = round?.tricks.at(-1);
	if (round === undefined || trick === undefined) return;
	round.to = at;
	const isEnd = TRICK_ENDS.has(event.type);
	if (event.type === 'card_played' || isEnd) {
		if (round.isBetween) round.tricks.push({ trick: trick.trick + 1, from: at, to: at });
		else round.tricks[round.tricks.length - 1] = { ...trick, to: at };
		round.isBetween = isEnd;
	} else if (event.type === 'trick_undone') {
		takeBack(round, at);
	} else if (trick.trick === 0) {
		round.tricks[0] = { ...trick, to: at };
	}
}

/** What a keeper took back is claimed anew under the same number (Israeli Whist 4.2); of several the first is open again. */
function takeBack(round: Growing, at: number): void {
	if (!round.isBetween && round.tricks.length > 2) round.tricks.pop();
	const last = round.tricks.at(-1);
	if (last === undefined || last.trick === 0) return;
	round.tricks[round.tricks.length - 1] = { ...last, to: at };
	round.isBetween = false;
}

function seatOf(event: LogEvent): SeatIndex | null {
	return 'seat' in event && typeof event.seat === 'number' ? toSeat(event.seat) : null;
}

export const STEPS = ['event', 'trick', 'round'] as const;
export type Step = (typeof STEPS)[number];

/** Where a step leads, at most to the first or last position. */
export function stepFrom(timeline: Timeline, at: number, step: Step, direction: 1 | -1): number {
	const places = placesOf(timeline, step);
	const next = direction === 1 ? places.find((place) => place > at) : places.findLast((place) => place < at);
	return next ?? (direction === 1 ? timeline.last : timeline.first);
}

/** Rounds begin where their cards are dealt, tricks end where they are taken. */
function placesOf({ stops, rounds }: Timeline, step: Step): readonly number[] {
	switch (step) {
		case 'event':
			return stops;
		case 'trick':
			return rounds.flatMap(({ tricks }) => tricks.map(({ to }) => to));
		case 'round':
			return rounds.map(({ from }) => from);
	}
}

export interface Whereabouts {
	/** null before the first deal. */
	readonly round: RoundStretch | null;
	readonly trick: TrickStretch | null;
}

export function whereIs({ rounds }: Timeline, at: number): Whereabouts {
	const round = rounds.findLast(({ from }) => from <= at) ?? null;
	return { round, trick: round?.tricks.findLast(({ from }) => from <= at) ?? null };
}

/** The nearest position there is, for an address that somebody has typed. */
export function clampTo({ first, last }: Timeline, at: number): number {
	return Number.isInteger(at) ? Math.min(last, Math.max(first, at)) : first;
}
