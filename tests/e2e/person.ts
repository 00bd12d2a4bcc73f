/**
 * A person with a browser of their own, outside the test runner: for benches and pictures. In tests the fixture
 * `player` does this, and watches the console besides.
 *
 *     const noa = await openPerson(browser, app.url, 'Noa', { viewport: PHONE });
 */
import type { Browser, ViewportSize } from '@playwright/test';
import { DESKTOP, type Player } from './fixtures.ts';

export interface PersonOptions {
	readonly viewport?: ViewportSize;
	/** A finger instead of a mouse. */
	readonly touch?: boolean;
	readonly color?: number;
	readonly avatar?: number;
	readonly reducedMotion?: 'reduce' | 'no-preference';
	/** Runs in every page before its own scripts. Plain text: what a compiler adds exists on this side only. */
	readonly initScript?: string;
}

export async function openPerson(
	browser: Browser,
	baseURL: string,
	name: string,
	options: PersonOptions = {},
): Promise<Player> {
	const { viewport = DESKTOP, touch = false, color = 0, avatar = 1, initScript = '' } = options;
	const context = await browser.newContext({
		baseURL,
		viewport,
		hasTouch: touch,
		reducedMotion: options.reducedMotion ?? 'reduce',
		// Without them a machine that has no route to anywhere gathers no address at all.
		permissions: ['camera', 'microphone'],
		serviceWorkers: 'block',
		locale: 'en-GB',
	});
	await context.addInitScript(`{
		// Outside the test runner the compiler wraps named functions, those for a page too, in this.
		globalThis.__name = (named) => named;
		const face = ${JSON.stringify({ name, color, avatar })};
		// The empty page before the first address has no storage.
		if (location.origin !== 'null') localStorage.setItem('overtrick.profile', JSON.stringify(face));
	}${initScript}`);
	return { name, context, page: await context.newPage(), allowErrors: () => 0, close: () => context.close() };
}
