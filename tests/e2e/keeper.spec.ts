/** Keeping the score of real cards: everybody's own phones at one table, and one phone alone without a network. */
import type { Page } from '@playwright/test';
import { expect, expectNoAxeFindings, PHONE, test, type Player } from './fixtures.ts';

const heading = (page: Page) => page.locator('.panel h2');
const board = (page: Page) => page.getByRole('list', { name: 'Players' });
/** What was said and taken, and the total, as they stand in a player's row. */
const rowOf = (page: Page, name: string) => board(page).locator('li', { hasText: name });

async function setUp(
	{ page }: Player,
	game: string,
	names: readonly string[],
	phones: string,
): Promise<void> {
	await page.goto('/keeper');
	await page.getByRole('group', { name: 'Game' }).getByRole('radio', { name: game }).check({ force: true });
	while ((await page.getByRole('textbox').count()) < names.length)
		await page.getByRole('button', { name: 'Add a player' }).click();
	for (const [place, name] of names.entries())
		await page.getByRole('textbox', { name: `Name of player ${place + 1}`, exact: true }).fill(name);
	await page.getByRole('radio', { name: phones }).check({ force: true });
}

async function menu(page: Page, item: string): Promise<void> {
	await page.getByRole('button', { name: 'Menu' }).click();
	await page.getByRole('dialog').getByRole('button', { name: item }).click();
}

