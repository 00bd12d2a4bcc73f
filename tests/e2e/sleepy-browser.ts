/**
 * A person whose page can be put in the background or frozen. Playwright keeps every page of its own awake, so this
 * one is a browser beside it, driven by Puppeteer and without fingers: a page that nobody sees takes none.
 *
 *     const ben = await openSleepy('Ben');
 *     await ben.join(link);
 *     await ben.hide();
 *     await ben.move();
 */
import puppeteer, { type Page } from 'puppeteer-core';
import { findBrowser, WEBRTC_ARGS } from '../browser.ts';

export interface SleepyPerson {
	/** Sits down at the table of this link and is ready. */
	join(link: string): Promise<void>;
	/** Bids or plays the first that is allowed, if it is asked to. */
	move(): Promise<void>;
	/** 1-based; null when no game is to be seen. */
	round(): Promise<number | null>;
	/** Opens another tab over the page. */
	hide(): Promise<void>;
	isHidden(): Promise<boolean>;
	/** Nothing of the page runs until it thaws. */
	freeze(): Promise<void>;
	thaw(): Promise<void>;
	close(): Promise<void>;
}

const WAIT_MS = 30_000;

export async function openSleepy(name: string): Promise<SleepyPerson> {
	const { executablePath, args } = await findBrowser();
	const browser = await puppeteer.launch({ executablePath, args: [...args, ...WEBRTC_ARGS], headless: true });
	const page = await browser.newPage();
	const face = JSON.stringify({ name, color: 4, avatar: 7 });
	await page.evaluateOnNewDocument(`
		if (location.origin !== 'null') localStorage.setItem('overtrick.profile', ${JSON.stringify(face)});
	`);
	const devtools = await page.createCDPSession();
	return {
		async join(link) {
			// Without them a machine that has no route to anywhere gathers no address at all.
			const { origin } = new URL(link);
			await browser.defaultBrowserContext().setPermission(
				origin,
				...(['camera', 'microphone'] as const).map((permission) => ({
					permission: { name: permission },
					state: 'granted' as const,
				})),
			);
			await page.goto(link);
			await press(page, 'Sit here');
			await press(page, 'I am ready');
			await page.waitForFunction(`document.body.innerText.includes('You are ready')`, { timeout: WAIT_MS });
		},
		async move() {
			await page.evaluate(`{
				const bids = [...document.querySelectorAll('button[aria-label^="Bid "]')];
				const cards = [...document.querySelectorAll('[aria-label^="Your hand"] button')];
				// What has been played stays, inert, until a frame is drawn: in a page that is hidden none is.
				const legal = [...bids, ...cards].find(
					(button) => button.ariaDisabled !== 'true' && button.closest('[inert]') === null,
				);
				legal?.click();
			}`);
		},
		async round() {
			const label = await page.evaluate(
				`document.querySelector('[role=img][aria-label^="Round "]')?.ariaLabel ?? ''`,
			);
			const round = /^Round (\d+)/.exec(String(label))?.[1];
			return round === undefined ? null : Number(round);
		},
		async hide() {
			const over = await browser.newPage();
			await over.bringToFront();
			await page.waitForFunction('document.hidden', { timeout: WAIT_MS, polling: 100 });
		},
		isHidden: async () => (await page.evaluate('document.hidden')) === true,
		async freeze() {
			await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
		},
		async thaw() {
			await devtools.send('Page.setWebLifecycleState', { state: 'active' });
		},
		close: () => browser.close(),
	};
}

/** The last button that says so, as soon as there is one. */
async function press(page: Page, text: string): Promise<void> {
	const button = `[...document.querySelectorAll('button')].findLast((one) => one.textContent.includes('${text}'))`;
	await page.waitForFunction(`${button} !== undefined`, { timeout: WAIT_MS });
	await page.evaluate(`${button}.click()`);
}
