/** A disk that refuses is asked again: full for a moment, locked by another page's start, or gone with a card. */
import type { Clock } from './clock.ts';
import { LogConflictError } from './store.ts';

/** After the first refusal, and at most. */
export const WRITE_AGAIN_MS = 500;
export const MAX_WRITE_AGAIN_MS = 8_000;

/** What a page is told while its disk refuses. */
export class StorageFault extends Error {
	override readonly name = 'storage';

	constructor(cause: unknown) {
		super('the game cannot be stored', { cause });
	}
}

export interface WriteAgainOptions {
	readonly clock: Clock;
	/** Each time it is refused. */
	readonly onFault: (error: unknown) => void;
	/** It went through after all. */
	readonly onFaultOver: () => void;
	/** Nobody needs it any more. */
	readonly isOver: () => boolean;
}

/** Resolves when it is written; rejects when it is over, or when somebody else has written there. */
export async function writeAgain(write: () => Promise<void>, options: WriteAgainOptions): Promise<void> {
	const { clock, onFault, onFaultOver, isOver } = options;
	for (let waitMs = WRITE_AGAIN_MS; ; waitMs = Math.min(2 * waitMs, MAX_WRITE_AGAIN_MS)) {
		try {
			await write();
			if (waitMs > WRITE_AGAIN_MS) onFaultOver();
			return;
		} catch (error) {
			if (error instanceof LogConflictError || isOver()) throw error;
			onFault(new StorageFault(error));
			await new Promise<void>((resolve) => clock.after(waitMs, resolve));
		}
	}
}
