/** Ends the fold of a log that the rules could not have given. */
import { InvariantError } from '../../game/assert.ts';

/** Messages are built only when something is wrong: folds run by the million events. */
export function corrupt(message: string): never {
	throw new InvariantError(message);
}
