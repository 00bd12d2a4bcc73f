/**
 * Keys under which the person in front of this browser has sat elsewhere, as they have said themselves when they brought
 * their games from there: those games are their own here as well. Kept in this browser alone.
 */
import { MAX_OWN_KEYS } from '../../game/log-limits.ts';
import { parsePlayerId } from '../../game/table-parse.ts';
import type { PlayerId } from '../../game/table-types.ts';
import { browserStorage, fieldsOf, readStored, writeStored } from '../stored.ts';

const FORMER_KEY = 'overtrick.former-keys';

export function formerKeys(storage = browserStorage()): readonly PlayerId[] {
	const { keys } = fieldsOf(readStored(storage, FORMER_KEY));
	return Array.isArray(keys) ? keys.map(parsePlayerId).filter((key) => key !== null) : [];
}

/** The newest stay, where somebody has had more browsers than anybody. */
export function keepFormerKeys(keys: readonly PlayerId[], storage = browserStorage()): void {
	const all = [...new Set([...formerKeys(storage), ...keys])];
	writeStored(storage, FORMER_KEY, { keys: all.slice(-MAX_OWN_KEYS) });
}

/** What was played under them is again what others have played. */
export function forgetFormerKeys(storage = browserStorage()): void {
	writeStored(storage, FORMER_KEY, { keys: [] });
}
