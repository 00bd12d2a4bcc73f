/** A game in the archive, from the table to everybody who may look at it. */
import type { Page } from '@playwright/test';
import { expectNoAxeFindings, PHONE, type Player } from './fixtures.ts';
import { expect, test } from './stack.ts';

// The app must be there without a network.
test.use({ serviceWorkers: 'allow' });
test.setTimeout(180_000);

const OFFLINE = /ERR_INTERNET_DISCONNECTED|Failed to fetch/u;
/** A refusal by the archive shows in the console of any browser. */
const REFUSED = /the server responded with a status of 4\d\d/u;

async function installed(page: Page): Promise<void> {
	await page.goto('/');
	await page.evaluate(async () => {
		await navigator.serviceWorker.ready;
		if (navigator.serviceWorker.controller === null)
			await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done));
	});
}

async function setUp(page: Page, names: readonly string[], phones: string): Promise<void> {
	await page.goto('/keeper');
	await page
		.getByRole('group', { name: 'Game' })
		.getByRole('radio', { name: 'Israeli Whist' })
		.check({ force: true });
	while ((await page.getByRole('textbox').count()) < names.length)
		await page.getByRole('button', { name: 'Add a player' }).click();
	for (const [place, name] of names.entries())
		await page.getByRole('textbox', { name: `Name of player ${place + 1}`, exact: true }).fill(name);
	await page.getByRole('radio', { name: phones }).check({ force: true });
}

/** One round on the phone of who keeps the score: five hearts called and made by whoever speaks first. */
async function keepRound(page: Page): Promise<void> {
	// The lobby, which has headings in panels of its own, stays until the game has begun.
	await expect(page.getByRole('heading', { name: /speaks?$/u })).toBeVisible();
	const heading = page.locator('.panel h2');
	const said = async (click: () => Promise<void>): Promise<void> => {
		const before = await heading.textContent();
		await click();
		await expect(heading).not.toHaveText(before ?? '');
	};
	const speaker = ((await heading.textContent()) ?? '').replace(/ speaks?$/u, '');
	await said(async () => {
		await page.getByRole('radio', { name: 'hearts' }).check({ force: true });
		await page.getByRole('button', { name: 'Call' }).click();
	});
	for (let pass = 0; pass < 3; pass++) await said(() => page.getByRole('button', { name: 'Pass' }).click());
	for (const contract of ['5', '3', '3', '3']) {
		const before = await heading.allTextContents();
		await page.getByRole('button', { name: contract, exact: true }).click();
		await expect.poll(() => heading.allTextContents()).not.toEqual(before);
	}
	// Only the caller makes the contract, so that there is one winner.
	const own = page.getByRole('button', {
		name: speaker === 'You' ? /My trick/u : new RegExp(`^Trick for ${speaker}`, 'u'),
	});
	const other = page.getByRole('button', {
		name: speaker === 'Ruth' ? /^Trick for Gil/u : /^Trick for Ruth/u,
	});
	for (let trick = 0; trick < 5; trick++) await own.click();
	for (let trick = 5; trick < 13; trick++) await other.click();
	await page.getByRole('button', { name: 'Score the round' }).click();
	await expect(page.getByRole('heading', { name: 'Round 2' })).toBeVisible();
}

async function endGame(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Menu' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'End the game' }).click();
	await page.getByRole('button', { name: 'End it' }).click();
}

const games = (page: Page) => page.getByRole('list', { name: 'Your games' }).getByRole('listitem');

async function expectCounted({ page }: Player): Promise<void> {
	await page.goto('/history');
	await expect(games(page)).toHaveCount(1);
	await expect(games(page)).not.toContainText('not confirmed yet');
	await expect(games(page)).not.toContainText('waits to go');
	await page.goto('/stats');
	await page.getByRole('combobox', { name: 'Game' }).selectOption('Israeli Whist');
	await expect(page.getByText('One game says little')).toBeVisible();
}

