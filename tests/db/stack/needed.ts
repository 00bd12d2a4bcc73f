/**
 * What a system lacks is a reason to skip the tests that need it, on somebody's own machine. Where every change is checked
 * it is a failure: a run without a database must not look like one with it.
 *
 *     skipOrFail(postgresProblem());
 */

/** @param problem why something cannot run here, or null @throws {Error} where `CI` is set */
export function skipOrFail(problem: string | null, env: Readonly<NodeJS.ProcessEnv> = process.env): void {
	if (problem === null || (env['CI'] ?? '') === '') return;
	throw new Error(`the archive cannot be tested here, and CI is set: ${problem}`);
}
