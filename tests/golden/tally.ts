/** Counts what was checked and keeps what did not fit, block by block, for one golden file. */

/** Enough to see what is wrong; a broken engine would print thousands of the same. */
const MAX_SHOWN = 10;

export interface Block {
	readonly name: string;
	readonly cases: number;
	readonly mismatches: number;
	/** The first few mismatches in words. */
	readonly shown: readonly string[];
}

export class Tally {
	readonly #blocks = new Map<string, { cases: number; mismatches: number; shown: string[] }>();

	/** One case of a block: does what the engine gives equal what the file says, as JSON? */
	equal(block: string, where: string, actual: unknown, expected: unknown): boolean {
		const [got, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
		return this.check(block, where, got === wanted, () => `is ${got}, should be ${wanted}`);
	}

	/** One case of a block: `text` says what is wrong when it does not hold. */
	check(block: string, where: string, holds: boolean, text: () => string): boolean {
		const counts = this.#blocks.get(block) ?? { cases: 0, mismatches: 0, shown: [] };
		this.#blocks.set(block, counts);
		counts.cases += 1;
		if (holds) return true;
		counts.mismatches += 1;
		if (counts.shown.length < MAX_SHOWN) counts.shown.push(`${where}: ${text()}`);
		return false;
	}

	get blocks(): readonly Block[] {
		return [...this.#blocks].map(([name, counts]) => ({ name, ...counts }));
	}
}