test('a game that ended without a network is archived once, counts for both, and is open to whom it is shared with', async ({
	player,
	archiveSite,
}) => {
	const [orly, dov] = [await player('Orly', { viewport: PHONE }), await player('Dov', { viewport: PHONE })];
	for (const { page, allowErrors } of [orly, dov]) {
		allowErrors(OFFLINE);
		await installed(page);
	}
	await setUp(orly.page, ['Orly', 'Dov', 'Ruth', 'Gil'], 'Everybody');
	await orly.page.getByRole('button', { name: 'Open the table' }).click();
	await expect(orly.page.getByRole('heading', { name: 'Who is who' })).toBeVisible();
	await dov.page.goto(orly.page.url());
	await dov.page.locator('li', { hasText: 'Dov' }).getByRole('button', { name: 'That\u2019s me' }).click();
	await expect(orly.page.locator('li small', { hasText: 'no phone' })).toHaveCount(2);
	await orly.page.getByRole('button', { name: 'Begin' }).click();
	await keepRound(orly.page);

	for (const { context } of [orly, dov]) await context.setOffline(true);
	await endGame(orly.page);
	for (const { page } of [orly, dov])
		await expect(page.getByRole('heading', { name: /wins/u })).toBeVisible();
	const archived = async () =>
		(
			await archiveSite.sql(`select g.counted_at is not null as counted from public.games g
			join public.game_players p on p.game_id = g.id where p.display_name = 'Orly'`)
		).rows;
	expect(await archived()).toEqual([]);
	for (const { context } of [orly, dov]) await context.setOffline(false);
	await expect.poll(archived).toEqual([{ counted: true }]);
	await expectCounted(orly);
	await expectCounted(dov);

	await orly.page.goto('/history');
	await games(orly.page).getByRole('link').click();
	await expect(orly.page.getByRole('slider', { name: 'Position in the game' })).toBeVisible();
	const link = orly.page.url();

	// Somebody who was not there: the link alone opens nothing.
	const gil = await player('Gil', { viewport: PHONE });
	gil.allowErrors(REFUSED);
	await gil.page.goto(link);
	await expect(gil.page.getByRole('heading', { name: 'This game is not open to you' })).toBeVisible();
	await expectNoAxeFindings(gil.page);

	await orly.page.getByRole('button', { name: 'Save and share' }).click();
	await orly.page.getByRole('button', { name: 'Let others look by the link' }).click();
	await expect(orly.page.getByRole('button', { name: 'Close it again' })).toBeVisible();
	await expect(orly.page.getByRole('dialog').getByRole('link', { name: 'Dov' })).toBeVisible();

	const tamar = await player('Tamar', { viewport: PHONE });
	await tamar.page.goto(link);
	await expect(tamar.page.getByRole('slider', { name: 'Position in the game' })).toBeVisible();
	// To look is neither to have played nor to sign up.
	await tamar.page.goto('/history');
	await expect(tamar.page.getByText('No games yet')).toBeVisible();
	const { rows } = await archiveSite.sql(
		`select display_name as name from public.players where display_name in ('Orly', 'Dov', 'Tamar', 'Gil')
		and user_id is not null order by 1`,
	);
	expect(rows).toEqual([{ name: 'Dov' }, { name: 'Orly' }]);

	// Who leads, and how the two stand against each other.
	await dov.page.goto('/leaderboard');
	await dov.page.getByRole('combobox', { name: 'Game' }).selectOption('Israeli Whist');
	await dov.page.getByRole('combobox', { name: 'By' }).selectOption('Points');
	await dov.page.getByRole('combobox', { name: 'Time' }).selectOption('This month');
	await expect(dov.page.getByRole('row', { name: 'Dov' })).toContainText('you');
	await expectNoAxeFindings(dov.page);
	await dov.page.getByRole('link', { name: 'Orly' }).click();
	await expect(dov.page.getByRole('heading', { name: 'Orly', level: 1 })).toBeVisible();
	await expect(dov.page.getByText('One game together')).toBeVisible();
	await expect(dov.page.getByRole('link', { name: /Israeli Whist/u })).toHaveCount(1);
	await expectNoAxeFindings(dov.page);
	expect(await dov.page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
});

test('an account is the same on a second device, games and profile, and is gone when it is deleted', async ({
	player,
	archiveSite,
}) => {
	const phone = await player('Shira', { viewport: PHONE });
	phone.allowErrors(REFUSED);
	const { page } = phone;
	await setUp(page, ['Shira', 'Dov', 'Ruth', 'Gil'], 'One phone');
	await page.getByRole('button', { name: 'Begin' }).click();
	await keepRound(page);
	await endGame(page);
	await expect(page.getByRole('heading', { name: /wins/u })).toBeVisible();
	// Who wins is seen a moment before the last event: the page of the game sends it by itself once that is there.
	await expect
		.poll(async () => {
			const sent = "select from public.game_players where display_name = 'Shira'";
			return (await archiveSite.sql(sent)).rowCount;
		})
		.toBe(1);

	await page.goto('/account');
	await expect(page.getByText('One game is there')).toBeVisible();
	await page.getByLabel('Username').fill('sh');
	await page.getByRole('button', { name: 'Choose' }).click();
	await expect(page.getByRole('alert').filter({ hasText: 'too short' })).toBeVisible();
	await page.getByLabel('Username').fill('shira');
	await page.getByRole('button', { name: 'Choose' }).click();
	await expect(page.getByText('@shira')).toBeVisible();
	await page.getByLabel('E-mail').fill('shira@example.org');
	await page.getByLabel('Password').fill('long enough');
	await page.getByRole('button', { name: 'Keep my account' }).click();
	await expect(page.getByText('Signed in as')).toContainText('shira@example.org');
	await expectNoAxeFindings(page);
	await page.goto('/settings');
	await page.getByRole('radio', { name: 'Dark' }).check({ force: true });
	const preferences = async () =>
		(
			await archiveSite.sql(
				`select preferences ->> 'theme' as theme from public.players where username = 'shira'`,
			)
		).rows;
	await expect.poll(preferences).toEqual([{ theme: 'dark' }]);
	await page.goto('/account');
	await page.getByRole('button', { name: 'Sign out' }).click();
	await expect(page.getByText('There is no account yet')).toBeVisible();

	const desk = await player('Somebody else');
	await desk.page.goto('/account');
	await desk.page.getByLabel('E-mail').fill('shira@example.org');
	await desk.page.getByLabel('Password').fill('long enough');
	await desk.page.getByRole('button', { name: 'Sign in' }).click();
	await expect(desk.page.getByText('@shira')).toBeVisible();
	await expect(desk.page.locator('html')).toHaveClass(/theme-dark/u);
	await desk.page.goto('/history');
	await expect(games(desk.page)).toHaveCount(1);
	// One's own, though this device did not play it.
	await expect(games(desk.page)).not.toContainText('Watched');
	await desk.page.goto('/settings');
	await expect(desk.page.getByRole('textbox', { name: 'Name' })).toHaveValue('Shira');

	await desk.page.goto('/account');
	// What this device has fetched is looked at once more before it counts as sent.
	await expect(desk.page.getByText('One game is there')).toBeVisible();
	// The account is gone before its session is put away.
	desk.allowErrors(/\/logout\?scope=local/u);
	await desk.page.getByRole('button', { name: 'Delete my account' }).click();
	await desk.page.getByRole('dialog').getByRole('button', { name: 'Delete my account' }).click();
	await expect(desk.page.getByText('There is no account yet')).toBeVisible();
	const left = await archiveSite.sql(
		`select (select count(*)::integer from auth.users where email = 'shira@example.org') as users,
		(select count(*)::integer from public.players where username = 'shira' or display_name = 'Shira') as players`,
	);
	expect(left.rows).toEqual([{ users: 0, players: 0 }]);
});
