/**
 * The shell around the game: pages that open, an app that installs and works without a network, an update that is
 * offered and never forced, and errors in plain words.
 */
import type { BrowserContext, Page } from '@playwright/test';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtApp, startApp, type RunningApp } from '../app.ts';
import { DESKTOP, PHONE, expect, expectNoAxeFindings, test } from './fixtures.ts';

const PAGES = [
	{ path: '/', heading: /Card games with friends/ },
	{ path: '/new', heading: 'New table' },
	{ path: '/join', heading: 'Join a table' },
	{ path: '/solo', heading: 'Play solo' },
	{ path: '/settings', heading: 'You and settings' },
	{ path: '/profile', heading: 'You and settings' },
	{ path: '/account', heading: 'Account and archive' },
	{ path: '/rules', heading: 'How to play El Dorado' },
	{ path: '/nowhere', heading: 'No table here' },
] as const;

/** What a browser says of a request that fails because there is no network. */
const NO_NETWORK = /ERR_CONNECTION_REFUSED|ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to fetch|WebSocket/;
/** What the router tells the console of an address that leads nowhere. */
const NOT_FOUND = /Not found: \/nowhere|404/;

test.describe.configure({ mode: 'parallel' });

for (const { path, heading } of PAGES)
	for (const [device, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP }))
		test(`${path} has a heading, a title, no sideways scrolling and no axe finding on a ${device}`, async ({
			page,
			allowErrors,
		}) => {
			if (path === '/nowhere') allowErrors(NOT_FOUND);
			await page.setViewportSize(viewport);
			await page.goto(path);
			await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
			await expect(page).toHaveTitle(/Overtrick/);
			expect(await sidewaysScroll(page)).toBe(0);
			await expectNoAxeFindings(page);
		});

test('the home page leads to every other page and back', async ({ page }) => {
	await page.goto('/');
	for (const [link, heading] of [
		['Start a table', 'New table'],
		['Play solo', 'Play solo'],
		['How to play', 'How to play El Dorado'],
		['You and settings', 'You and settings'],
	] as const) {
		await page.getByRole('link', { name: link }).click();
		await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
		await page.getByRole('link', { name: 'Home' }).click();
		await expect(page.getByRole('link', { name: 'Start a table' })).toBeVisible();
	}
});

test('the first stop of the keyboard skips to the content', async ({ page }) => {
	await page.goto('/settings');
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	await page.keyboard.press('Tab');
	await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('main')).toBeFocused();
});

test('a newcomer has a made-up name and can change it, and it is kept', async ({ page }) => {
	await page.goto('/settings');
	const name = page.getByRole('textbox', { name: 'Name' });
	await expect(name).not.toHaveValue('');
	await name.fill('Noa 🂡 נועה');
	await name.blur();
	await page.reload();
	await expect(name).toHaveValue('Noa 🂡 נועה');
});

test('the chosen theme holds before the first paint of the next visit', async ({ page }) => {
	await page.emulateMedia({ colorScheme: 'light' });
	await page.goto('/settings');
	await page.getByRole('radio', { name: 'Dark' }).check({ force: true });
	const dark = await background(page);
	// The class is set by a script in the head, so it is there when the document is, before the app runs.
	await page.goto('/rules', { waitUntil: 'commit' });
	await page.waitForFunction(() => document.body !== null);
	await expect(page.locator('html')).toHaveClass(/theme-dark/);
	expect(await background(page)).toBe(dark);
});

test.describe('the form to join', () => {
	for (const [typed, said] of [
		['', 'Type the six letters of the table, or paste its link.'],
		['KFR', '3 letters are missing.'],
		['KFRBW', '1 letter is missing.'],
		['KFRBWZX', 'A code has six letters; this has more.'],
		['KFR1WZ', '“1” is in no code'],
		['KFOBWZ', '“O” is in no code'],
		['https://elsewhere.example/cards', 'That link does not lead to a table.'],
	] as const)
		test(`says what is wrong with "${typed}"`, async ({ page }) => {
			await page.goto('/join');
			const field = page.getByRole('textbox', { name: 'Join with a code' });
			await field.fill(typed);
			await page.getByRole('button', { name: 'Join' }).click();
			await expect(page.getByRole('alert').filter({ hasText: said })).toBeVisible();
			await expect(field).toBeFocused();
			await expect(field).toHaveAttribute('aria-invalid', 'true');
			await expectNoAxeFindings(page);
			await field.press('End');
			await field.pressSequentially('A');
			await expect(field).toHaveAttribute('aria-invalid', 'false');
		});

	for (const typed of [' kfr-bwz ', 'https://elsewhere.example/t/KFRBWZ'])
		test(`takes "${typed}" to the table`, async ({ page, allowErrors }) => {
			allowErrors(NO_NETWORK);
			await page.goto('/join');
			await page.getByRole('textbox', { name: 'Join with a code' }).fill(typed);
			await page.getByRole('textbox', { name: 'Join with a code' }).press('Enter');
			await expect(page).toHaveURL(/\/t\/KFRBWZ$/);
		});
});

