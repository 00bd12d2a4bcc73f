/**
 * The sheet of any game in one shape: who played, what was said and taken in each round, how it added up. The keeper's
 * screens show it, and what is shared of a game (text, picture) is made of it. Nothing is computed that the view does
 * not say.
 *
 *     const sheet = resultOf(snapshot.view, snapshot.seats);
 */
import { suitOf, type Suit } from '../../cards/card.ts';
import type { GameView, SeatIndex, Variant } from '../../game/game.ts';
import type { Face } from '../../game/table-types.ts';
import type { ElDoradoView } from '../../games/el-dorado/types.ts';
import type { IsraeliWhistView, Strain } from '../../games/israeli-whist/types.ts';
import type { SeatSnapshot } from '../../room/table-client.ts';

/** Of a seat no more is asked than who has it. */
type ResultSeat = Pick<SeatSnapshot, 'seat' | 'kind' | 'face'>;

export interface ResultPlayer {
	readonly seat: SeatIndex;
	readonly face: Face;
	readonly total: number;
	/** 1-based; equal totals share a place. */
	readonly place: number;
	readonly won: boolean;
}
/** One player's part in one round. */
export interface ResultCell {
	/** The bid or contract; null while it is not said. */
	readonly said: number | null;
	readonly took: number | null;
	/** null while the round is on. */
	readonly score: number | null;
	/** Running total after the round; null while it is on. */
	readonly total: number | null;
}
/** What was trump: a suit, none at all, or not known to the sheet (a keeper's El Dorado). */
export type ResultTrump = Suit | 'none' | null;
export interface ResultRow {
	readonly round: number;
	readonly isDone: boolean;
	readonly dealer: SeatIndex;
	readonly declarer: SeatIndex | null;
	readonly trump: ResultTrump;
	/** Cards each, in a game where that changes; else null. */
	readonly cards: number | null;
	/** What was said adds up to more or less than there are tricks; null where that has no name, or not all is said. */
	readonly type: 'over' | 'under' | null;
	/** In the order of the players; null for one that was absent. */
	readonly cells: readonly (ResultCell | null)[];
}
export interface Result {
	readonly variant: Variant;
	readonly players: readonly ResultPlayer[];
	/** Finished rounds and the one under way, oldest first. */
	readonly rows: readonly ResultRow[];
	readonly isOver: boolean;
}

export function resultOf(view: GameView, seats: readonly ResultSeat[]): Result {
	if (isElDorado(view)) return ofElDorado(view, seats);
	if (isWhist(view)) return ofWhist(view, seats);
	return { variant: view.variant, players: [], rows: [], isOver: false };
}

/** Totals after each finished round, by seat, as a chart wants them; who was absent stays where it was. */
export function totalsBySeat(
	{ players, rows }: Result,
	seats: number,
): readonly { readonly totals: readonly number[] }[] {
	const totals = Array.from({ length: seats }, () => 0);
	return rows
		.filter(({ isDone }) => isDone)
		.map(({ cells }) => {
			for (const [place, { seat }] of players.entries())
				totals[seat] = cells[place]?.total ?? totals[seat] ?? 0;
			return { totals: [...totals] };
		});
}

export function isElDorado(view: GameView): view is ElDoradoView {
	return view.variant === 'el_dorado';
}
export function isWhist(view: GameView): view is IsraeliWhistView {
	return view.variant === 'israeli_whist';
}

function ofElDorado(view: ElDoradoView, seats: readonly ResultSeat[]): Result {
	const wasIn = (seat: SeatIndex): boolean =>
		view.sheet.some((row) => (row.scores[seat] ?? null) !== null) || view.seats[seat]?.active === true;
	const players = playersOf(view, seats, wasIn);
	const cellOf = (seat: SeatIndex, row: ElDoradoView['sheet'][number]): ResultCell | null => {
		const score = row.scores[seat] ?? null;
		if (score === null) return null;
		return { said: row.bids[seat] ?? 0, took: row.tricks[seat] ?? 0, score, total: row.totals[seat] ?? 0 };
	};
	const done = view.sheet.map((row) => ({
		round: row.round,
		isDone: true,
		dealer: row.dealer,
		declarer: null,
		trump: row.trumpCard === null ? null : suitOf(row.trumpCard),
		cards: row.cardsEach,
		type: null,
		cells: players.map(({ seat }) => cellOf(seat, row)),
	}));
	const isOn = view.round > view.sheet.length && view.phase !== 'over';
	const now = {
		round: view.round,
		isDone: false,
		dealer: view.dealer,
		declarer: null,
		trump: view.trump,
		cards: view.cardsEach,
		type: null,
		cells: players.map(({ seat }) => {
			const one = view.seats[seat];
			if (one?.active !== true) return null;
			const took = view.kept === null ? one.tricks : (view.kept.noted[seat] ?? null);
			return { said: one.bid, took, score: null, total: null };
		}),
	};
	return { variant: view.variant, players, rows: isOn ? [...done, now] : done, isOver: isOverFor(view) };
}

const SUIT_OF: Readonly<Record<Strain, ResultTrump>> = {
	clubs: 'C',
	diamonds: 'D',
	hearts: 'H',
	spades: 'S',
	no_trump: 'none',
};

/** A strain as a sheet shows it. */
export function trumpOf(strain: Strain): ResultTrump {
	return SUIT_OF[strain];
}

function ofWhist(view: IsraeliWhistView, seats: readonly ResultSeat[]): Result {
	const players = playersOf(view, seats, () => true);
	const done = view.sheet.map((row) => ({
		round: row.round,
		isDone: true,
		dealer: row.dealer,
		declarer: row.declarer,
		trump: trumpOf(row.trump),
		cards: null,
		type: row.type,
		cells: players.map(({ seat }) => ({
			said: row.contracts[seat] ?? 0,
			took: row.tricks[seat] ?? 0,
			score: row.scores[seat] ?? 0,
			total: row.totals[seat] ?? 0,
		})),
	}));
	const isOn = view.round > view.sheet.length && view.phase !== 'over';
	const now = {
		round: view.round,
		isDone: false,
		dealer: view.dealer,
		declarer: view.declarer,
		trump: view.trump === null ? null : trumpOf(view.trump),
		cards: null,
		type: view.type,
		cells: players.map(({ seat }) => ({
			said: view.seats[seat]?.contract ?? null,
			took: view.phase === 'playing' ? (view.seats[seat]?.tricks ?? 0) : null,
			score: null,
			total: null,
		})),
	};
	return { variant: view.variant, players, rows: isOn ? [...done, now] : done, isOver: isOverFor(view) };
}

function isOverFor({ phase }: GameView): boolean {
	return phase === 'over';
}

interface Totals {
	readonly seats: readonly { readonly total: number }[];
	readonly winners: readonly SeatIndex[];
}

function playersOf(
	view: Totals,
	seats: readonly ResultSeat[],
	wasIn: (seat: SeatIndex) => boolean,
): ResultPlayer[] {
	const playing = seats.flatMap(({ seat, face, kind }) =>
		face !== null && (kind !== 'empty' || wasIn(seat))
			? [{ seat, face, total: view.seats[seat]?.total ?? 0 }]
			: [],
	);
	return playing.map((player) => ({
		...player,
		place: 1 + playing.filter(({ total }) => total > player.total).length,
		won: view.winners.includes(player.seat),
	}));
}
