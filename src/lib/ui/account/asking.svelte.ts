/**
 * One thing at a time asked of the site's archive by a page: whether it is under way, and why it failed.
 *
 *     const asking = new Asking(site);
 *     const id = await asking.run(({ groups }) => groups.create(name));
 *     if (id === null) show(asking.problem);
 */
import { RemoteError } from '../../archive/remote.ts';
import type { SiteArchive } from '../../archive/site.ts';
import type { SiteArchiveState } from './site-archive.svelte.ts';

export class Asking {
	readonly #site: SiteArchiveState;
	busy = $state(false);
	/** The archive's word, or `unreachable`; null when the last one went well. */
	problem: string | null = $state(null);

	constructor(site: SiteArchiveState) {
		this.#site = site;
	}

	/** null when it failed, or something else is under way. */
	async run<T>(task: (site: SiteArchive) => Promise<T>): Promise<T | null> {
		if (this.busy) return null;
		this.busy = true;
		this.problem = null;
		try {
			const site = await this.#site.open();
			if (site === null) throw new RemoteError('unreachable', false);
			return await task(site);
		} catch (error) {
			this.problem = error instanceof RemoteError ? error.code : 'other';
			return null;
		} finally {
			this.busy = false;
		}
	}
}