test.describe('what the server says', () => {
	test('a missing script is a 404 and no page', async ({ page, request }) => {
		await page.goto('/');
		for (const path of ['/_app/immutable/nodes/99.gone.js', '/gone.js', '/icon-gone.png']) {
			const response = await request.get(path, { headers: { accept: '*/*' } });
			expect(response.status(), path).toBe(404);
			expect(response.headers()['content-type'], path).toContain('text/plain');
		}
	});

	test('an address that leads nowhere says so in plain words and leads home', async ({
		page,
		allowErrors,
	}) => {
		allowErrors(NOT_FOUND);
		await page.goto('/nowhere/at/all');
		await expect(page.getByRole('heading', { name: 'No table here' })).toBeVisible();
		await page.getByRole('link', { name: 'Go home' }).click();
		await expect(page.getByRole('link', { name: 'Start a table' })).toBeVisible();
	});

	test('no page may be framed or guessed at, and no script comes from elsewhere', async ({
		page,
		request,
	}) => {
		const headers = (await request.get('/')).headers();
		expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
		expect(headers['x-content-type-options']).toBe('nosniff');
		await page.goto('/');
		const policy = await page.locator('meta[http-equiv="content-security-policy"]').getAttribute('content');
		expect(policy).toMatch(/script-src 'self'/);
		expect(policy).not.toMatch(/script-src[^;]*'unsafe/);
	});
});

interface Manifest {
	readonly name: string;
	readonly start_url: string;
	readonly display: string;
	readonly icons: readonly {
		readonly src: string;
		readonly sizes: string;
		readonly type: string;
		readonly purpose?: string;
	}[];
	readonly shortcuts: readonly { readonly name: string; readonly url: string }[];
}

test.describe('installed', () => {
	test.use({ serviceWorkers: 'allow' });

	test('the manifest has a name, a start, icons of the sizes it says, and shortcuts that open', async ({
		page,
		request,
	}) => {
		await page.goto('/');
		const href = await page.locator('link[rel=manifest]').getAttribute('href');
		const base = new URL(href ?? '', page.url());
		const response = await request.get(base.href);
		expect(response.headers()['content-type']).toContain('application/manifest+json');
		const manifest = (await response.json()) as Manifest;
		expect(manifest.name).toBe('Overtrick');
		expect(manifest.display).toBe('standalone');
		expect(new URL(manifest.start_url, base).pathname).toBe('/');

		expect(manifest.icons.some((icon) => icon.purpose === 'maskable')).toBe(true);
		expect(manifest.icons.map((icon) => icon.sizes)).toEqual(expect.arrayContaining(['192x192', '512x512']));
		for (const icon of manifest.icons) {
			const image = await request.get(new URL(icon.src, base).href);
			expect(image.status(), icon.src).toBe(200);
			expect(image.headers()['content-type'], icon.src).toContain(icon.type);
			if (icon.type === 'image/png') expect(pngSize(await image.body()), icon.src).toBe(icon.sizes);
		}
		for (const shortcut of manifest.shortcuts) {
			await page.goto(new URL(shortcut.url, base).href);
			await expect(page.getByRole('heading', { level: 1 }), shortcut.name).toBeVisible();
		}
	});

	test('a browser finds nothing that stands in the way of installing', async ({ page, context }) => {
		await page.goto('/');
		await workerInControl(page);
		const devtools = await context.newCDPSession(page);
		const { installabilityErrors } = (await devtools.send('Page.getInstallabilityErrors')) as {
			installabilityErrors: readonly { readonly errorId: string }[];
		};
		const errors = installabilityErrors
			.map((error) => error.errorId)
			// A test's context keeps nothing, which counts as a private window.
			.filter((id) => id !== 'in-incognito');
		expect(errors).toEqual([]);
	});

	test('after one visit every page opens without a server, deep links included', async ({
		page,
		context,
		allowErrors,
	}) => {
		allowErrors(NO_NETWORK);
		allowErrors(NOT_FOUND);
		const app = await startApp();
		await visitOnce(page, app);
		await app.close();
		await context.setOffline(true);
		for (const { path, heading } of PAGES) {
			await page.goto(app.url + path);
			await expect(page.getByRole('heading', { level: 1, name: heading }), path).toBeVisible();
		}
		await page.goto(`${app.url}/t/KFRBWZ`);
		await expect(page).toHaveTitle(/Overtrick/);
		await page.goto(app.url);
		await expect(page.getByText('You are offline')).toBeVisible();
	});

	test('an update is offered, waits as long as one likes, and comes when it is asked for', async ({
		page,
		context,
		allowErrors,
	}) => {
		allowErrors(NO_NETWORK);
		const folder = await mkdtemp(join(tmpdir(), 'overtrick-update-'));
		const old = await startApp();
		await visitOnce(page, old);
		await old.close();
		await newerBuild(folder);
		const next = await startApp({ root: folder, port: old.port });

		await page.goto(`${next.url}/rules`);
		const running = await cachesOf(page);
		const offer = page.getByRole('listitem').filter({ hasText: 'A new version is ready.' });
		await expect(offer).toBeVisible();
		await expectNoAxeFindings(page);
		// Nothing is taken away from who does not want it now, in this tab or in another.
		await expectStillRuns(page, context, running);
		await offer.getByRole('button', { name: 'Dismiss' }).click();
		await expect(offer).toBeHidden();

		// A running table is left alone altogether.
		await page.goto(`${next.url}/t/KFRBWZ`);
		await expect(page).toHaveTitle(/Overtrick/);
		await expect.poll(() => waitingWorker(page)).toBe(true);
		await expect(offer).toBeHidden();

		await page.goto(next.url);
		await Promise.all([page.waitForEvent('load'), offer.getByRole('button', { name: 'Reload' }).click()]);
		await expect(page.getByRole('link', { name: 'Start a table' })).toBeVisible();
		await expect.poll(() => waitingWorker(page)).toBe(false);
		await expect(offer).toBeHidden();
		await next.close();
		await rm(folder, { recursive: true });
	});
});

async function sidewaysScroll(page: Page): Promise<number> {
	return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

function background(page: Page): Promise<string> {
	return page.evaluate(() => getComputedStyle(document.body).backgroundColor);
}

/** Width and height as a manifest writes them, from the head of a PNG file. */
function pngSize(file: Buffer): string {
	return `${file.readUInt32BE(16)}x${file.readUInt32BE(20)}`;
}

async function visitOnce(page: Page, app: RunningApp): Promise<void> {
	await page.goto(app.url);
	await expect(page.getByRole('link', { name: 'Start a table' })).toBeVisible();
	await workerInControl(page);
}

/** Waits until a worker is installed and answers for this page. */
async function workerInControl(page: Page): Promise<void> {
	await page.evaluate(async () => {
		await navigator.serviceWorker.ready;
		if (navigator.serviceWorker.controller === null)
			await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done));
	});
}

