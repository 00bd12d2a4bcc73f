/**
 * The Yjs document of one game and term: the host's signed envelopes as a list, and a few public notes that
 * change (who watches, who is connected, when time runs out). It is transport, never truth: only the host writes
 * it, peers apply updates that came over the host's proved link, and fold nothing that does not verify.
 */
import * as Y from 'yjs';
import * as z from 'zod/mini';
import type { GameId, PlayerId } from '../game/table-types.ts';
import { faceSchema, playerIdSchema, seatIndexSchema } from '../game/table-parse.ts';
import { MAX_ENVELOPE_BYTES } from '../game/log-limits.ts';

const notesSchema = z.object({
	watchers: z.array(z.object({ player: playerIdSchema, face: faceSchema })).check(z.maxLength(200)),
	/** Seated players the host cannot hear well, or at all. */
	doubtful: z.array(seatIndexSchema).check(z.maxLength(10)),
	lost: z.array(seatIndexSchema).check(z.maxLength(10)),
	/** When the seat to act runs out of time; host's clock, ms. */
	deadline: z.nullable(z.object({ at: z.number(), totalMs: z.number() })),
	/** When the next round is dealt by itself; host's clock, ms. */
	nextRoundAt: z.nullable(z.number()),
});
export type TableNotes = z.infer<typeof notesSchema>;

export const NO_NOTES: TableNotes = {
	watchers: [],
	doubtful: [],
	lost: [],
	deadline: null,
	nextRoundAt: null,
};

export interface Watching {
	readonly player: PlayerId;
	readonly face: TableNotes['watchers'][number]['face'];
}

const NOTES_KEY = 'notes';

export class TableDocument {
	readonly gameId: GameId;
	readonly #doc = new Y.Doc();
	readonly #log = this.#doc.getArray<Uint8Array>('log');
	readonly #notes = this.#doc.getMap<string>('table');
	#written = '';
	#read: { readonly text: unknown; readonly notes: TableNotes } = { text: undefined, notes: NO_NOTES };

	constructor(gameId: GameId) {
		this.gameId = gameId;
	}

	get length(): number {
		return this.#log.length;
	}

	/** Entries from an index on, copied: anything that is not a byte array of a possible size becomes empty. */
	envelopes(from: number): Uint8Array<ArrayBuffer>[] {
		return this.#log
			.slice(from)
			.map((entry: unknown) =>
				entry instanceof Uint8Array && entry.length <= MAX_ENVELOPE_BYTES
					? new Uint8Array(entry)
					: new Uint8Array(),
			);
	}

	/** The host's notes, the same object until they change; NO_NOTES when there are none or they do not parse. */
	get notes(): TableNotes {
		const text: unknown = this.#notes.get(NOTES_KEY);
		if (text !== this.#read.text) this.#read = { text, notes: parseNotes(text) };
		return this.#read.notes;
	}

	// The host's side.

	/** Called with each change as one Yjs update. */
	onUpdate(send: (update: Uint8Array) => void): void {
		this.#doc.on('update', send);
	}

	push(envelopes: readonly Uint8Array[]): void {
		if (envelopes.length > 0) this.#log.push([...envelopes]);
	}

	setNotes(notes: TableNotes): void {
		const text = JSON.stringify(notes);
		if (text === this.#written) return;
		this.#written = text;
		this.#notes.set(NOTES_KEY, text);
	}

	/** Everything, for a peer that has nothing. */
	whole(): Uint8Array {
		return Y.encodeStateAsUpdate(this.#doc);
	}

	// A peer's side.

	/** False when the bytes are no update. */
	apply(update: Uint8Array): boolean {
		try {
			Y.applyUpdate(this.#doc, update);
			return true;
		} catch {
			// Yjs throws on bytes it cannot decode: the sender is at fault, the document is as it was.
			return false;
		}
	}

	destroy(): void {
		this.#doc.destroy();
	}
}

function parseNotes(text: unknown): TableNotes {
	if (typeof text !== 'string') return NO_NOTES;
	try {
		const parsed = notesSchema.safeParse(JSON.parse(text));
		return parsed.success ? parsed.data : NO_NOTES;
	} catch {
		return NO_NOTES;
	}
}
