/**
 * Opens the site's archive for a page: asks whether there is one, joins it to the profile and the settings of this
 * browser, and says what it has changed in them. Loaded when a page first asks for the archive.
 */
import { resolve } from '$app/paths';
import type { Fields, OwnProfile, Told } from '../../archive/profile-sync.ts';
import type { SiteArchive } from '../../archive/site.ts';
import { loadConfig } from '../config.ts';
import { parseFace } from '../faces.ts';
import { parseSettings, wantedLanguage } from '../settings.svelte.ts';
import { browserStorage, CHANGED_KEY, noteChange, readStored, writeStored } from '../stored.ts';
import { accountText, type AccountMessages } from './account.en.ts';
import { ACCOUNT_KEY } from './own-keys.ts';
import type { OwnThings, SiteArchiveState } from './site-archive.svelte.ts';

export async function openSite(page: SiteArchiveState): Promise<SiteArchive | null> {
	const { supabase } = await loadConfig();
	if (supabase === null) {
		// The configuration that could not be fetched is no answer.
		if (!navigator.onLine) throw new Error('there is no network');
		page.status = 'none';
		page.wanted(false);
		return null;
	}
	const [{ openSiteArchive }, { groupOfGame, openTableOfGame }, { tableOfGame }] = await Promise.all([
		import('../../archive/site.ts'),
		import('../groups/group-tables.ts'),
		import('../groups/game-tables.ts'),
	]);
	const { notices } = page.own;
	const storage = browserStorage();
	const own = ownProfile(page.own);
	const site = await openSiteArchive({
		...supabase,
		own,
		memory: {
			read: () => readStored(storage, ACCOUNT_KEY),
			write: (value) => writeStored(storage, ACCOUNT_KEY, value),
		},
		onOutbox: (state) => {
			page.outbox = state;
			page.wanted(state.waiting + state.held.length > 0 || page.account.type !== 'nobody');
		},
		onProfile: (state) => (page.profile = state),
		onTold: (told) => void tell(told),
		returnTo: location.origin + resolve('/account'),
		played: {
			groupOf: (game) => groupOfGame(game),
			tableOf: (game) => tableOfGame(game),
			publicTableOf: (game) => openTableOfGame(game),
		},
	});
	site.account.subscribe((state) => (page.account = state));
	await site.account.known();
	page.profile = site.profile.state;
	addEventListener('online', () => {
		site.outbox.wake();
		site.profile.look();
	});
	document.addEventListener('visibilitychange', () => {
		if (!document.hidden) site.profile.look();
	});
	$effect.root(() => {
		$effect(() => {
			own.read();
			site.profile.changed();
		});
	});
	page.status = 'open';
	void site.profile.now();
	await site.outbox.collect();
	void goOn(site);
	return site;

	/** What somebody chose here is not replaced in silence. */
	async function tell({ type, mine }: Told): Promise<void> {
		const t = await words();
		if (type === 'taken_over') {
			notices.show({ text: t.profile.takenOver, icon: 'person' });
			return;
		}
		notices.show({
			text: t.profile.overruled(Object.keys(mine).includes('name')),
			icon: 'person',
			action: { label: t.profile.keepMine, run: () => keepMine(mine) },
			forMs: null,
		});
	}
	function keepMine(mine: Fields): void {
		own.take(mine);
		noteChange(storage);
		site.profile.changed();
	}
}

/** What is held goes where its account was signed in to by another page, which has closed too soon to send it. */
async function goOn({ account, outbox }: SiteArchive): Promise<void> {
	await outbox.idle();
	if (account.state.type !== 'email' || outbox.state.held.length === 0) return;
	await account.ready().catch(() => {
		// No network: with the next page.
	});
}

async function words(): Promise<AccountMessages> {
	const language = wantedLanguage();
	try {
		await accountText.load(language);
	} catch {
		// Said in English then.
	}
	return accountText.in(language) ?? accountText.english;
}

function ownProfile({ profile, settings }: OwnThings): OwnProfile {
	return {
		read: () => ({ ...settings.current, ...profile.face }),
		take(fields) {
			const face = parseFace({ ...profile.face, ...fields });
			if (face !== null) profile.take(face);
			settings.take(parseSettings({ ...settings.current, ...fields }));
		},
		changedAt: () => Number(readStored(browserStorage(), CHANGED_KEY)) || 0,
	};
}