function waitingWorker(page: Page): Promise<boolean> {
	return page.evaluate(async () => {
		const registration = await navigator.serviceWorker.getRegistration();
		return (registration?.waiting ?? null) !== null;
	});
}

function cachesOf(page: Page): Promise<string[]> {
	return page.evaluate(() => caches.keys());
}

/** The version that was there is still the one that answers, here and in a new tab. */
async function expectStillRuns(
	page: Page,
	context: BrowserContext,
	caches: readonly string[],
): Promise<void> {
	expect(await waitingWorker(page)).toBe(true);
	const other = await context.newPage();
	await other.goto(page.url());
	await expect(other.getByRole('heading', { level: 1 })).toBeVisible();
	expect(await waitingWorker(other)).toBe(true);
	expect(await cachesOf(other)).toEqual(expect.arrayContaining([...caches]));
	await other.close();
}

/** A copy of the build that calls itself by another version, as the next build would. */
async function newerBuild(folder: string): Promise<void> {
	await cp(await builtApp(), folder, { recursive: true });
	const { version } = JSON.parse(await readFile(join(folder, '_app/version.json'), 'utf8')) as {
		version: string;
	};
	const worker = await readFile(join(folder, 'service-worker.js'), 'utf8');
	if (!worker.includes(version)) throw new Error('the worker does not name its version');
	await writeFile(join(folder, 'service-worker.js'), worker.replaceAll(version, `${version}-next`));
	await writeFile(join(folder, '_app/version.json'), JSON.stringify({ version: `${version}-next` }));
}
