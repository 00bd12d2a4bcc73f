import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SiteArchive } from '../../archive/site.ts';
import { NoticeBoard } from '../kit/notices.svelte.ts';
import { Profile } from '../profile.svelte.ts';
import { Settings } from '../settings.svelte.ts';
import { SiteArchiveState } from './site-archive.svelte.ts';

const opening = vi.hoisted(() => ({ asked: 0, isOnline: true, collected: 0 }));
vi.mock('./open-site.svelte.ts', () => ({
	openSite(page: SiteArchiveState) {
		opening.asked++;
		if (!opening.isOnline) return Promise.reject(new Error('there is no network'));
		page.status = 'open';
		const outbox = { collect: () => Promise.resolve(void opening.collected++) };
		return Promise.resolve({ outbox } as unknown as SiteArchive);
	},
}));

const settled = async () => {
	for (let task = 0; task < 20; task++) await new Promise((resolve) => setImmediate(resolve));
};

describe('the archive of a page', () => {
	const stored = new Map<string, string>();
	let comeOnline = (): void => undefined;
	beforeEach(() => {
		stored.clear();
		Object.assign(opening, { asked: 0, isOnline: true, collected: 0 });
		// Nothing is drawn here: a rune is the value it is given.
		const rune = (value: unknown) => value;
		vi.stubGlobal('$state', Object.assign(rune, { raw: rune }));
		vi.stubGlobal('localStorage', {
			getItem: (key: string) => stored.get(key) ?? null,
			setItem: (key: string, value: string) => void stored.set(key, value),
		});
		vi.stubGlobal('addEventListener', (type: string, listener: () => void) => {
			if (type === 'online') comeOnline = listener;
		});
	});
	afterEach(() => vi.unstubAllGlobals());
	const page = () =>
		new SiteArchiveState({ profile: new Profile(), settings: new Settings(), notices: new NoticeBoard() });

	it('is opened once, by whoever asks first', async () => {
		const site = page();
		await Promise.all([site.open(), site.open()]);
		expect([opening.asked, site.status]).toEqual([1, 'open']);
	});

	it('is not opened at the start of a visit, but for who has something there, or to send', async () => {
		const site = page();
		site.resume();
		await settled();
		expect(opening.asked).toBe(0);
		site.wanted(true);
		page().resume();
		await settled();
		expect(opening.asked).toBe(1);
	});

	it('is asked for again when the network is back, with a game that ended without one', async () => {
		opening.isOnline = false;
		const site = page();
		await site.gameEnded(Promise.resolve());
		expect([opening.asked, site.status]).toEqual([1, 'failed']);
		opening.isOnline = true;
		comeOnline();
		await settled();
		expect([opening.asked, site.status]).toEqual([2, 'open']);
		// Or at the next visit.
		page().resume();
		await settled();
		expect(opening.asked).toBe(3);
	});
});
