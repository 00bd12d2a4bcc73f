/** Logs as they lie in an archive, for its tests; their signatures are nobody's. */
import { encodeRecord, formatLogEvent, joinEnvelope, SIGNATURE_BYTES } from '../game/log.ts';
import type { Variant } from '../game/game.ts';
import type { GameId } from '../game/table-types.ts';
import { gameNumbered, playedTable, timed } from '../stats/testing.ts';

type Envelopes = readonly Uint8Array<ArrayBuffer>[];

export interface SampleLog {
	readonly game: GameId;
	readonly endedAt: number;
	readonly envelopes: Envelopes;
}

/** A whole game of two people and two bots. */
export function sampleLog(n: number, variant: Variant = 'el_dorado', endedAt = n * 1_000_000): SampleLog {
	const table = playedTable(variant, n, { game: gameNumbered(n) });
	const entries = timed(table.events, 0);
	const last = entries.at(-1)?.time ?? 0;
	const envelopes = entries.map(({ event, time }, index) =>
		joinEnvelope(
			new Uint8Array(SIGNATURE_BYTES),
			encodeRecord({
				index,
				term: 1,
				time: Math.max(0, endedAt - last + time),
				author: null,
				...formatLogEvent(table.table.game, event),
			}),
		),
	);
	return { game: gameNumbered(n), endedAt, envelopes };
}
