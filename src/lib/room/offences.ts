/**
 * What peers do that no page of ours does, by name: counted for the host to see, and forgiven when it is an accident.
 * Three in a row are a strike, three strikes put the player out. A thing done right in between breaks the row, so that
 * a page of another version, or a bad line, is not taken for an attack.
 */
import type { Face, PlayerId } from '../game/table-types.ts';

export const OFFENCES = [
	/** Bytes that are no message. */
	'malformed_message',
	/** More bytes than a message of its kind may have. */
	'oversized_message',
	/** A command that its player has not signed. */
	'forged_command',
	/** Writes the document, which only the host does. */
	'writes_document',
	/** Says what only a host says. */
	'poses_as_host',
	/** A log of other events, or of a higher term, that does not prove itself. */
	'false_log',
	/** Messages, or hellos, faster than anybody plays. */
	'too_many_messages',
	'too_many_hellos',
] as const;
export type Offence = (typeof OFFENCES)[number];

export interface CountedOffence {
	readonly player: PlayerId;
	/** As its last hello said it is called. */
	readonly face: Face;
	readonly offence: Offence;
	readonly count: number;
}

const IN_A_ROW_FOR_A_STRIKE = 3;
const STRIKES = 3;
/** Strangers can make up keys without end: the oldest are forgotten. Ten seats and fifty spectators, twice. */
const MAX_PLAYERS = 120;

interface Conduct {
	face: Face;
	inARow: number;
	strikes: number;
	readonly counts: Map<Offence, number>;
}

export class Offences {
	readonly #conducts = new Map<PlayerId, Conduct>();
	#list: readonly CountedOffence[] | null = null;

	/** Counts one; true when the player is to be put out. */
	note(player: PlayerId, face: Face, offence: Offence): boolean {
		const conduct = this.#conductOf(player, face);
		conduct.face = face;
		conduct.counts.set(offence, (conduct.counts.get(offence) ?? 0) + 1);
		this.#list = null;
		if (++conduct.inARow < IN_A_ROW_FOR_A_STRIKE) return false;
		conduct.inARow = 0;
		conduct.strikes++;
		return conduct.strikes >= STRIKES;
	}

	/** Something this player sent was as it should be. */
	behaved(player: PlayerId): void {
		const conduct = this.#conducts.get(player);
		if (conduct !== undefined) conduct.inARow = 0;
	}

	/** In the order they were first done; the same list until there is another. */
	get list(): readonly CountedOffence[] {
		this.#list ??= [...this.#conducts].flatMap(([player, { face, counts }]) =>
			[...counts].map(([offence, count]) => ({ player, face, offence, count })),
		);
		return this.#list;
	}

	#conductOf(player: PlayerId, face: Face): Conduct {
		const known = this.#conducts.get(player);
		if (known !== undefined) return known;
		const [oldest] = this.#conducts.keys();
		if (this.#conducts.size >= MAX_PLAYERS && oldest !== undefined) this.#conducts.delete(oldest);
		const conduct: Conduct = { face, inARow: 0, strikes: 0, counts: new Map() };
		this.#conducts.set(player, conduct);
		return conduct;
	}
}
