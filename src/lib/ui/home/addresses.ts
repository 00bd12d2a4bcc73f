/** Addresses inside the app, for those that are made at run time and not by a route's name. */
import { resolve } from '$app/paths';

/** The full path of an address below the base path: `/t/ABCDEF#...`. */
export function addressOf(below: string): string {
	return resolve('/').replace(/\/$/, '') + below;
}
