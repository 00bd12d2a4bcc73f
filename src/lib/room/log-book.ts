/**
 * One game's log as this peer has verified it, and the state folded from it. The host writes into it, everybody
 * else takes in what the host has signed; both end with the same book. An envelope that does not parse, does not
 * continue the log, is not signed by the host of the term or cannot be folded is refused, with the offence named,
 * and changes nothing.
 */
import { assert } from '../game/assert.ts';
import type { Game } from '../game/game.ts';
import { MAX_EVENTS } from '../game/log-limits.ts';
import {
	eventOf,
	formatLogEvent,
	GENESIS,
	hashRecord,
	encodeRecord,
	joinEnvelope,
	parseEnvelope,
	signedBytes,
	type Envelope,
	type EventHash,
	type LogRecord,
} from '../game/log.ts';
import { isTableEvent } from '../game/table-parse.ts';
import { tableOf, type Table } from '../game/table.ts';
import type { GameId, HostChanged, LogEvent, PlayerId, TableState } from '../game/table-types.ts';
import type { Identity, Keys } from './keys.ts';
import { isElected } from './votes.ts';

export const LOG_OFFENCES = [
	'malformed_envelope',
	'wrong_index',
	'wrong_term',
	'not_elected',
	'wrong_game',
	'bad_signature',
	'unknown_event',
	'event_does_not_fit',
	'log_too_long',
	/** Other events than those this peer holds, signed in the same term. */
	'forked_log',
] as const;
export type LogOffence = (typeof LOG_OFFENCES)[number];

/** Signatures checked side by side: enough to keep every core busy, few enough that garbage costs little. */
const MAX_RUN = 256;

/**
 * Puts the cards this peer may see into an event whose record seals some: all of them at the host, its own at a
 * player, none elsewhere.
 */
export type CardOpener = (event: LogEvent, sealed: Sealed, state: TableState) => Promise<LogEvent>;

/** What a record seals beside its payload. */
export type Sealed = Pick<LogRecord, 'index' | 'type' | 'hands' | 'roundBox' | 'faceDown'>;

export interface Entry {
	readonly record: LogRecord;
	readonly event: LogEvent;
	/** Whose command caused it: the author's seat may have another player by now. null: the program itself acted. */
	readonly player: PlayerId | null;
}

export interface Received {
	/** Envelopes taken in, from the front of the batch. */
	readonly taken: number;
	/** What was wrong with the next one; null when all were taken. */
	readonly offence: LogOffence | null;
}

/** An event about to be written, with its cards sealed if it has any. */
export interface Draft {
	readonly event: LogEvent;
	readonly sealed: Pick<LogRecord, 'hands' | 'roundBox' | 'faceDown'>;
}

/** The rules of a variant, which may have to be fetched; null for one that this version does not know. */
export type FindGame = (variant: string) => Game | null | Promise<Game | null>;

export interface LogBookOptions {
	readonly keys: Keys;
	readonly gameId: GameId;
	/** Asked for the variant that `game_created` names. */
	readonly gameOf: FindGame;
	/** Whether this key may have founded the game: the only host the first event is believed from. */
	readonly acceptsFounder: (host: PlayerId) => boolean;
	readonly openCards: CardOpener;
}

/** An envelope in its place, its signature not looked at yet. */
interface Link {
	readonly envelope: Envelope;
	readonly hash: EventHash;
}

export class LogBook {
	readonly gameId: GameId;
	readonly #options: LogBookOptions;
	readonly #entries: Entry[] = [];
	readonly #envelopes: Uint8Array<ArrayBuffer>[] = [];
	#head: EventHash = GENESIS;
	#call: EventHash | null = null;
	#table: Table | null = null;
	#state: TableState | null = null;

	constructor(options: LogBookOptions) {
		this.#options = options;
		this.gameId = options.gameId;
	}

