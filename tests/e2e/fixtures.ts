/**
 * What every browser test is given:
 *
 * - `page` and `context` as Playwright's own, on the built app, with a console that must stay free of errors;
 * - `player(name, options)`: a person with a browser of their own (context, storage, keys), known by that name;
 * - `expectNoAxeFindings(page)`: no accessibility finding in the light and the dark theme.
 *
 *     test('a guest joins', async ({ player }) => {
 *         const noa = await player('Noa');
 *         const dan = await player('Dan', { viewport: PHONE });
 *         await noa.page.goto('/new');
 *         dan.allowErrors(/ERR_CONNECTION_REFUSED/);
 *     });
 *
 * A whole game on several pages is drawn a thousand times over, nearly half of what its pages compute. Where the looks
 * of a page are not what is tested nobody needs to draw it: `test.use({ isDrawn: false })`, or one player's page.
 */
import { expect, test as base, type BrowserContext, type Page, type ViewportSize } from '@playwright/test';
import axeCore from 'axe-core';
import { launchBrowser } from '../browser.ts';

export { expect };

export const PHONE: ViewportSize = { width: 360, height: 740 };
export const TABLET: ViewportSize = { width: 768, height: 1024 };
export const DESKTOP: ViewportSize = { width: 1440, height: 900 };

/** Where the app keeps the profile and the settings (src/lib/ui). */
const PROFILE_KEY = 'overtrick.profile';
const SETTINGS_KEY = 'overtrick.settings';

export interface PlayerOptions {
	readonly viewport?: ViewportSize;
	readonly colorScheme?: 'light' | 'dark';
	/** A finger instead of a mouse. */
	readonly touch?: boolean;
	/** What moves does so; else everything is at once, as for who wants no motion. */
	readonly motion?: boolean;
	/** Stored settings; what is left out has its default. */
	readonly settings?: Readonly<Record<string, unknown>>;
	/** What the browser asks for; British English when left out. */
	readonly locale?: string;
	/** Run in every page before its own scripts, e.g. to count what arrives. */
	readonly initScript?: string;
	/** false: laid out, listening and clickable, and never painted. */
	readonly isDrawn?: boolean;
}

export interface Player {
	readonly name: string;
	readonly context: BrowserContext;
	readonly page: Page;
	/** Errors in the console that this test provokes on purpose. */
	readonly allowErrors: Allow;
	/** Leaves as a killed browser does: no goodbye. */
	close(): Promise<void>;
}

/** Lets errors through that match; only where a test provokes them on purpose. */
type Allow = (pattern: RegExp) => void;

/** Gathers what contexts print as errors, and uncaught exceptions; judged at the end of the test. */
class ConsoleWatch {
	readonly #checks: (() => string[])[] = [];

	watch(context: BrowserContext, name: string): Allow {
		const errors: string[] = [];
		const allowed: RegExp[] = [];
		context.on('console', (message) => {
			if (message.type() !== 'error') return;
			errors.push(`${name}: ${message.text()} (${message.location().url})`);
		});
		context.on('weberror', (error) => {
			errors.push(`${name}: uncaught ${error.error().stack ?? error.error().message}`);
		});
		this.#checks.push(() => errors.filter((text) => !allowed.some((pattern) => pattern.test(text))));
		return (pattern) => allowed.push(pattern);
	}

	check(): void {
		expect(
			this.#checks.flatMap((errors) => errors()),
			'errors in the console',
		).toEqual([]);
	}
}

interface Fixtures {
	/** Of whoever names none. */
	readonly window: ViewportSize;
	/** Pages of whoever says nothing else are painted. */
	readonly isDrawn: boolean;
	/** Opens a browser of its own for one more person. */
	readonly player: (name: string, options?: PlayerOptions) => Promise<Player>;
	/** Allows errors in the console of the test's own `page`. */
	readonly allowErrors: Allow;
	readonly consoleWatch: ConsoleWatch;
}

