/**
 * Small preferences kept in localStorage: read once, written on change, followed across tabs. A browser that
 * refuses storage (private windows, blocked cookies) gets a page that forgets, not one that breaks.
 */

/** The part of `Storage` used here; a test passes a Map behind it. */
export interface KeyValue {
	getItem(key: string): string | null;
	setItem(key: string, value: string): void;
}

/** This browser's localStorage, or null where there is none or it may not be touched. */
export function browserStorage(): KeyValue | null {
	try {
		return typeof localStorage === 'undefined' ? null : localStorage;
	} catch {
		// Reading the property itself throws a SecurityError when the user blocks site data.
		return null;
	}
}

/** What stands under `key` as JSON, or null when it is missing or unreadable. */
export function readStored(storage: KeyValue | null, key: string): unknown {
	const text = storage?.getItem(key) ?? null;
	if (text === null) return null;
	try {
		return JSON.parse(text);
	} catch {
		// Written by something else or cut short: the same as missing, and overwritten at the next change.
		return null;
	}
}

/** Writes `value` as JSON; says whether it was kept. */
export function writeStored(storage: KeyValue | null, key: string, value: unknown): boolean {
	if (storage === null) return false;
	try {
		storage.setItem(key, JSON.stringify(value));
		return true;
	} catch {
		// The quota is full or storage was switched off meanwhile: the choice holds until the page is left.
		return false;
	}
}

/** Beside the profile and the settings: when the person last changed one of them, ms since 1970. */
export const CHANGED_KEY = 'overtrick.changed';

export function noteChange(storage: KeyValue | null): void {
	writeStored(storage, CHANGED_KEY, Date.now());
}

/** The fields of an object of unknown shape; an empty record for anything else. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? Object.fromEntries(Object.entries(value))
		: {};
}

/** `value` when it is one of `choices`, else `fallback`. */
export function oneOf<T extends string | number>(choices: readonly T[], value: unknown, fallback: T): T {
	return choices.find((choice) => choice === value) ?? fallback;
}
