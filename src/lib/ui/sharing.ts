/**
 * Structural sharing: of a new value whatever is equal to the part before it is the part before it, the very same
 * object. Who depends on that part alone need not look again: an event of a game changes a seat and a card, and a
 * screen that is told so by whole snapshots would draw hand, sheet and chart anew.
 *
 *     const asBefore = sharing<View>();
 *     const view = $derived(asBefore(client.view));
 *
 * For plain data that nobody writes to: arrays and objects of literals. Anything else is compared by identity.
 */
export function sharing<T>(): (next: T) => T {
	let last: T | undefined;
	return (next) => {
		last = shared(last, next);
		return last;
	};
}

function shared<T>(before: unknown, after: T): T {
	if (Object.is(before, after)) return after;
	// What is equal to a T in all its parts is one.
	if (Array.isArray(before) && Array.isArray(after)) return sharedArray(before, after) as T;
	if (isRecord(before) && isRecord(after)) return sharedRecord(before, after) as T;
	return after;
}

function sharedArray(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
	const parts = after.map((item, at) => shared(before[at], item));
	return parts.length === before.length && parts.every((part, at) => Object.is(part, before[at]))
		? before
		: parts;
}

type PlainRecord = Readonly<Record<string, unknown>>;

function sharedRecord(before: PlainRecord, after: PlainRecord): PlainRecord {
	const names = Object.keys(after);
	const parts = Object.fromEntries(names.map((name) => [name, shared(before[name], after[name])]));
	const isSame =
		names.length === Object.keys(before).length &&
		names.every((name) => name in before && Object.is(parts[name], before[name]));
	return isSame ? before : parts;
}

function isRecord(value: unknown): value is PlainRecord {
	return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
