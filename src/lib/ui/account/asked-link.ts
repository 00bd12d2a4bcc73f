/**
 * Whether the link of a mail was asked for in this browser, kept in its storage. One that was not may be somebody else's:
 * it would take what this device has played to their account, so that its owner is asked first.
 */
import { browserStorage, fieldsOf, readStored, writeStored } from '../stored.ts';

const ASKED_KEY = 'overtrick.asked-link';
/** Links are good for an hour. */
const GOOD_FOR_MS = 3_600_000;

export function keepAsked(email: string, nowMs: number, storage = browserStorage()): void {
	writeStored(storage, ASKED_KEY, { email: email.trim().toLowerCase(), at: nowMs });
}

/** @param email whom the link signs in; null where it does not say so */
export function wasAsked(email: string | null, nowMs: number, storage = browserStorage()): boolean {
	const { email: asked, at } = fieldsOf(readStored(storage, ASKED_KEY));
	if (typeof at !== 'number' || nowMs - at > GOOD_FOR_MS || nowMs < at) return false;
	return email === null || email.toLowerCase() === asked;
}
