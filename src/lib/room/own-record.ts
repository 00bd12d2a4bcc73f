/**
 * What this device keeps of a table besides its log (`TableRecord`): the game it was last in, who opened it, where it
 * meets, what the list of tables shows of it. Every change is stored at once.
 */
import { encodeBase64url } from '../game/bytes.ts';
import type { EventHash } from '../game/log.ts';
import { seatOf } from '../game/seats.ts';
import { isTableEvent } from '../game/table-parse.ts';
import type { GameId, PlayerId, TableState } from '../game/table-types.ts';
import type { Clock } from './clock.ts';
import type { Identity } from './keys.ts';
import type { LogBook } from './log-book.ts';
import { tableCardOf } from './snapshot.ts';
import type { Store, TableRecord } from './store.ts';
import { writeAgain, type WriteAgainOptions } from './write-again.ts';

export interface OwnRecordOptions {
	readonly record: TableRecord;
	readonly store: Store;
	readonly identity: Identity;
	readonly clock: Clock;
}

/** The last of them stands in the log; more than anybody sits down before one is answered. */
const MAX_GIVEN = 8;

type FaultPorts = Omit<WriteAgainOptions, 'clock'>;

export class OwnRecord {
	/** When this page was opened, as it tells the others, ms. */
	readonly session: number;
	readonly #options: OwnRecordOptions;
	readonly #faults: FaultPorts;
	#now: TableRecord;
	/** What the list of tables shows of this one, as it was last stored. */
	#card = '';

	constructor(options: OwnRecordOptions, faults: FaultPorts) {
		this.#options = options;
		this.#faults = faults;
		this.#now = options.record;
		// Newer than any page of this device before, whatever its clock says.
		this.session = Math.max(Math.round(options.clock.now()), options.record.updatedAt + 1);
	}

	get now(): TableRecord {
		return this.#now;
	}

	/** Resolves when it is stored. @throws what the store threw; the page goes on with the change all the same */
	async put(change: Partial<TableRecord>): Promise<void> {
		this.#set(change);
		await this.#store();
	}

	/** Resolves when it is stored, however often the disk refuses; rejects when the page has closed meanwhile. */
	keep(change: Partial<TableRecord>): Promise<void> {
		this.#set(change);
		return writeAgain(() => this.#store(), { ...this.#faults, clock: this.#options.clock });
	}

	#set(change: Partial<TableRecord>): void {
		const updatedAt = Math.max(Math.round(this.#options.clock.now()), this.session);
		this.#now = { ...this.#now, ...change, updatedAt };
	}

	#store(): Promise<void> {
		return this.#options.store.putTable(this.#now);
	}

	change(change: Partial<TableRecord>): void {
		this.keep(change).catch(this.#faults.onFault);
	}

	/** Remembers what this player gives to the deal of a game; resolves when it is stored. */
	give(game: GameId, contribution: string): Promise<void> {
		const given = [...this.given(game), contribution].slice(-MAX_GIVEN);
		const { contributions } = this.#now;
		const openedFor = contributions?.game === game ? contributions.openedFor : undefined;
		return this.keep({ contributions: { game, given, openedFor } });
	}

	/**
	 * Whether this player opens a number for this call to start; resolves when it is stored. Each for one call alone: a
	 * host that has heard it could go on from before the call, and fit its own to it.
	 */
	async open(contribution: string, call: EventHash): Promise<boolean> {
		const { contributions } = this.#now;
		if (contributions === undefined) return false;
		const { openedFor = {} } = contributions;
		const known = openedFor[contribution];
		if (known !== undefined) return known === encodeBase64url(call);
		const opened = { ...openedFor, [contribution]: encodeBase64url(call) };
		await this.keep({ contributions: { ...contributions, openedFor: opened } });
		return true;
	}

	/**
	 * Whether what a log has of this player is what it gave, and for this call; true where this device cannot know.
	 * @param call the last one of that log
	 */
	hasGiven(state: TableState, call: EventHash | null): boolean {
		const seat = seatOf(state, this.#options.identity.player) ?? -1;
		const holder = state.seats[seat];
		const { contributions } = this.#now;
		if (holder?.kind !== 'human' || holder.contribution === null) return true;
		if (contributions?.game !== state.game) return true;
		const used = state.opened === null ? holder.contribution : state.opened[seat];
		if (used == null || !contributions.given.includes(used)) return false;
		const known = contributions.openedFor?.[used];
		return known === undefined || call === null || known === encodeBase64url(call);
	}

	/** What this player gave to the deal of a game on this device, one after the other. */
	given(game: GameId): readonly string[] {
		const { contributions } = this.#now;
		return contributions?.game === game ? contributions.given : [];
	}

	/** After any change of the log: who opened it, and what the list of tables shows. */
	follow(book: LogBook): void {
		if (book.state === null || book.table === null) return;
		const founder = openerOf(book);
		if (this.#now.founder === null && founder !== null) this.change({ founder });
		const card = tableCardOf(book.table.game, book.state, this.#options.identity.player);
		const text = JSON.stringify(card);
		if (text === this.#card) return;
		this.#card = text;
		this.change(card);
	}
}

/** Who opened the game of this log. */
export function openerOf(book: LogBook | null): PlayerId | null {
	const first = book?.entries[0]?.event;
	return first !== undefined && isTableEvent(first) && first.type === 'game_created' ? first.host : null;
}
