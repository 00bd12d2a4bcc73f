/** Broken invariants: a bug or a corrupt log, never a player's mistake. */

export class InvariantError extends Error {
	override readonly name = 'InvariantError';
}

export function assert(condition: boolean, message: string): asserts condition {
	if (!condition) throw new InvariantError(message);
}

/** Ends a `switch` over a union: a variant without a case does not compile. */
export function assertNever(value: never): never {
	throw new InvariantError(`no case for ${JSON.stringify(value)}`);
}
