/**
 * This player's part in the deal: a number that nobody else chooses. The page promises it by its hash, remembers it,
 * and opens it once the start is called; who plays need not think of it.
 */
import { encodeBase64url } from '../game/bytes.ts';
import type { EventHash } from '../game/log.ts';
import { seatOf } from '../game/seats.ts';
import type { Command, GameId, TableState } from '../game/table-types.ts';
import { promiseOf } from './deal.ts';
import type { Outcome } from './host.ts';
import type { Identity } from './keys.ts';
import type { LogBook } from './log-book.ts';
import type { OwnRecord } from './own-record.ts';

export interface ContributingOptions {
	readonly identity: Pick<Identity, 'player'>;
	readonly random: (bytes: number) => Uint8Array<ArrayBuffer>;
	readonly record: OwnRecord;
	/** Asks the host, whoever it is. */
	readonly ask: (command: Command) => Promise<Outcome>;
	readonly onFault: (error: unknown) => void;
}

export class Contributing {
	readonly #options: ContributingOptions;
	#isPromising = false;
	#isOpening = false;

	constructor(options: ContributingOptions) {
		this.#options = options;
	}

	/**
	 * Whether this player gives its number to this table. Not to a host that would know it before it has fixed its own: one
	 * of an earlier version, or one that says so.
	 */
	mayGive({ stage, promises, options, host }: TableState): boolean {
		const isDealt = options.mode === 'cards';
		return promises || !isDealt || stage !== 'lobby' || host === this.#options.identity.player;
	}

	/**
	 * A new one for this game, 32 bytes, base64url, as its table wants it now: the promise, or the number itself where
	 * there are no promises. Stored before anybody sees it.
	 */
	async give(game: GameId, state: TableState | null): Promise<string> {
		const { identity, random, record } = this.#options;
		const contribution = encodeBase64url(random(32));
		await record.give(game, contribution);
		return state?.promises === true ? promiseOf(game, identity.player, contribution) : contribution;
	}

	/** Gives in the lobby what the log has not yet of this seat: its promise, and the number once the start is called. */
	follow({ state, call }: Pick<LogBook, 'state' | 'call'>): void {
		const seat = state === null ? null : seatOf(state, this.#options.identity.player);
		if (state === null || seat === null) return;
		const holder = state.seats[seat];
		if (state.stage !== 'lobby' || holder?.kind !== 'human') return;
		if (holder.contribution === null && this.mayGive(state)) this.#promise(state);
		const isWanted = state.opened?.[seat] === null;
		if (isWanted && holder.contribution !== null && call !== null)
			this.#open(state.game, holder.contribution, call);
	}

	/** What is refused, or goes into a log that loses, is given once more with the next change. */
	#promise(state: TableState): void {
		if (this.#isPromising) return;
		this.#isPromising = true;
		this.give(state.game, state)
			.then((contribution) => this.#options.ask({ type: 'contribute', contribution }))
			.finally(() => (this.#isPromising = false))
			.catch(this.#options.onFault);
	}

	#open(game: GameId, promise: string, call: EventHash): void {
		if (this.#isOpening) return;
		const { identity, record, ask, onFault } = this.#options;
		const contribution = record.given(game).find((one) => promiseOf(game, identity.player, one) === promise);
		// Promised by another device of this player: without its number the start is called off, and all promise anew.
		if (contribution === undefined) return;
		this.#isOpening = true;
		record
			.open(contribution, call)
			.then((isWilling) => (isWilling ? ask({ type: 'open_contribution', contribution }) : null))
			.finally(() => (this.#isOpening = false))
			.catch(onFault);
	}
}
