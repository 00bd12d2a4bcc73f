/** Whether a whole log from elsewhere is what was played: its chain, every signature, every move. */
import type { ReadLog } from '../game/read-log.ts';
import type { Keys } from '../room/keys.ts';
import { LogBook } from '../room/log-book.ts';

/** The index of the first event that is not right; null when all are. */
export async function firstUnsound(
	keys: Keys,
	log: ReadLog,
	envelopes: readonly Uint8Array<ArrayBuffer>[],
): Promise<number | null> {
	const book = new LogBook({
		keys,
		gameId: log.id,
		gameOf: () => log.game,
		// Whoever founded it: it is of the game it says it is of.
		acceptsFounder: () => true,
		openCards: (event) => Promise.resolve(event),
	});
	const { taken, offence } = await book.receive(envelopes);
	return offence === null && taken === envelopes.length ? null : taken;
}
