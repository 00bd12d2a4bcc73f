/**
 * The site's archive as pages see it: whether there is one, who this browser is to it, and what waits to go there. One
 * for the whole browser page; the archive itself is loaded when the first page asks.
 *
 *     const site = useSiteArchive();
 *     await site.open();
 */
import { createContext } from 'svelte';
import type { AccountState } from '../../archive/account.ts';
import type { OutboxState } from '../../archive/outbox.ts';
import type { ProfileState } from '../../archive/profile-sync.ts';
import type { SiteArchive } from '../../archive/site.ts';
import type { NoticeBoard } from '../kit/notices.svelte.ts';
import type { Profile } from '../profile.svelte.ts';
import type { Settings } from '../settings.svelte.ts';
import { browserStorage, writeStored } from '../stored.ts';

export type SiteStatus = 'unknown' | 'none' | 'open' | 'failed';

/** What the archive reads and changes of a page. */
export interface OwnThings {
	readonly profile: Profile;
	readonly settings: Settings;
	readonly notices: NoticeBoard;
}

/** In storage: there is an account, or a game that has to go where one will be made. */
const WANTED_KEY = 'overtrick.archive';

export class SiteArchiveState {
	readonly own: OwnThings;
	#opening: Promise<SiteArchive | null> | null = null;
	status: SiteStatus = $state('unknown');
	account: AccountState = $state.raw({ type: 'nobody' });
	/** null before the first look at what there is to send. */
	outbox: OutboxState | null = $state.raw(null);
	/** null before the archive is open. */
	profile: ProfileState | null = $state.raw(null);

	constructor(own: OwnThings) {
		this.own = own;
	}

	/** null where the site has no archive, or it could not be loaded now. */
	async open(): Promise<SiteArchive | null> {
		this.#opening ??= this.#load();
		const site = await this.#opening;
		// Without a network it is asked for again, at the latest when there is one.
		if (this.status === 'failed' && this.#opening !== null) {
			this.#opening = null;
			addEventListener('online', () => void this.open(), { once: true });
		}
		return site;
	}

	async #load(): Promise<SiteArchive | null> {
		try {
			const { openSite } = await import('./open-site.svelte.ts');
			return await openSite(this);
		} catch {
			this.status = 'failed';
			return null;
		}
	}

	/** At the start of a visit: only who has an account, or something to send, needs the archive at all. */
	resume(): void {
		if (browserStorage()?.getItem(WANTED_KEY) === 'true') void this.open();
	}

	/** Whether the archive is opened at the next visit without being asked for. */
	wanted(isWanted: boolean): void {
		writeStored(browserStorage(), WANTED_KEY, isWanted);
	}

	/** A game has ended: it goes to the archive as soon as this browser's own lists it; at the next visit, if this ends. */
	async gameEnded(listed: Promise<void>): Promise<void> {
		this.wanted(true);
		await listed;
		await (await this.open())?.outbox.collect();
	}
}

export const [useSiteArchive, giveSiteArchive] = createContext<SiteArchiveState>();
