/** Every page of a game is free of accessibility findings, in both themes, on a desktop and on a phone. */
import { expect, expectNoAxeFindings, PHONE, test, type Player } from './fixtures.ts';
import {
	bidding,
	cardsOf,
	expectAllInSight,
	gameOver,
	join,
	openTable,
	playUntil,
	ready,
	roundSummary,
	sit,
	start,
	strip,
	trickOf,
} from './table-driver.ts';

test('lobby, bidding, trick, round summary and end have no axe finding in either theme', async ({
	player,
}) => {
	test.setTimeout(240_000);
	const noa = await player('Noa');
	const dan = await player('Dan', { viewport: PHONE, touch: true });
	const both = [noa, dan] as const;
	const check = (page: string) =>
		test.step(page, () => Promise.all(both.map((person) => expectNoAxeFindings(person.page))));

	// Calm: eight seconds to look at a finished round.
	const link = await openTable(noa, { seats: 3, pace: 'Calm' });
	await join(dan, link);
	await check('lobby with empty seats');
	await sit(dan);
	await ready(dan);
	await noa.page.getByRole('button', { name: 'QR code' }).click();
	await check('full lobby');
	await start(noa);
	await expect(strip(dan.page)).toBeVisible();
	await check('bidding');
	await playUntil(
		both,
		async () => !(await bidding(noa.page).isVisible()) && (await trickOf(noa.page)).length === 1,
	);
	await expect.poll(() => trickOf(dan.page)).toHaveLength(1);
	await check('trick');
	for (const { page } of both) await expectAllInSight(page, 'in a trick');

	await menus(noa, dan);

	await playUntil(
		both,
		async () => (await cardsOf(dan.page)).length === 0 && (await roundSummary(dan.page).isVisible()),
	);
	await check('round summary');
	await noa.page.getByRole('button', { name: 'Table menu' }).click();
	await noa.page.getByRole('button', { name: /^End the game/ }).click();
	await noa.page.getByRole('button', { name: 'End it' }).click();
	for (const { page } of both) await expect(gameOver(page)).toBeVisible();
	await check('end');
});

/** What opens above the table. */
async function menus(noa: Player, dan: Player): Promise<void> {
	await noa.page.getByRole('button', { name: 'Table menu' }).click();
	await dan.page.getByRole('button', { name: 'Score sheet' }).click();
	await test.step('menu and sheet', () =>
		Promise.all([noa, dan].map(({ page }) => expectNoAxeFindings(page))));
	for (const { page } of [noa, dan]) await page.getByRole('button', { name: 'Close' }).click();
}
