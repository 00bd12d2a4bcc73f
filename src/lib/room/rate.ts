/** How often something may happen: so many times in a sliding window. Remembers no more than it has to. */

export class Rate {
	readonly #limit: number;
	readonly #windowMs: number;
	/** When the last few happened; a ring, so that a flood costs nothing. */
	readonly #times: number[] = [];
	#next = 0;

	constructor(limit: number, windowMs: number) {
		this.#limit = limit;
		this.#windowMs = windowMs;
	}

	/** Whether it may happen now; if so it is counted. */
	takes(now: number): boolean {
		const oldest = this.#times[this.#next];
		if (oldest !== undefined && now - oldest < this.#windowMs) return false;
		this.#times[this.#next] = now;
		this.#next = (this.#next + 1) % this.#limit;
		return true;
	}
}
