/** Alone against bots without a network, after one visit. */
import type { Page } from '@playwright/test';
import { startApp } from '../app.ts';
import { expect, PHONE, test } from './fixtures.ts';
import { cardsOf, playUntil, roundOf, sheetOf, strip } from './table-driver.ts';

// The worker that keeps the app is what is tested here.
test.use({ serviceWorkers: 'allow', isDrawn: false });

/** What a browser says of a request that fails because there is no network. */
const NO_NETWORK = /ERR_CONNECTION_REFUSED|ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to fetch|WebSocket/;

test('after one visit somebody plays solo with the network off, and reloads in the middle', async ({
	player,
}) => {
	const app = await startApp();
	const noa = await player('Noa', { viewport: PHONE, touch: true });
	const { page, context } = noa;
	noa.allowErrors(NO_NETWORK);
	await page.goto(app.url);
	await workerInControl(page);
	await app.close();
	await context.setOffline(true);

	await page.goto(`${app.url}/solo`);
	await page.getByRole('button', { name: 'Deal the cards' }).click();
	await expect(strip(page)).toHaveAccessibleName('Round 1 of 10');
	await playUntil([noa], async () => (await cardsOf(page)).length === 6);
	const cards = await cardsOf(page);
	await page.reload();
	await expect.poll(() => cardsOf(page)).toEqual(cards);
	await playUntil([noa], async () => (await roundOf(page)) === 3);
	await page.getByRole('button', { name: 'Score sheet' }).click();
	expect((await sheetOf(page)).rows.slice(0, 2).flat()).not.toContain('');
});

/** Waits until a worker has everything and answers for this page. */
async function workerInControl(page: Page): Promise<void> {
	await page.evaluate(async () => {
		await navigator.serviceWorker.ready;
		if (navigator.serviceWorker.controller === null)
			await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done));
	});
}