	get length(): number {
		return this.#entries.length;
	}
	/** Hash of the last event. */
	get head(): EventHash {
		return this.#head;
	}
	/** Hash of the last call to start: what was promised up to there is opened for that call and no other. */
	get call(): EventHash | null {
		return this.#call;
	}
	/** null while the log is empty. */
	get state(): TableState | null {
		return this.#state;
	}
	/** The rules around the game on the table; null while the log is empty. */
	get table(): Table | null {
		return this.#table;
	}
	get entries(): readonly Entry[] {
		return this.#entries;
	}
	/** Signed envelopes as bytes, from an index on. */
	envelopes(from = 0): readonly Uint8Array<ArrayBuffer>[] {
		return this.#envelopes.slice(from);
	}

	/**
	 * Takes in envelopes that continue this log. Signatures of a whole batch are checked side by side, so that a late
	 * joiner's hundreds cost no more than a few; `trusted` skips them for what this device verified before it stored it.
	 */
	async receive(batch: readonly Uint8Array<ArrayBuffer>[], { trusted = false } = {}): Promise<Received> {
		let taken = 0;
		while (taken < batch.length) {
			const run = this.#chain(batch, taken);
			const signers = this.#signersOf(run.links);
			const verified = await Promise.all(
				run.links.map(async (link, place) => {
					const signer = signers[place];
					return trusted || (signer != null && (await this.#isSigned(signer, link)));
				}),
			);
			for (const [place, link] of run.links.entries()) {
				if (verified[place] !== true) return { taken, offence: 'bad_signature' };
				const offence = await this.#fold(link.envelope.record, link.hash, batch[taken], trusted);
				if (offence !== null) return { taken, offence };
				taken++;
			}
			if (run.offence !== null && taken === run.end) return { taken, offence: run.offence };
		}
		return { taken, offence: null };
	}

	/** Parses and chains a batch from `from` up to the first envelope that is out of place, so many at a time. */
	#chain(batch: readonly Uint8Array<ArrayBuffer>[], from: number) {
		const links: Link[] = [];
		let previous = this.#head;
		const end = Math.min(batch.length, from + MAX_RUN);
		for (let at = from; at < end; at++) {
			const envelope = parseEnvelope(batch[at] ?? new Uint8Array());
			const offence = envelope === null ? 'malformed_envelope' : this.#placeOffence(envelope, links.length);
			if (envelope === null || offence !== null) return { links, offence, end: at };
			previous = hashRecord(previous, envelope.recordBytes);
			links.push({ envelope, hash: previous });
		}
		return { links, offence: null, end };
	}

	#placeOffence({ record }: Envelope, ahead: number): LogOffence | null {
		if (this.length + ahead >= MAX_EVENTS) return 'log_too_long';
		return record.index === this.length + ahead ? null : 'wrong_index';
	}