test.describe('four phones round a table', () => {
	test.setTimeout(150_000);

	test('keep a round of Israeli Whist, and go on when the host is gone', async ({ player }) => {
		const names = ['Noa', 'Dan', 'Ruth', 'Gil'] as const;
		const noa = await player('Noa', { viewport: PHONE, touch: true });
		await setUp(noa, 'Israeli Whist', names, 'Everybody');
		await noa.page.getByRole('button', { name: 'Open the table' }).click();
		await expect(noa.page.getByRole('heading', { name: 'Who is who' })).toBeVisible();
		const link = noa.page.url();

		const guests: Player[] = [];
		for (const name of names.slice(1)) {
			const guest = await player(`${name}'s phone`, { viewport: PHONE, touch: true });
			guest.allowErrors(/./u);
			await guest.page.goto(link);
			await guest.page
				.locator('li', { hasText: name })
				.getByRole('button', { name: 'That\u2019s me' })
				.click();
			guests.push(guest);
		}
		const [dan, ruth, gil] = guests as [Player, Player, Player];
		const phones = [noa, ...guests];
		await expect(noa.page.locator('li small', { hasText: 'no phone' })).toHaveCount(0);
		await expectNoAxeFindings(noa.page);
		await noa.page.getByRole('button', { name: 'Begin' }).click();

		// Each calls on the phone of its own: five hearts, and three passes.
		await whoseTurn(phones, 'You speak').then(async ({ page }) => {
			await page.getByRole('radio', { name: 'hearts' }).check({ force: true });
			await page.getByRole('button', { name: 'Call' }).click();
		});
		for (let pass = 0; pass < 3; pass++) {
			const { page } = await whoseTurn(phones, 'You speak');
			await page.getByRole('button', { name: 'Pass' }).click();
			await expect(heading(page)).not.toHaveText('You speak');
		}
		const spoken: Player[] = [];
		for (const contract of [5, 3, 3, 3]) {
			const one = await whoseTurn(phones, 'Your contract');
			spoken.push(one);
			if (spoken.length === 4) {
				// 5, 3 and 3: the last may not say 2.
				await one.page.getByRole('button', { name: '2', exact: true }).click({ force: true });
				await expect(one.page.locator('.note')).toHaveText(/may not add up to 13/u);
				await expectNoAxeFindings(one.page);
			}
			await one.page.getByRole('button', { name: String(contract), exact: true }).click();
			await expect(one.page.getByRole('heading', { name: 'Your contract' })).toHaveCount(0);
		}
		const mine = ({ page }: Player) => page.getByRole('button', { name: /My trick/u });
		for (const { page } of phones) await expect(page.getByText('14 of 13')).toBeVisible();

		// Tricks, one of them taken back within five seconds by who claimed it.
		await mine(dan).click();
		await expect(rowOf(noa.page, 'Dan').locator('.took')).toHaveText('1');
		await dan.page.getByRole('button', { name: /Undo the last trick/u }).click();
		await expect(rowOf(noa.page, 'Dan').locator('.took')).toHaveText('0');
		await mine(ruth).click();
		await noa.page.getByRole('button', { name: 'Trick for Gil' }).click();
		await expect(rowOf(gil.page, 'Gil').locator('.took')).toHaveText('1');
		await expectNoAxeFindings(noa.page);

		// The host's phone dies in the middle of the round: another keeps the score from here on.
		await noa.close();
		const admin = await adminAmong(guests);
		for (const { page } of guests) await expect(rowOf(page, 'Ruth').locator('.took')).toHaveText('1');
		const others = guests.filter((one) => one !== admin);
		for (const one of others) await mine(one).click();
		for (let trick = 4; trick < 13; trick++)
			await admin.page.getByRole('button', { name: 'Trick for Noa' }).click();
		const anyone = others[0] as Player;
		await anyone.page.getByRole('button', { name: 'Score the round' }).click();
		for (const { page } of guests) await expect(page.getByRole('heading', { name: 'Round 2' })).toBeVisible();

		// The new keeper puts the round right, and fines somebody; everybody sees who and when.
		const before = await totalsOn(gil.page);
		await admin.page.getByRole('button', { name: 'Show the sheet' }).click();
		await admin.page.getByRole('button', { name: 'Put round 1 right' }).first().click();
		const dialog = admin.page.getByRole('dialog', { name: 'Put round 1 right' });
		await dialog.getByRole('button', { name: 'Noa, Took: less' }).click();
		await expect(dialog.getByText('12 of 13')).toBeVisible();
		await dialog.getByRole('button', { name: 'Dan, Took: more' }).click();
		await dialog.getByRole('button', { name: 'Put it right' }).click();
		await expect.poll(() => totalsOn(gil.page)).not.toEqual(before);
		await menu(admin.page, 'Points by hand');
		await admin.page.getByRole('radio', { name: 'Gil' }).check({ force: true });
		await admin.page.getByRole('spinbutton').fill('100');
		await admin.page.getByRole('button', { name: 'Enter' }).click();
		await menu(ruth.page, 'What was changed');
		const changes = ruth.page.getByRole('dialog').getByRole('listitem');
		await expect(changes.first()).toContainText('Gil \u2212100 by hand');
		await expect(changes.nth(1)).toContainText('Round 1 was put right');
		await expectNoAxeFindings(ruth.page);
		await ruth.page.keyboard.press('Escape');

		// The end, and what is shared of it.
		await menu(admin.page, 'End the game');
		await admin.page.getByRole('button', { name: 'End it' }).click();
		for (const { page } of guests) await expect(page.getByRole('heading', { name: /wins/u })).toBeVisible();
		await expectNoAxeFindings(gil.page);
	});

	/** Whose page says so. */
	async function whoseTurn(phones: readonly Player[], text: string): Promise<Player> {
		let found: Player | null = null;
		await expect
			.poll(async () => {
				for (const one of phones) if ((await heading(one.page).textContent()) === text) found = one;
				return found !== null;
			})
			.toBe(true);
		return found ?? (phones[0] as Player);
	}

	/** Who may enter for others. */
	async function adminAmong(phones: readonly Player[]): Promise<Player> {
		let admin: Player | null = null;
		await expect
			.poll(async () => {
				for (const one of phones)
					if (await one.page.getByRole('button', { name: 'Trick for Noa' }).isVisible()) admin = one;
				return admin !== null;
			})
			.toBe(true);
		return admin ?? (phones[0] as Player);
	}

	function totalsOn(page: Page): Promise<string[]> {
		return board(page).locator('.total').allTextContents();
	}
});

