/** Ends the fold of a log that the rules could not have given. */
import { InvariantError } from '../../game/assert.ts';

export function corrupt(message: string): never {
	throw new InvariantError(message);
}
