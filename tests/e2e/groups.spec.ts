/** Groups and open tables, on a site with an archive: two browsers, two accounts, the real database. */
import { expectNoAxeFindings, PHONE, type Player } from './fixtures.ts';
import { expect, test } from './stack.ts';
import {
	choose,
	crash,
	gameOver,
	isOver,
	lobby,
	ready,
	seatRows,
	sit,
	start,
	strip,
} from './table-driver.ts';
import { playWhist } from './whist-driver.ts';

/** A round of whist for two people and two bots, and everything around it. */
test.describe.configure({ timeout: 150_000 });

/** Makes a group from the page of one's own; the browser is on the group's page then. */
async function makeGroup({ page }: Player, name: string): Promise<void> {
	await page.goto('/groups');
	await page.getByRole('button', { name: 'New group' }).click();
	await page.getByRole('textbox', { name: 'Name' }).fill(name);
	await page.getByRole('button', { name: 'Make the group' }).click();
	await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
}

/** A link for one person, as the dialog shows it. */
async function inviteOne({ page }: Player): Promise<string> {
	await page.getByRole('button', { name: 'Invite' }).click();
	await page.getByRole('button', { name: 'Make the link' }).click();
	const link = await page.getByText(/^https?:.*\/groups\/join#[A-Z]{12}$/).innerText();
	await page.getByRole('button', { name: 'Done' }).click();
	return link.trim();
}

test('a group is made, one is invited, both play a table of it, and the game is the group’s', async ({
	player,
	archiveSite,
}) => {
	const noa = await player('Noa');
	const dan = await player('Dan', { viewport: PHONE });
	const eve = await player('Eve');
	await makeGroup(noa, 'Thursday cards');
	const link = await inviteOne(noa);
	await expect(noa.page.getByText(/^For one person, until/)).toBeVisible();
	await noa.page.getByRole('button', { name: 'Edit' }).click();
	await noa.page.getByRole('textbox', { name: 'About the group' }).fill('At eight, at Noa’s.');
	await noa.page.getByRole('button', { name: 'Save' }).click();
	// A second link is taken back: it opens nothing to whoever has it.
	const other = await inviteOne(noa);
	await expect(noa.page.getByText(/^For one person, until/)).toHaveCount(2);
	await noa.page
		.getByRole('button', { name: /^Take the link back/ })
		.last()
		.click();
	await expect(noa.page.getByText(/^For one person, until/)).toHaveCount(1);

	await dan.page.goto(link);
	await expect(dan.page.getByText('Noa invites you to the group')).toBeVisible();
	await expect(dan.page.getByRole('heading', { name: 'Thursday cards' })).toBeVisible();
	await expectNoAxeFindings(dan.page);
	await dan.page.getByRole('button', { name: 'Join the group' }).click();
	await expect(dan.page.getByRole('heading', { name: 'Thursday cards', level: 1 })).toBeVisible();
	const members = dan.page.getByRole('region', { name: 'Members' });
	await expect(members.getByRole('listitem')).toHaveCount(2);
	await expect(dan.page.getByText('At eight, at Noa’s.')).toBeVisible();

	// One link is taken back, the other was for one; the page itself is for members.
	await eve.page.goto(other);
	await expect(eve.page.getByText('This invitation opens nothing')).toBeVisible();
	await eve.page.goto('/groups');
	await eve.page.goto(link);
	await expect(eve.page.getByText('This invitation opens nothing')).toBeVisible();
	eve.allowErrors(/status of 403/);
	await eve.page.goto(new URL(dan.page.url()).pathname);
	await expect(eve.page.getByText('You are not in this group.')).toBeVisible();
	await eve.close();

	await dan.page.getByRole('switch', { name: 'I play tonight' }).click();
	const tonight = dan.page.getByRole('region', { name: 'Tonight' });
	await expect(tonight.getByRole('listitem')).toHaveText('Dan');
	await expectNoAxeFindings(dan.page);

	await noa.page.reload();
	await expect(noa.page.getByRole('region', { name: 'Tonight' }).getByRole('listitem')).toHaveText('Dan');
	await noa.page.getByRole('button', { name: 'Start a table' }).click();
	await choose(noa.page.getByRole('dialog').getByRole('group', { name: 'Game' }), 'Israeli Whist');
	await noa.page.getByRole('button', { name: 'Open the table' }).click();
	await expect(lobby(noa.page)).toBeVisible();
	await expect(noa.page.getByText('A table of Thursday cards')).toBeVisible();
	await noa.page.getByLabel('The game ends').selectOption('When the host says');

	await expect(async () => {
		await dan.page.reload();
		await expect(dan.page.getByText('Noa has opened a table')).toBeVisible({ timeout: 3_000 });
	}).toPass();
	await dan.page.getByRole('link', { name: 'Join' }).click();
	await expect(lobby(dan.page)).toBeVisible();
	await sit(dan);
	await ready(dan);
	await noa.page.getByRole('button', { name: 'Fill with bots' }).click();
	await expect(noa.page.getByText('4 of 4 taken')).toBeVisible();
	await start(noa);
	await expect(strip(dan.page)).toBeVisible();
	// The device that opened the table never gets to tell the group: Dan's, which only joined, does.
	noa.allowErrors(/ERR_FAILED/);
	await noa.context.route(`${archiveSite.api}/rest/v1/rpc/put_game_in_group*`, (route) => route.abort());
	await noa.page.getByRole('button', { name: 'Table menu' }).click();
	await noa.page.getByRole('button', { name: 'End after this round' }).click();
	await noa.page.getByRole('button', { name: 'Last round' }).click();
	await playWhist([noa, dan], () => isOver(noa.page));
	await expect(gameOver(dan.page)).toBeVisible();

	await expect(async () => {
		await dan.page.goto('/groups');
		await expect(dan.page.getByText('2 members, one game')).toBeVisible({ timeout: 3_000 });
	}).toPass();
	await dan.page.getByRole('link', { name: /Thursday cards/ }).click();
	await expect(dan.page.getByRole('heading', { name: 'Thursday cards', level: 1 })).toBeVisible();
	const ranking = dan.page.getByRole('region', { name: 'Leaderboard' });
	await choose(ranking.getByRole('group', { name: 'Game' }), 'Israeli Whist');
	await expect(ranking.getByRole('row')).toHaveCount(3);
	const board = ranking.getByRole('link', { name: 'By month and year' });
	const rivals = dan.page.getByRole('region', { name: 'Head to head' });
	await expect(rivals.getByRole('listitem')).toContainText('Noa');
	const game = rivals.getByRole('combobox', { name: 'Game', exact: true });
	await game.selectOption('El Dorado');
	await expect(rivals).toContainText('Nobody has met anybody yet.');
	await game.selectOption('Israeli Whist');
	await expect(rivals.getByRole('listitem')).toContainText('Noa');
	await expectNoAxeFindings(dan.page);

	// Who leads the group this month, and among everybody.
	await board.click();
	await dan.page.getByRole('combobox', { name: 'Time' }).selectOption('This month');
	await dan.page.getByRole('combobox', { name: 'Game' }).selectOption('Israeli Whist');
	const among = dan.page.getByRole('combobox', { name: 'Among' });
	await expect(among.getByRole('option', { selected: true })).toHaveText('Thursday cards');
	await expect(dan.page.getByRole('row', { name: 'Noa' })).toBeVisible();
	await expectNoAxeFindings(dan.page);
	await among.selectOption('Everybody');
	await expect(dan.page.getByRole('heading', { name: 'Leaderboards', level: 1 })).toBeVisible();

	// In one's own history and numbers the group's games can be asked for alone.
	await makeGroup(dan, 'Sundays');
	await dan.page.goto('/history');
	const games = dan.page.getByRole('list', { name: 'Your games' }).getByRole('listitem');
	await expect(games).toHaveCount(1);
	const group = dan.page.getByRole('combobox', { name: 'Group' });
	await group.selectOption('Sundays');
	await expect(dan.page.getByText('No game fits')).toBeVisible();
	await group.selectOption('Thursday cards');
	await expect(games).toHaveCount(1);
	await dan.page.goto('/stats');
	await dan.page.getByRole('combobox', { name: 'Game', exact: true }).selectOption('Israeli Whist');
	await dan.page.getByRole('combobox', { name: 'Group' }).selectOption('Thursday cards');
	await expect(dan.page.getByText('One game says little')).toBeVisible();
});

test('a table open to anybody is found by another, who joins it; a full one is off the list, its game is public', async ({
	player,
	archiveSite,
}) => {
	const noa = await player('Noa');
	const dan = await player('Dan', { viewport: PHONE });
	await noa.page.goto('/new');
	await choose(noa.page.getByRole('group', { name: 'Seats' }), '2 seats');
	await noa.page.getByRole('switch', { name: 'Open to anybody' }).check();
	await noa.page.getByRole('button', { name: 'Open the table' }).click();
	await expect(noa.page.getByText('On the list of open tables.')).toBeVisible();

	await dan.page.goto('/tables');
	const row = dan.page.getByRole('listitem').filter({ hasText: 'Noa’s table' });
	await expect(row).toContainText('El Dorado');
	await expect(row).toContainText('1 of 2');
	await expectNoAxeFindings(dan.page);
	await dan.page.getByRole('button', { name: 'Find me a game' }).click();
	await expect(lobby(dan.page)).toBeVisible();
	await expect(seatRows(dan.page).first()).toContainText('Noa');
	await sit(dan);
	await expect(noa.page.getByText('Full: off the list until a seat is free.')).toBeVisible();
	const code = /\/t\/([A-Z]{6})/.exec(noa.page.url())?.[1];
	await ready(dan);
	await start(noa);
	await expect(strip(dan.page)).toBeVisible();
	await noa.page.getByRole('button', { name: 'Table menu' }).click();
	await noa.page.getByRole('button', { name: 'End the game\u2026' }).click();
	await noa.page.getByRole('button', { name: 'End it', exact: true }).click();
	// Whichever of the two is faster.
	await expect
		.poll(
			async () =>
				(
					await archiveSite.sql('select visibility::text as to from public.games where room_code = $1', [
						code,
					])
				).rows,
		)
		.toEqual([{ to: 'public' }]);

	// Nobody waits any more: who looks now has a table of its own, and stops the bots.
	const eve = await player('Eve');
	await expect(async () => {
		await eve.page.goto('/tables');
		await expect(eve.page.getByText('No table is open just now')).toBeVisible({ timeout: 3_000 });
	}).toPass();
	await eve.page.getByRole('button', { name: 'Find me a game' }).click();
	await expect(eve.page.getByText(/^Bots take the free seats in \d+ seconds?\.$/)).toBeVisible();
	await eve.page.getByRole('button', { name: 'Wait for people' }).click();
	await expect(eve.page.getByText(/^Bots take the free seats/)).toBeHidden();
	await expect(eve.page.getByText('On the list of open tables.')).toBeVisible();
});

test('a table open to anybody stays on the list when its host is killed: the next host lists it', async ({
	player,
	archiveSite,
}) => {
	const ada = await player('Ada');
	const bram = await player('Bram', { viewport: PHONE });
	await ada.page.goto('/new');
	await choose(ada.page.getByRole('group', { name: 'Seats' }), '3 seats');
	await ada.page.getByRole('switch', { name: 'Open to anybody' }).check();
	await ada.page.getByRole('button', { name: 'Open the table' }).click();
	await expect(ada.page.getByText('On the list of open tables.')).toBeVisible();
	await bram.page.goto(ada.page.url());
	await sit(bram);
	await expect(seatRows(ada.page).nth(1)).toContainText('Bram');

	const code = /\/t\/([A-Z]{6})/.exec(ada.page.url())?.[1];
	// The list refuses him for as long as the lease is hers.
	bram.allowErrors(/409 .*publish_room/u);
	await crash(ada);
	// From the list itself he sees that the table he hosts now is open; there it is another's until that lease has ended.
	await expect(bram.page.getByRole('switch', { name: 'Open to anybody' })).toBeChecked();
	const ended = 'update public.room_directory set lease_expires_at = now() where room_code = $1';
	expect((await archiveSite.sql(ended, [code])).rowCount).toBe(1);
	await expect(bram.page.getByText('On the list of open tables.')).toBeVisible();
	const cleo = await player('Cleo');
	await cleo.page.goto('/tables');
	await expect(cleo.page.getByRole('listitem').filter({ hasText: 'Bram’s table' })).toContainText('2 of 3');
});

test('a site without an archive says what groups and open tables would be', async ({ page }) => {
	await page.route('**/config.json', (route) => route.fulfill({ json: { iceServers: [] } }));
	await page.goto('/groups');
	await expect(
		page.getByText('a group has its members, its evenings and its leaderboard here'),
	).toBeVisible();
	await page.goto('/tables');
	await expect(page.getByText('tables that are open to anybody are listed here')).toBeVisible();
});
