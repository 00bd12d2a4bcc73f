/**
 * Who has played which cards, as far as this device knows: the record they come from, what was played again here, and
 * games that friends have sent. A hand is known by all the deals of its game and its seat, so results are of the same
 * cards whichever link they came by. Nobody has signed them: a link brings a legal game, and the name it says.
 *
 *     const known = knownResults(browserStorage());
 *     known.add(resultsIn(opened, isOwn));
 *     const rows = known.of(dealOf(opened), seat);
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { encodeBase64url, utf8 } from '../../game/bytes.ts';
import { MAX_SEATS, type SeatIndex } from '../../game/game.ts';
import { toSeat } from '../../game/seats.ts';
import { BOT_LEVELS, type BotLevel, type Face, type Seat, type TableState } from '../../game/table-types.ts';
import { readerOf } from '../../stats/readers.ts';
import { parseFace } from '../faces.ts';
import { fieldsOf, readStored, writeStored, type KeyValue } from '../stored.ts';
import { dealsOf, seatsOfSameDeal, type Recorded } from './branch.ts';
import { RESULTS_KEY } from './has-results.ts';

export interface KnownResult {
	/** Of `dealOf`. */
	readonly deal: string;
	readonly seat: SeatIndex;
	readonly face: Face;
	readonly isYou: boolean;
	/** Against bots alone; null: there were people. */
	readonly level: BotLevel | null;
	readonly total: number;
	/** By round; null for one that was not played to its end. */
	readonly scores: readonly (number | null)[];
}

/** A quarter of a kilobyte each; the oldest go first. */
const MOST_RESULTS = 200;
/** Above any number of rounds of one game. */
const MOST_ROUNDS = 200;
const DEAL_BYTES = 16;

/** All the cards of a game and what they count, as a short name; null where a hand is closed. */
export function dealOf(recorded: Recorded): string | null {
	const deals = dealsOf(recorded);
	if (deals === null) return null;
	const { options } = recorded.replay.at(recorded.replay.length);
	const cards = [...deals].map(([round, dealt]) => [
		round,
		// One that all passed is dealt again: whether it comes to that is for those who play.
		dealt
			.slice(0, 1)
			.map(({ hands, trump }) => [
				[...hands].map(([seat, hand]) => [seat, (hand ?? []).toSorted((a, b) => a - b)]),
				trump,
			]),
	]);
	const text = JSON.stringify([recorded.game.variant, options, cards]);
	return encodeBase64url(sha256(utf8(text)).slice(0, DEAL_BYTES));
}

/** Everybody who played a game, bots left out, each in a seat whose cards can be played again. */
export function resultsIn(recorded: Recorded, isOwn: (seat: Seat) => boolean): readonly KnownResult[] {
	const deal = dealOf(recorded);
	const end = recorded.replay.at(recorded.replay.length);
	if (deal === null) return [];
	return seatsOfSameDeal(recorded).flatMap((seat) => {
		const holder = end.seats[seat];
		return holder?.kind === 'human' ? (resultOf(end, deal, seat, isOwn(holder)) ?? []) : [];
	});
}

/** What the seat has come to; null before the first scored round, and for one that nobody has. */
export function resultOf(
	{ inner, seats }: TableState,
	deal: string,
	seat: SeatIndex,
	isYou: boolean,
): KnownResult | null {
	const rounds = inner === null ? [] : readerOf(inner).rounds;
	const [holder, total] = [seats[seat], rounds.at(-1)?.totals[seat]];
	if (holder === undefined || holder.kind === 'empty' || total === undefined) return null;
	const others = seats.filter((_, index) => toSeat(index) !== seat);
	const isWithPeople = others.some(({ kind }) => kind === 'human');
	const level = others.find((other) => other.kind === 'bot')?.level ?? null;
	return {
		deal,
		seat,
		face: holder.face,
		isYou,
		level: isWithPeople ? null : level,
		total,
		scores: rounds.map(({ scores }) => scores[seat] ?? null),
	};
}

export interface KnownResults {
	add(results: readonly KnownResult[]): void;
	/** Of one hand, the best first. */
	of(deal: string, seat: SeatIndex): readonly KnownResult[];
}

export function knownResults(storage: KeyValue | null): KnownResults {
	let all = readAll(storage);
	return {
		add(results) {
			for (const result of results) {
				const before = all.find((one) => isSame(one, result));
				// Somebody's own game that comes back by a link is theirs still.
				if (before?.isYou === true) continue;
				all = [...all.filter((one) => one !== before), result];
			}
			all = all.slice(-MOST_RESULTS);
			writeStored(storage, RESULTS_KEY, all);
		},
		of: (deal, seat) =>
			all
				.filter((one) => one.deal === deal && one.seat === seat)
				.sort((a, b) => b.total - a.total || Number(b.isYou) - Number(a.isYou)),
	};
}

function isSame(a: KnownResult, b: KnownResult): boolean {
	return (
		a.deal === b.deal &&
		a.seat === b.seat &&
		a.face.name === b.face.name &&
		a.scores.join() === b.scores.join()
	);
}

function readAll(storage: KeyValue | null): readonly KnownResult[] {
	const rows = readStored(storage, RESULTS_KEY);
	return Array.isArray(rows) ? rows.slice(-MOST_RESULTS).flatMap((row) => parseResult(row) ?? []) : [];
}

/** A row of storage, where anything may stand; null for what is none. */
function parseResult(input: unknown): KnownResult | null {
	const { deal, seat, face, isYou, level, total, scores } = fieldsOf(input);
	const known = parseFace(face);
	const isResult =
		typeof deal === 'string' &&
		/^[\w-]{22}$/.test(deal) &&
		Number.isInteger(seat) &&
		Number(seat) >= 0 &&
		Number(seat) < MAX_SEATS &&
		Number.isSafeInteger(total) &&
		Array.isArray(scores) &&
		scores.length <= MOST_ROUNDS &&
		scores.every((score) => score === null || Number.isSafeInteger(score));
	if (!isResult || known === null) return null;
	return {
		deal,
		seat: toSeat(Number(seat)),
		face: known,
		isYou: isYou === true,
		level: BOT_LEVELS.find((one) => one === level) ?? null,
		total: Number(total),
		scores,
	};
}
