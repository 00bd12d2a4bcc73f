/**
 * Who may host next (room-protocol, "Losing the host"): a new host is one for whom more than half of the seated
 * humans who are here, the lost host not counted, have signed; or one to whom the host has handed the table. Anyone
 * with the log can check it, at any time later.
 */
import { concatBytes, decodeBase64url, utf8 } from '../game/bytes.ts';
import type { GameId, HostChanged, PlayerId, SignedVote, TableState } from '../game/table-types.ts';
import type { Keys } from './keys.ts';

const VOTE_DOMAIN = utf8('overtrick/vote/1\0');

/** What a voter signs: this player, this term of this game, and no other. */
export function voteBytes(game: GameId, term: number, candidate: PlayerId): Uint8Array<ArrayBuffer> {
	return concatBytes(VOTE_DOMAIN, utf8(JSON.stringify([game, term, candidate])));
}

/** Seated humans who count when the host is lost: here by the log, and not the host. */
export function electorate(state: TableState): PlayerId[] {
	return state.seats.flatMap((seat) =>
		seat.kind === 'human' && seat.presence === 'here' && seat.player !== state.host ? [seat.player] : [],
	);
}

export function votesNeeded(state: TableState): number {
	return Math.floor(electorate(state).length / 2) + 1;
}

/**
 * Whose return a table without a host waits for: those of the electorate who are out of reach, where the others are too
 * few to elect one; nobody where they are enough.
 */
export function missingVoters(state: TableState, isHere: (player: PlayerId) => boolean): PlayerId[] {
	const voters = electorate(state);
	const missing = voters.filter((player) => !isHere(player));
	return voters.length - missing.length < votesNeeded(state) ? missing : [];
}

/**
 * Terms of one kind and the other never meet: who is elected by the others has an even one, who was given the table by
 * the host before an odd one, as the founder has. A host that hands over while it is held lost makes no second host
 * of the same term.
 */
export function isTermFor(reason: HostChanged['reason'], term: number): boolean {
	return term % 2 === (reason === 'lost' ? 0 : 1);
}

/** The next term after `term` for a host that comes in this way. */
export function nextTerm(reason: HostChanged['reason'], term: number): number {
	return isTermFor(reason, term + 1) ? term + 1 : term + 2;
}

/** Whether the votes in the event make its host the host. */
export async function isElected(
	keys: Keys,
	state: TableState,
	event: Omit<HostChanged, 'type' | 'commitment'>,
): Promise<boolean> {
	if (event.term <= state.term || !isTermFor(event.reason, event.term)) return false;
	const voters = new Set(event.votes.map(({ player }) => player));
	if (voters.size !== event.votes.length) return false;
	const mayVote = new Set(event.reason === 'lost' ? electorate(state) : [state.host]);
	// A host that was voted out may itself be elected again, but only by the others.
	if (![...voters].every((player) => mayVote.has(player))) return false;
	if (voters.size < (event.reason === 'lost' ? votesNeeded(state) : 1)) return false;
	const message = voteBytes(state.game, event.term, event.host);
	const valid = await Promise.all(event.votes.map((vote) => isSigned(keys, vote, message)));
	return valid.every(Boolean);
}

export async function isSigned(
	keys: Keys,
	vote: SignedVote,
	message: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
	const signature = decodeBase64url(vote.signature);
	return signature !== null && keys.verify(vote.player, message, new Uint8Array(signature));
}
