/**
 * How fast one page may speak through a server: so much at once, so much a second after that. Several channels
 * share it and take turns; one that has to wait sends what gathered meanwhile in one go.
 *
 *     const pace = createPace(clock, { messages: 100, messagesPerS: 30, bytes: 200_000, bytesPerS: 24_000 }, isOpen);
 *     pace.want(() => { send(next); return { bytes: next.length, isDone: true }; });
 */
import type { Clock } from '../room/clock.ts';

export interface Rate {
	readonly messages: number;
	readonly messagesPerS: number;
	readonly bytes: number;
	readonly bytesPerS: number;
}

/** Sends one message: how many bytes it was (0: there was nothing to send), and whether that was all for now. */
export type Turn = () => { readonly bytes: number; readonly isDone: boolean };

export interface Pace {
	/** Gives it turns until it is done. The same one twice is one. */
	want(turn: Turn): void;
	drop(turn: Turn): void;
	/** The line is open again. */
	wake(): void;
	stop(): void;
}

/** @param isOpen whether anything sent now would get through */
export function createPace(clock: Clock, rate: Rate, isOpen: () => boolean): Pace {
	const waiting = new Set<Turn>();
	let messages = rate.messages;
	let bytes = rate.bytes;
	let filledAt = clock.now();
	let cancel: (() => void) | null = null;
	let isRunning = false;

	const fill = (): void => {
		const now = clock.now();
		const seconds = Math.max(0, now - filledAt) / 1_000;
		filledAt = now;
		messages = Math.min(rate.messages, messages + seconds * rate.messagesPerS);
		bytes = Math.min(rate.bytes, bytes + seconds * rate.bytesPerS);
	};

	/** As many turns as may be had now. One that is taken may want the next. */
	const takeTurns = (): void => {
		for (const turn of waiting) {
			if (!isOpen()) return;
			// A message may overdraw the bytes: how long it is shows when it is made. The next one waits the longer.
			if (messages < 1 || bytes <= 0) break;
			waiting.delete(turn);
			const sent = turn();
			if (sent.bytes > 0) messages--;
			bytes -= sent.bytes;
			// Behind the others: a loop over a set comes to what is added while it runs.
			if (!sent.isDone) waiting.add(turn);
		}
	};

	const run = (): void => {
		if (cancel !== null || isRunning) return;
		fill();
		isRunning = true;
		takeTurns();
		isRunning = false;
		if (waiting.size === 0 || !isOpen()) return;
		const untilMs = Math.max((1 - messages) / rate.messagesPerS, -bytes / rate.bytesPerS) * 1_000;
		cancel = clock.after(Math.max(1, Math.ceil(untilMs) + 1), () => {
			cancel = null;
			run();
		});
	};

	return {
		want(turn) {
			waiting.add(turn);
			run();
		},
		drop: (turn) => void waiting.delete(turn),
		wake: run,
		stop() {
			cancel?.();
			cancel = null;
			waiting.clear();
		},
	};
}
