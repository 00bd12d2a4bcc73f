/**
 * Real time, but never in leaps: when the machine is too busy to run us for two seconds, twenty milliseconds have
 * passed. Peers of one process that go by it hold nobody silent who merely had to wait for a processor, and a test of
 * a five-second deadline means five seconds in which everybody could run.
 */
import { createFakeClock, type Clock } from '../../src/lib/room/clock.ts';

const TICK_MS = 5;
const LONGEST_LEAP_MS = 20;

export interface PatientClock extends Clock {
	pass(ms: number): Promise<void>;
	/** Until it holds; throws, naming `what`, when it does not within the limit. */
	until(what: string, holds: () => boolean, limitMs: number): Promise<void>;
	end(): void;
}

export function createPatientClock(): PatientClock {
	const clock = createFakeClock({ startMs: Date.now(), settle: async () => undefined });
	let ended = false;
	const run = async (): Promise<void> => {
		let last = Date.now();
		while (!ended) {
			await new Promise((resolve) => setTimeout(resolve, TICK_MS));
			const now = Date.now();
			await clock.advance(Math.min(now - last, LONGEST_LEAP_MS));
			last = now;
		}
	};
	void run();
	const pass = (ms: number): Promise<void> =>
		new Promise((resolve) => {
			clock.after(ms, resolve);
		});
	return {
		now: () => clock.now(),
		after: (ms, task) => clock.after(ms, task),
		pass,
		async until(what, holds, limitMs) {
			const end = clock.now() + limitMs;
			while (!holds()) {
				if (clock.now() > end) throw new Error(`not within ${limitMs} ms: ${what}`);
				await pass(TICK_MS);
			}
		},
		end() {
			ended = true;
		},
	};
}
