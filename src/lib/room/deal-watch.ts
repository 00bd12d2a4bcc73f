/**
 * Deals each round again as soon as its key is out, and gives what it found: to the page, and in one word to the
 * table. A log of a thousand events is looked at once, as it grows; the code for it is loaded with the first round
 * that ends.
 */
import type { TableState } from '../game/table-types.ts';
import type { Audit, DealCheck } from './audit.ts';
import type { Keys } from './keys.ts';
import type { LogBook } from './log-book.ts';

export interface DealWatchOptions {
	readonly keys: Keys;
	/** Brings the code that deals again. */
	readonly load: () => Promise<{ readonly Audit: typeof Audit }>;
	/** Whether this player's contribution, as a state has it, is the one that this page gave. */
	readonly isGiven: (state: TableState) => boolean;
	/** All that was found so far. */
	readonly onFound: (check: DealCheck) => void;
	/** Of a round that was now dealt again. */
	readonly onRound: (round: number, fits: boolean) => void;
	readonly onFault: (error: unknown) => void;
}

export class DealWatch {
	readonly #options: DealWatchOptions;
	/** A log that parts from the one before is another book. */
	#book: LogBook | null = null;
	#audit: Audit | null = null;
	#checked: DealCheck | null = null;
	/** Length and rounds of the log when it was last looked at. */
	#seen = { rounds: 0, isOver: false };
	#queue: Promise<void> = Promise.resolve();

	constructor(options: DealWatchOptions) {
		this.#options = options;
	}

	/** After every change of the log: costs nothing unless a round's key, or the secret, has come. */
	look(book: LogBook): void {
		const { state } = book;
		if (state === null) return;
		if (book !== this.#book) {
			this.#book = book;
			this.#audit = null;
			this.#checked = null;
			this.#seen = { rounds: 0, isOver: false };
		}
		const isOver = state.stage === 'finished';
		if (state.revealedRounds === this.#seen.rounds && isOver === this.#seen.isOver) return;
		this.#seen = { rounds: state.revealedRounds, isOver };
		this.#queue = this.#queue.then(() => this.#advance(book)).catch(this.#options.onFault);
	}

	async #advance(book: LogBook): Promise<void> {
		const { Audit } = await this.#options.load();
		const { table } = book;
		if (table === null || book !== this.#book) return;
		this.#audit ??= new Audit(table.game, this.#options.keys, this.#options.isGiven);
		const before = this.#checked?.rounds ?? 0;
		const check = await this.#audit.advance([...book.entries]);
		if (book !== this.#book) return;
		this.#checked = check;
		this.#options.onFound(check);
		for (let round = before + 1; round <= check.rounds; round++) {
			// What is wrong with the start is wrong with every deal.
			const isOff = check.findings.some((finding) => finding.round === round || finding.round === null);
			this.#options.onRound(round, !isOff);
		}
	}
}
