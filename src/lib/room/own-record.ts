/**
 * What this device keeps of a table besides its log (`TableRecord`): the game it was last in, who opened it, where it
 * meets, what the list of tables shows of it. Every change is stored at once.
 */
import { isTableEvent } from '../game/table-parse.ts';
import type { PlayerId } from '../game/table-types.ts';
import type { Clock } from './clock.ts';
import type { Identity } from './keys.ts';
import type { LogBook } from './log-book.ts';
import { tableCardOf } from './snapshot.ts';
import type { Store, TableRecord } from './store.ts';

export interface OwnRecordOptions {
	readonly record: TableRecord;
	readonly store: Store;
	readonly identity: Identity;
	readonly clock: Clock;
}

export class OwnRecord {
	/** When this page was opened, as it tells the others, ms. */
	readonly session: number;
	readonly #options: OwnRecordOptions;
	readonly #onFault: (error: unknown) => void;
	#now: TableRecord;
	/** What the list of tables shows of this one, as it was last stored. */
	#card = '';

	/** @param onFault a change could not be stored, and nobody waits for it */
	constructor(options: OwnRecordOptions, onFault: (error: unknown) => void) {
		this.#options = options;
		this.#onFault = onFault;
		this.#now = options.record;
		// Newer than any page of this device before, whatever its clock says.
		this.session = Math.max(Math.round(options.clock.now()), options.record.updatedAt + 1);
	}

	get now(): TableRecord {
		return this.#now;
	}

	/** Resolves when it is stored. @throws what the store threw; the page goes on with the change all the same */
	async put(change: Partial<TableRecord>): Promise<void> {
		const updatedAt = Math.max(Math.round(this.#options.clock.now()), this.session);
		this.#now = { ...this.#now, ...change, updatedAt };
		await this.#options.store.putTable(this.#now);
	}

	change(change: Partial<TableRecord>): void {
		this.put(change).catch(this.#onFault);
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
