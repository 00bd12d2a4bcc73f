/**
 * A browser page that a test can freeze and kill: everything that runs in it, timers and arriving messages, goes
 * through here, waits while the page is frozen, in order, and never runs once it is dead.
 */
import type { Clock } from '../room/clock.ts';

export class Page implements Clock {
	readonly #clock: Clock;
	#held: (() => void)[] = [];
	#frozenAt: number | null = null;
	#dead = false;

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	get dead(): boolean {
		return this.#dead;
	}

	get runs(): boolean {
		return !this.#dead && this.#frozenAt === null;
	}

	now(): number {
		return this.#clock.now();
	}

	after(ms: number, run: () => void): () => void {
		let cancelled = false;
		const cancel = this.#clock.after(ms, () =>
			this.run(() => {
				if (!cancelled) run();
			}),
		);
		return () => {
			cancelled = true;
			cancel();
		};
	}

	run(task: () => void): void {
		if (this.#dead) return;
		if (this.#frozenAt !== null) this.#held.push(task);
		else task();
	}

	freeze(): void {
		this.#frozenAt ??= this.#clock.now();
	}

	frozenMs(): number {
		return this.#frozenAt === null ? 0 : this.#clock.now() - this.#frozenAt;
	}

	/** Runs `first`, then what waited. */
	thaw(first: () => void = () => undefined): void {
		if (this.#frozenAt === null) return;
		this.#frozenAt = null;
		const held = this.#held;
		this.#held = [];
		this.run(first);
		for (const task of held) this.run(task);
	}

	kill(): void {
		this.#dead = true;
		this.#held = [];
	}
}
