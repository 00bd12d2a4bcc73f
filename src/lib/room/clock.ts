/**
 * The Clock port: the only way room and transports learn the time or wait. The real one is the browser's; the
 * fake one moves only when a test says so, runs timers in the order they fall due, and lets every promise settle
 * between two timers, so that a simulated table with one seed always runs the same.
 *
 *     const clock = createFakeClock();
 *     clock.after(1000, () => rang.push(clock.now()));
 *     await clock.advance(1500);
 */

export interface Clock {
	/** Milliseconds since an epoch of the clock's own; never goes back. */
	now(): number;
	/** Runs once, `ms` from now at the earliest; the function it gives cancels. */
	after(ms: number, run: () => void): () => void;
}

export const systemClock: Clock = {
	now: () => Date.now(),
	after(ms, run) {
		const timer = setTimeout(run, ms);
		return () => clearTimeout(timer);
	},
};

export interface FakeClock extends Clock {
	/** Passes `ms`, running every timer that falls due in it; promises settle after each. */
	advance(ms: number): Promise<void>;
	/** Lets promises settle without any time passing. */
	settle(): Promise<void>;
	/** Timers waiting: a table that is closed should leave none. */
	readonly waiting: number;
}

export interface FakeClockOptions {
	/** Where `now()` starts; a plausible date by default, since logs carry it. */
	readonly startMs?: number;
	/**
	 * Waits until everything asynchronous that a timer began has settled. The default drains all microtasks, which is
	 * enough for plain promises; native crypto runs on threads of its own and needs one that counts its calls.
	 */
	readonly settle?: () => Promise<void>;
}

interface Timer {
	readonly at: number;
	/** Timers due at the same moment run in the order they were set. */
	readonly order: number;
	run: (() => void) | null;
}

const FAKE_START_MS = Date.UTC(2026, 0, 1);

export function createFakeClock(options: FakeClockOptions = {}): FakeClock {
	const settle = options.settle ?? nextTask;
	const heap: Timer[] = [];
	let now = options.startMs ?? FAKE_START_MS;
	let order = 0;
	let waiting = 0;

	return {
		now: () => now,
		after(ms, run) {
			const timer: Timer = { at: now + Math.max(0, ms), order: order++, run };
			push(heap, timer);
			waiting++;
			return () => {
				if (timer.run === null) return;
				timer.run = null;
				waiting--;
			};
		},
		async advance(ms) {
			const end = now + ms;
			await settle();
			for (let next = heap[0]; next !== undefined && next.at <= end; next = heap[0]) {
				pop(heap);
				if (next.run === null) continue;
				const { run } = next;
				next.run = null;
				waiting--;
				now = next.at;
				run();
				await settle();
			}
			now = end;
		},
		settle,
		get waiting() {
			return waiting;
		},
	};
}

/** Resolves in a later task, when all microtasks, however deep, have run. */
function nextTask(): Promise<void> {
	return new Promise((resolve) => {
		if (typeof setImmediate === 'function') setImmediate(resolve);
		else setTimeout(resolve, 0);
	});
}

function isBefore(a: Timer, b: Timer): boolean {
	return a.at < b.at || (a.at === b.at && a.order < b.order);
}

function push(heap: Timer[], timer: Timer): void {
	let at = heap.length;
	heap.push(timer);
	while (at > 0) {
		const up = (at - 1) >> 1;
		const parent = heap[up];
		if (parent === undefined || !isBefore(timer, parent)) break;
		heap[at] = parent;
		at = up;
	}
	heap[at] = timer;
}

function pop(heap: Timer[]): void {
	const last = heap.pop();
	if (last === undefined || heap.length === 0) return;
	let at = 0;
	for (;;) {
		const left = heap[2 * at + 1];
		const right = heap[2 * at + 2];
		if (left === undefined) break;
		const child = right !== undefined && isBefore(right, left) ? right : left;
		if (!isBefore(child, last)) break;
		heap[at] = child;
		at = child === left ? 2 * at + 1 : 2 * at + 2;
	}
	heap[at] = last;
}