	/** Who must have signed each: the host of its term, which a `host_changed` in the batch changes for what follows. */
	#signersOf(links: readonly Link[]): (PlayerId | null)[] {
		let signer = this.#state?.host ?? null;
		return links.map(({ envelope }) => {
			signer = namedHostOf(envelope) ?? signer;
			return signer;
		});
	}

	#isSigned(signer: PlayerId, { envelope, hash }: Link): Promise<boolean> {
		const message = signedBytes(this.gameId, hash);
		return this.#options.keys.verify(signer, message, new Uint8Array(envelope.signature));
	}

	async #fold(
		record: LogRecord,
		hash: EventHash,
		bytes: Uint8Array<ArrayBuffer> | undefined,
		trusted: boolean,
	): Promise<LogOffence | null> {
		assert(bytes !== undefined, 'a folded record has its bytes');
		const table = this.#table ?? (await this.#tableFor(record));
		if (table === null) return 'unknown_event';
		const event = eventOf(table.game, record);
		if (event === null) return 'unknown_event';
		const isChange = isTableEvent(event) && event.type === 'host_changed';
		if (record.term !== (isChange ? event.term : (this.#state?.term ?? 1))) return 'wrong_term';
		if (isChange && !trusted && !(await this.#isElected(event))) return 'not_elected';
		if (this.#state === null && !this.#accepts(event, trusted)) return 'wrong_game';
		try {
			this.#advance(table, record, await this.#open(event, record), hash, bytes);
		} catch {
			// `evolve` throws on exactly this: an event that the rules could not have given here.
			return 'event_does_not_fit';
		}
		return null;
	}

	#isElected(event: HostChanged): Promise<boolean> {
		return this.#state === null ? Promise.resolve(false) : isElected(this.#options.keys, this.#state, event);
	}

	#accepts(event: LogEvent, trusted: boolean): boolean {
		return (
			isTableEvent(event) &&
			event.type === 'game_created' &&
			event.game === this.gameId &&
			(trusted || this.#options.acceptsFounder(event.host))
		);
	}

	async #tableFor(record: LogRecord): Promise<Table | null> {
		const game = await this.#options.gameOf(String(record.payload['variant']));
		return game === null ? null : tableOf(game);
	}

	async #open(event: LogEvent, record: LogRecord): Promise<LogEvent> {
		if ((record.hands === undefined && record.faceDown === undefined) || this.#state === null) return event;
		return this.#options.openCards(event, record, this.#state);
	}

	#advance(
		table: Table,
		record: LogRecord,
		event: LogEvent,
		hash: EventHash,
		bytes: Uint8Array<ArrayBuffer>,
	): void {
		const player = this.#playerOf(record, event);
		this.#state = table.evolve(this.#state, event);
		this.#table = table;
		this.#head = hash;
		if (record.type === 'start_called') this.#call = hash;
		this.#entries.push({ record, event, player });
		this.#envelopes.push(bytes);
	}

	#playerOf({ author }: LogRecord, event: LogEvent): PlayerId | null {
		if (author === null) return null;
		const [seat, number] = author;
		if (isTableEvent(event) && event.type === 'seat_taken') return event.player;
		// Events of one command stand together, and the first of them may have moved its author to another seat.
		const before = this.#entries.at(-1);
		if (before?.record.author?.[0] === seat && before.record.author[1] === number) return before.player;
		const holder = this.#state?.seats[seat];
		return holder?.kind === 'human' ? holder.player : null;
	}

	/**
	 * Signs events as the host of the term, without taking them in: what is stored first is shown first. Gives the
	 * envelopes; `commit` takes them in.
	 */
	async draft(
		identity: Identity,
		drafts: readonly Draft[],
		author: LogRecord['author'],
		time: number,
	): Promise<readonly Uint8Array<ArrayBuffer>[]> {
		const envelopes: Uint8Array<ArrayBuffer>[] = [];
		let previous = this.#head;
		let term = this.#state?.term ?? 1;
		for (const [place, { event, sealed }] of drafts.entries()) {
			if (isTableEvent(event) && event.type === 'host_changed') term = event.term;
			const game = this.#table?.game ?? (await this.#gameOfFirst(event));
			const bytes = encodeRecord({
				index: this.length + place,
				term,
				time,
				author,
				...formatLogEvent(game, event),
				...sealed,
			});
			previous = hashRecord(previous, bytes);
			envelopes.push(joinEnvelope(await identity.sign(signedBytes(this.gameId, previous)), bytes));
		}
		return envelopes;
	}

	async #gameOfFirst(event: LogEvent): Promise<Game> {
		const isFirst = isTableEvent(event) && event.type === 'game_created';
		const game = isFirst ? await this.#options.gameOf(event.variant) : null;
		assert(game !== null, 'a log opens with a game this version knows');
		return game;
	}
}

/** The host that an event itself names: the founder, or the one who takes over. */
function namedHostOf({ record }: Envelope): PlayerId | null {
	if (record.type !== 'game_created' && record.type !== 'host_changed') return null;
	const host = record.payload['host'];
	return typeof host === 'string' ? (host as PlayerId) : null;
}