test.describe('one phone alone', () => {
	test.use({ serviceWorkers: 'allow' });

	test('keeps El Dorado for five without a network, one of them absent, and remembers it', async ({
		player,
	}) => {
		const noa = await player('Noa', { viewport: PHONE, touch: true });
		const { page, context } = noa;
		// What asks for a newer version of the site finds no network.
		noa.allowErrors(/ERR_INTERNET_DISCONNECTED/u);
		await page.goto('/');
		await page.evaluate(async () => {
			await navigator.serviceWorker.ready;
			if (navigator.serviceWorker.controller === null)
				await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done));
		});
		await context.setOffline(true);
		await page.getByRole('link', { name: 'Keep score' }).click();
		await setUp(noa, 'El Dorado', ['Noa', 'Dan', 'Ruth', 'Gil', 'Maya'], 'One phone');
		// By keyboard: Maya sits first.
		const handle = page.getByRole('button', { name: /^Move Maya/u });
		await handle.focus();
		for (let step = 0; step < 4; step++) await page.keyboard.press('ArrowUp');
		await expect(page.getByRole('textbox').first()).toHaveValue('Maya');
		await expectNoAxeFindings(page);
		await page.getByRole('button', { name: 'Begin' }).click();

		await enterRound(page, [2, 2, 2, 2, 2], [2, 2, 2, 2]);
		await expect(page.getByRole('heading', { name: 'Round 2' })).toBeVisible();
		for (const name of ['Noa', 'Dan', 'Ruth', 'Gil', 'Maya'])
			await expect(rowOf(page, name).locator('.total')).toHaveText('7');

		// Gil is away for the second round.
		await page.getByRole('button', { name: 'Who plays?' }).click();
		await page.getByRole('switch', { name: 'Gil' }).uncheck();
		await page.getByRole('dialog').getByRole('button', { name: 'Enter' }).click();
		await expect(rowOf(page, 'Gil')).toContainText('not in this round');
		await expectNoAxeFindings(page);
		await enterRound(page, [0, 3, 3, 3], [0, 3, 3]);
		await expect(page.getByRole('heading', { name: 'Round 3' })).toBeVisible();
		await expect(rowOf(page, 'Gil').locator('.total')).toHaveText('7');

		await page.reload();
		await expect(page.getByRole('heading', { name: 'Round 3' })).toBeVisible();
		const totals = await board(page).locator('.total').allTextContents();
		expect(totals.map(Number).toSorted((a, b) => a - b)).toEqual([7, 12, 15, 15, 15]);

		// What is shared of it: lines, and a picture of the sheet.
		await menu(page, 'Share the score');
		const dialog = page.getByRole('dialog', { name: 'Share the result' });
		await expect(dialog.getByRole('region')).toContainText('El Dorado: How it stands (after 2 rounds)');
		await expect(dialog.getByRole('region')).toContainText('Gil \u2013');
		const size = await dialog.getByRole('img').evaluate(async (image) => {
			if (!(image instanceof HTMLImageElement)) return 0;
			await image.decode();
			return image.naturalWidth;
		});
		expect(size).toBeGreaterThan(800);
		await expectNoAxeFindings(page);

		// The same people again: one tap.
		await page.goto('/keeper');
		await page.getByRole('button', { name: 'As last time' }).click();
		await expect(page.getByRole('textbox').first()).toHaveValue('Maya');
	});

	/** Bids in turn, then tricks; the last player has the rest. */
	async function enterRound(page: Page, bids: readonly number[], tricks: readonly number[]): Promise<void> {
		for (const [at, number] of [...bids, ...tricks].entries()) {
			await expect(heading(page)).toHaveText(at < bids.length ? /bids?$|You bid/u : /took$/u);
			const said = await heading(page).textContent();
			await page
				.locator('.panel')
				.getByRole('button', { name: String(number), exact: true })
				.click();
			await expect(heading(page)).not.toHaveText(said ?? '');
		}
		await page.getByRole('button', { name: 'Score the round' }).click();
	}
});
