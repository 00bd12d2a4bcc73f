/**
 * Whether this site has an archive, and with it groups and open tables, for the home page: asked of `config.json`, and
 * remembered, so that the page stands at once the next time. The archive itself is loaded by the pages that use it.
 */
import { asset } from '$app/paths';
import { browserStorage, fieldsOf } from '../stored.ts';

const KEY = 'overtrick.has-archive';

/** As it was at the last visit. */
export function knewArchive(): boolean {
	return browserStorage()?.getItem(KEY) === 'true';
}

/** As it is now; as it was where nobody can be asked. */
export async function looksForArchive(): Promise<boolean> {
	if (!navigator.onLine) return knewArchive();
	try {
		const response = await fetch(asset('/config.json'));
		const config: unknown = await response.json();
		const hasArchive = fieldsOf(config)['supabase'] !== undefined;
		browserStorage()?.setItem(KEY, String(hasArchive));
		return hasArchive;
	} catch {
		// Offline, or a host that answers a page for a file it does not have.
		return knewArchive();
	}
}