export const test = base.extend<Fixtures>({
	browser: [
		// Playwright reads the first parameter's names, even when there are none.

		async ({}, use) => {
			const browser = await launchBrowser();
			await use(browser);
			await browser.close();
		},
		{ scope: 'worker' },
	],

	baseURL: async ({}, use) => use(process.env['APP_URL']),

	window: [DESKTOP, { option: true }],
	isDrawn: [true, { option: true }],

	consoleWatch: async ({}, use) => {
		const watch = new ConsoleWatch();
		await use(watch);
		watch.check();
	},

	allowErrors: [
		async ({ context, consoleWatch }, use) => {
			await use(consoleWatch.watch(context, 'page'));
		},
		{ auto: true },
	],

	player: async ({ browser, baseURL, serviceWorkers, permissions, consoleWatch, window, isDrawn }, use) => {
		const contexts: BrowserContext[] = [];
		await use(async (name, options = {}) => {
			const seed = contexts.length;
			const context = await browser.newContext({
				...(baseURL === undefined ? {} : { baseURL }),
				serviceWorkers,
				permissions: permissions ?? [],
				viewport: options.viewport ?? window,
				colorScheme: options.colorScheme ?? 'light',
				hasTouch: options.touch ?? false,
				reducedMotion: options.motion === true ? 'no-preference' : 'reduce',
				locale: options.locale ?? 'en-GB',
			});
			contexts.push(context);
			const allowErrors = consoleWatch.watch(context, name);
			await context.addInitScript(remember, {
				[PROFILE_KEY]: { name, color: seed % 10, avatar: seed + 1 },
				...(options.settings === undefined ? {} : { [SETTINGS_KEY]: options.settings }),
			});
			if (!(options.isDrawn ?? isDrawn)) await context.addInitScript(leaveUnpainted);
			if (options.initScript !== undefined) await context.addInitScript(options.initScript);
			const page = await context.newPage();
			return {
				name,
				context,
				page,
				allowErrors,
				close: () => context.close(),
			};
		});
		for (const context of contexts) await context.close();
	},
});

/** Runs in the page: what is not stored yet is stored, so that a change made by the test outlives a reload. */
function remember(values: Record<string, unknown>): void {
	// The empty page before the first address has no storage.
	if (location.origin === 'null') return;
	for (const [key, value] of Object.entries(values))
		if (localStorage.getItem(key) === null) localStorage.setItem(key, JSON.stringify(value));
}

/** Runs in the page. What is wholly transparent takes its place and its clicks, and costs no painting. */
function leaveUnpainted(): void {
	const sheet = new CSSStyleSheet();
	sheet.replaceSync('html { opacity: 0 !important }');
	document.adoptedStyleSheets.push(sheet);
}

/**
 * Runs axe on the page as it is, in the light and in the dark theme; every finding fails the test. `within`, a
 * selector, looks at that part alone, which takes a fraction of the time: a dialog on a page that was looked at.
 */
export async function expectNoAxeFindings(page: Page, within?: string): Promise<void> {
	// Until its script has run, a page that was just opened is empty and fails for that alone.
	await expect(page.locator('main').first()).toBeAttached();
	await expect(page.locator('h1').first()).toBeAttached();
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme });
		await settled(page);
		expect(await axeFindings(page, within), `axe on ${page.url()}, ${colorScheme}`).toEqual([]);
	}
	await page.emulateMedia({ colorScheme: null });
}

/** Waits until colours and places have stopped changing: in between, the contrast is nobody's. */
export async function settled(page: Page): Promise<void> {
	await page.evaluate(async () => {
		const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
		// A changed theme starts its transitions in the next frame, and they are listed in the one after.
		await frame();
		await frame();
		const ending = document
			.getAnimations()
			.filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
		await Promise.allSettled(ending.map((animation) => animation.finished));
	});
}

/** One line a finding and element. The page's policy forbids foreign script tags, so axe comes in by evaluate. */
async function axeFindings(page: Page, within = 'html'): Promise<string[]> {
	await page.evaluate(axeCore.source);
	const findings = await page.evaluate(async (part) => {
		const { axe } = globalThis as unknown as { axe: typeof axeCore };
		return (await axe.run(part)).violations;
	}, within);
	return findings.flatMap(({ id, help, nodes }) =>
		nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
	);
}
