/**
 * The next game at a table: with whom it is opened, and by whom when the host has gone home after the last one. Then
 * any seat may open it, so two may at the same moment; the game that has begun goes before one that has not, then the
 * one with the lower id, and whoever opened the other takes a seat at that one.
 */
import { encodeBase64url } from '../game/bytes.ts';
import { seatOf } from '../game/seats.ts';
import type { GameId, PlayerId, Seat, TableState } from '../game/table-types.ts';
import { isNewOpening } from '../stats/opening-words.ts';
import type { NewGame } from './host.ts';
import { LogBook } from './log-book.ts';
import type { PartContext } from './part.ts';

/** The game as it was set up, once more; null while it is not over. `isHere`: whose page is at the table. */
export function nextGameOf(state: TableState, isHere: (player: PlayerId) => boolean): NewGame | null {
	if (state.stage !== 'finished') return null;
	return {
		variant: state.variant,
		rules: state.rules,
		options: state.options,
		seats: state.seats.map((seat) => carriedOver(state, seat, isHere)),
		previous: state.game,
	};
}

/**
 * Bots stay, and so does who is there; each gives a new part to the new deal. At a keeper's table who has no phone
 * there any more still has a name.
 */
function carriedOver({ options }: TableState, seat: Seat, isHere: (player: PlayerId) => boolean): Seat {
	if (seat.kind !== 'human') return seat;
	if (seat.presence === 'left' || !isHere(seat.player)) {
		return options.mode === 'keeper' ? { kind: 'named', face: seat.face } : { kind: 'empty' };
	}
	return { ...seat, contribution: null, ready: true, presence: 'here' };
}

/** Whether this player may open the next game without the host: whoever had a seat to the end. */
export function mayOpenNext(state: TableState, player: PlayerId): boolean {
	const holder = state.seats[seatOf(state, player) ?? -1];
	return state.stage === 'finished' && holder?.kind === 'human' && holder.presence !== 'left';
}

/** Nearly every second id begins with words that were told before; so many in a row do not. */
const MOST_DRAWS = 32;

/** Of a new game: what is remarked on it does not begin with the words of the one before. */
export function drawGameId(random: PartContext['random'], previous: GameId | null): GameId {
	for (let draws = 1; ; draws += 1) {
		const game = encodeBase64url(random(16)) as GameId;
		if (previous === null || draws === MOST_DRAWS || isNewOpening(game, previous)) return game;
	}
}

/** The finished game that the game of this log follows. */
export function previousOf(book: LogBook): GameId | null {
	const first = book.entries[0]?.event;
	return first !== undefined && 'previous' in first ? first.previous : null;
}

/** Another game that its host shows in place of this one; nothing but the logs is believed. */
export interface Rival {
	readonly game: GameId;
	readonly player: PlayerId;
	readonly envelopes: readonly Uint8Array<ArrayBuffer>[];
}

/**
 * The finished game to follow the rival's from, where all at the table play that one and not `own`: `own` itself when it
 * is over and another goes on, or came right after it; the one before when both follow the same. Else null. The rival's
 * host must have had a seat in that game to its end.
 */
export async function givesWayTo(
	{ keys, gameOf, store }: Pick<PartContext, 'keys' | 'gameOf' | 'store'>,
	{ game, player, envelopes }: Rival,
	own: LogBook,
): Promise<GameId | null> {
	const previous = previousOf(own);
	const { state } = own;
	if (state === null || state.stage === 'playing') return null;
	const openCards = <T>(event: T) => Promise.resolve(event);
	const theirs = new LogBook({
		keys,
		gameId: game,
		gameOf,
		acceptsFounder: (founder) => founder === player,
		openCards,
	});
	const { offence } = await theirs.receive(envelopes);
	if (offence !== null || theirs.state === null) return null;
	if (state.stage === 'finished') {
		// A page that slept for an evening may still host the game before this one, which is over as well.
		const isNewer = theirs.state.stage !== 'finished' || previousOf(theirs) === own.gameId;
		return isNewer && mayOpenNext(state, player) ? own.gameId : null;
	}
	if (previous === null || previousOf(theirs) !== previous) return null;
	const before = new LogBook({ keys, gameId: previous, gameOf, acceptsFounder: () => true, openCards });
	const stored = await store.events(previous);
	await before.receive(
		stored.map(({ envelope }) => envelope),
		{ trusted: true },
	);
	if (before.state === null || !mayOpenNext(before.state, player)) return null;
	return theirs.state.stage !== 'lobby' || game < own.gameId ? previous : null;
}
