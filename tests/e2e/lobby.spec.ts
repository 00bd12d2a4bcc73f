/** Before the cards are dealt: how a table is opened and found, who sits where, and who may not. */
import type { Page } from '@playwright/test';
import { encode } from 'uqr';
import { expect, expectNoAxeFindings, test, type Player } from './fixtures.ts';
import {
	join,
	linkOf,
	lobby,
	openTable,
	crash,
	plate,
	ready,
	seatRows,
	sit,
	start,
	startedTable,
	strip,
} from './table-driver.ts';

const DIALOG = 'dialog[open]';
const seat = (page: Page, number: number) => seatRows(page).nth(number - 1);

test('a table is opened with its options; the lobby shows code, link and QR code', async ({ player }) => {
	const noa = await player('Noa', { initScript: SHARE_SHEET });
	const dan = await player('Dan');
	const link = await openTable(noa, { seats: 5, bots: 'Novice', grace: '10 seconds', hook: true });
	const [, code = ''] = /\/t\/([A-Z]{6})#h=[\w-]{22}$/.exec(link) ?? [];
	expect(code).toMatch(/^[A-HJKMNP-Z]{6}$/);
	expect(new URL(noa.page.url()).pathname).toBe(`/t/${code}`);

	await expect(noa.page.getByText(code, { exact: true })).toBeVisible();
	await expect(noa.page.getByText('5 of 5 taken')).toBeVisible();
	await expect(seatRows(noa.page)).toHaveCount(5);
	await expect(seat(noa.page, 1)).toContainText('Noa');
	for (const number of [2, 3, 4, 5]) await expect(seat(noa.page, number)).toContainText('Novice bot');

	const qr = noa.page.getByRole('img', { name: 'Point a phone’s camera at it' });
	await expect(qr).toBeHidden();
	await noa.page.getByRole('button', { name: 'QR code' }).click();
	await expect(qr).toBeVisible();
	expect(await qr.locator('path').getAttribute('d'), 'the code is of the link').toBe(drawn(link));

	await noa.page.getByRole('button', { name: 'Share', exact: true }).click();
	expect(await noa.page.evaluate(() => Reflect.get(globalThis, 'shared') as object)).toMatchObject({
		url: link,
	});

	await noa.context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await noa.page.getByRole('button', { name: 'Copy link' }).click();
	await expect(noa.page.getByRole('region', { name: 'Notices' }).getByText('Link copied')).toBeVisible();
	expect(await noa.page.evaluate(() => navigator.clipboard.readText())).toBe(link);

	// Whoever comes sees the same code, link and rules, and that they are the host's to choose.
	await join(dan, link);
	expect(await linkOf(dan.page)).toBe(link);
	const rules = dan.page.getByRole('region', { name: 'House rules' });
	for (const [rule, value] of [
		['The hook', 'On'],
		['Pace', 'Quick'],
		['When somebody is away, wait', '10 seconds'],
	] as const) {
		await expect(rules.getByRole('term').filter({ hasText: rule })).toBeVisible();
		await expect(rules.locator('div').filter({ hasText: rule }).getByRole('definition')).toHaveText(value);
	}
	await expect(rules).toContainText('The host chooses these.');

	// A part that cannot be fetched says so, instead of a tap that does nothing.
	dan.allowErrors(/ERR_FAILED/);
	await dan.page.route('**/*.js', (route) => route.abort());
	await dan.page.getByRole('button', { name: 'QR code' }).click();
	await expect(dan.page.getByText('A part of the page is missing', { exact: true })).toBeVisible();
});

/** A phone's own: what would be shared is kept to be looked at. */
const SHARE_SHEET = `navigator.share = (data) => { globalThis.shared = data; return Promise.resolve(); };`;

/** The dark squares of a text's QR code, row by row, as the page draws them. */
function drawn(text: string): string {
	const dark = encode(text, { ecc: 'M', border: 2 }).data.map((row, y) =>
		row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')).join(''),
	);
	return dark.join('');
}

test('a newcomer types the code, has a made-up name, and everybody sees it', async ({ player, page }) => {
	const noa = await player('Noa');
	await openTable(noa, { seats: 3 });
	const code = new URL(noa.page.url()).pathname.slice('/t/'.length);

	await page.goto('/join');
	await page.getByRole('textbox', { name: 'Join with a code' }).fill(code.toLowerCase());
	await page.getByRole('button', { name: 'Join' }).click();
	await expect(lobby(page)).toBeVisible();
	// Who hosts is to be seen before sitting down.
	await expect(seat(page, 1)).toContainText('Noa');
	await expect(seat(page, 1)).toContainText('Host');

	await page.getByRole('button', { name: 'Sit here' }).last().click();
	const own = seatRows(page).filter({ hasText: 'You' });
	const name = await own.locator('bdi').innerText();
	expect(name).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+$/);
	await expect(seat(noa.page, 2)).toContainText(name);

	// Of two the one who is left takes over, and is told when.
	await noa.page.goto('about:blank');
	await expect(page.getByText(/You take over in \d+ s/).first()).toBeVisible();
});

test('the code of a private table does not lead to it; its link does', async ({ player }) => {
	const noa = await player('Noa');
	const dan = await player('Dan');
	const link = await openTable(noa, { seats: 3, isPrivate: true });
	expect(link).toMatch(/[#&]k=[\w-]{22}/);
	await dan.page.goto(new URL(link).pathname);
	await expect(dan.page.getByText(/^Nobody answers under/)).toBeVisible();
	// Pasted into the same tab, where only the fragment is new.
	await join(dan, link);
	await expect(seat(dan.page, 1)).toContainText('Noa');
});

async function changeLooks({ page }: Player, name: string, color: string, face: number): Promise<void> {
	const dialog = page.getByRole('dialog', { name: 'How you look to the others' });
	await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
	await dialog.getByRole('radio', { name: color, exact: true }).check({ force: true });
	await dialog.getByRole('radio', { name: `Face ${face}`, exact: true }).check({ force: true });
	await page.keyboard.press('Escape');
	await expect(dialog).toBeHidden();
}

test('name, colour and face change in the lobby and in mid-game, and the others see it', async ({
	player,
}) => {
	const noa = await player('Noa');
	const dan = await player('Dan');
	const link = await openTable(noa, { seats: 2 });
	await join(dan, link);

	// Before sitting down too: as who watches is listed, and as who then sits.
	const changing = dan.page.getByRole('button', { name: 'Change your name and looks' });
	await changing.click();
	await expect(dan.page.getByRole('dialog').getByRole('textbox', { name: 'Name' })).toBeVisible();
	await expectNoAxeFindings(dan.page, DIALOG);
	await changeLooks(dan, 'Dan the New', 'Rose', 2);
	await expect(noa.page.getByRole('region', { name: 'Seats', exact: true })).toContainText('Dan the New');
	await sit(dan);
	await expect(seat(noa.page, 2)).toContainText('Dan the New');
	/** The drawn face, colour included, as Noa's page draws it. */
	const drawn = async (page: Page) => {
		const place = (await strip(page).isVisible()) ? plate(page, 'Dan') : seat(page, 2);
		const svg = place.locator('svg').first();
		// Ids differ from place to place.
		return (await svg.evaluate((element) => element.outerHTML)).replace(/(id|clip-path)="[^"]*"/g, '');
	};
	const before = await drawn(noa.page);

	await changing.click();
	await changeLooks(dan, 'Dan the Bold', 'Teal', 4);
	await expect(seat(noa.page, 2)).toContainText('Dan the Bold');
	const inLobby = await drawn(noa.page);
	expect(inLobby).not.toBe(before);
	expect(await drawn(dan.page)).toBe(inLobby);

	await ready(dan);
	await start(noa);
	await expect(plate(noa.page, 'Dan the Bold')).toBeVisible();
	await dan.page.getByRole('button', { name: 'Table menu' }).click();
	await dan.page.getByRole('button', { name: 'Name and looks' }).click();
	await changeLooks(dan, 'Dan the Brave', 'Rose', 7);
	await expect(plate(noa.page, 'Dan the Brave')).toBeVisible();
	expect(await drawn(noa.page)).not.toBe(inLobby);
	await dan.page.reload();
	await dan.page.getByRole('button', { name: 'Table menu' }).click();
	await expect(dan.page.getByRole('dialog')).toContainText('Dan the Brave');
});

test('seats are chosen, changed and swapped, bots come and go', async ({ player }) => {
	const noa = await player('Noa');
	const dan = await player('Dan');
	const link = await openTable(noa, { seats: 4 });
	await join(dan, link);
	await sit(dan, 3);
	await expect(seat(noa.page, 3)).toContainText('Dan');

	await seat(dan.page, 4).getByRole('button', { name: 'Move here' }).click();
	await expect(seat(noa.page, 4)).toContainText('Dan');
	await expect(seat(noa.page, 3)).toContainText('Empty seat');

	await seat(noa.page, 2).getByRole('button', { name: 'Add bot' }).click();
	await expect(seat(dan.page, 2)).toContainText('Club bot');
	const bot = await seat(noa.page, 2).locator('bdi').innerText();
	await seat(noa.page, 2)
		.getByRole('button', { name: `${bot}: more` })
		.click();
	await noa.page.getByRole('dialog').getByRole('radio', { name: 'Novice' }).check({ force: true });
	await expect(seat(dan.page, 2)).toContainText('Novice bot');
	await expect(seat(dan.page, 2)).toContainText(bot);

	// The host swaps the bot with Dan.
	await noa.page
		.getByRole('dialog')
		.getByRole('button', { name: /^Swap places/ })
		.click();
	await expect(noa.page.getByText(`Choose whom ${bot} swaps with`)).toBeVisible();
	await seat(noa.page, 4).getByRole('button', { name: 'Swap here' }).click();
	await expect(seat(dan.page, 2)).toContainText('Dan');
	await expect(seat(dan.page, 4)).toContainText(bot);

	await noa.page.getByRole('button', { name: 'Fill with bots' }).click();
	await expect(noa.page.getByText('4 of 4 taken')).toBeVisible();
	await seat(noa.page, 4)
		.getByRole('button', { name: `Remove ${bot}` })
		.click();
	await expect(seat(dan.page, 4)).toContainText('Empty seat');
	await expect(dan.page.getByText('3 of 4 taken')).toBeVisible();

	// A bot gives way to a guest who asks, and to nobody a human does.
	await expect(seat(dan.page, 1).getByRole('button')).toHaveCount(0);
	const third = await seat(dan.page, 3).locator('bdi').innerText();
	await seat(dan.page, 3).getByRole('button', { name: 'Swap here' }).click();
	await expect(seat(noa.page, 3)).toContainText('Dan');
	await expect(seat(noa.page, 2)).toContainText(third);

	// A host who stands up still starts the game of the others.
	await ready(dan);
	await seat(noa.page, 1).getByRole('button', { name: 'Noa: more' }).click();
	await noa.page.getByRole('dialog').getByRole('button', { name: 'Stand up' }).click();
	await expect(seat(noa.page, 1)).toContainText('Empty seat');
	await start(noa);
	await expect(strip(dan.page)).toBeVisible();
	await expect(noa.page.getByText('You are watching')).toBeVisible();
});

test('who is removed for good is told so and cannot come back, by link or by code', async ({ player }) => {
	const noa = await player('Noa');
	const dan = await player('Dan');
	const link = await openTable(noa, { seats: 3 });
	await join(dan, link);
	await sit(dan);
	await seat(noa.page, 2).getByRole('button', { name: 'Dan: more' }).click();
	await noa.page.getByRole('button', { name: /^Remove for good/ }).click();
	await noa.page
		.getByRole('dialog', { name: 'Remove Dan from this table?' })
		.getByRole('button', { name: 'Remove', exact: true })
		.click();
	await expect(seat(noa.page, 2)).toContainText('Empty seat');

	const told = dan.page.getByText('The host has taken you off this table');
	await expect(told).toBeVisible();
	for (const address of [link, new URL(link).pathname]) {
		await dan.page.goto('/');
		await dan.page.goto(address);
		await expect(told).toBeVisible();
	}
	const seats = noa.page.getByRole('region', { name: 'Seats', exact: true });
	await expect(seats).toContainText('1 of 3 taken');
	await expect(seats).not.toContainText('Dan');
});

/** A page says hello again when it is hidden or shown; sixteen in five seconds are too many, and nine more put it out. */
const HELLOS = 18;
function comeAndGo(times: number): void {
	let isHidden = false;
	Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
	for (let n = 0; n < times; n++) {
		isHidden = !isHidden;
		document.dispatchEvent(new Event('visibilitychange'));
	}
}

test('the lobby says why the game cannot start yet, until it can', async ({ player }) => {
	const noa = await player('Noa');
	const dan = await player('Dan');
	const button = noa.page.getByRole('button', { name: 'Start the game' });
	const link = await openTable(noa, { seats: 3 });
	await expect(button).toBeDisabled();
	await expect(
		noa.page.getByText('At least two players are needed: invite somebody or add a bot'),
	).toBeVisible();

	await join(dan, link);
	await expect(dan.page.getByText('Take a seat to play along.')).toBeVisible();
	await expect(noa.page.getByRole('region', { name: 'Seats', exact: true })).toContainText('Watching');
	await sit(dan);
	await expect(noa.page.getByText('Waiting for Dan to be ready')).toBeVisible();
	await expect(button).toBeDisabled();

	// Who wonders how the others are connected can look, and is told of a page that does what no page of ours does.
	await noa.page.getByRole('button', { name: 'Connections' }).click();
	const connections = noa.page.getByRole('dialog', { name: 'Connections' });
	await expect(connections.getByRole('listitem').filter({ hasText: 'Dan' })).toContainText('direct');
	await noa.page.keyboard.press('Escape');
	await dan.page.evaluate(comeAndGo, HELLOS);
	await noa.page.getByRole('button', { name: /^Somebody misbehaves/ }).click();
	const tried = noa.page.getByRole('dialog', { name: 'What somebody tried' });
	await expect(tried.getByRole('listitem').filter({ hasText: 'Dan' })).toContainText(
		'Introduced itself over and over',
	);
	await expectNoAxeFindings(noa.page, DIALOG);
	await noa.page.keyboard.press('Escape');

	await ready(dan);
	await expect(seat(noa.page, 2)).toContainText('Ready');
	await expect(dan.page.getByText('Noa starts the game')).toBeVisible();
	await expect(button).toBeEnabled();
	await dan.page.getByRole('button', { name: 'You are ready' }).click();
	await expect(button).toBeDisabled();
	await ready(dan);
	await start(noa);
	await expect(strip(dan.page)).toBeVisible();
});

test('a start that somebody’s page does not answer is called off, and comes about once it is back', async ({
	player,
}) => {
	const noa = await player('Noa');
	const dan = await player('Dan');
	const link = await openTable(noa, { seats: 2 });
	await join(dan, link);
	await sit(dan);
	await ready(dan);
	const button = noa.page.getByRole('button', { name: 'Start the game' });
	await expect(button).toBeEnabled();
	await crash(dan);
	await button.click();
	await expect(noa.page.getByText('The game is about to start')).toBeVisible();
	await expect(button).toBeDisabled();
	await expect(noa.page.getByText('Waiting for Dan to be ready')).toBeVisible();

	const back: Player = { ...dan, page: await dan.context.newPage() };
	await back.page.goto(link);
	await expect(noa.page.getByText('There was no answer from Dan: start again')).toBeVisible();
	await start(noa);
	await expect(strip(back.page)).toBeVisible();
});

test('a second tab of the same player takes the seat over, and the first says so', async ({ player }) => {
	const noa = await player('Noa');
	const dan = await player('Dan');
	const link = await startedTable([noa, dan], { seats: 2 });
	const second: Player = { ...dan, page: await dan.context.newPage() };
	const hand = dan.page.getByRole('group', { name: 'Your hand, 10 cards' });
	const cards = await hand.innerText();

	await join(second, link);
	await expect(dan.page.getByText('You play in another tab')).toBeVisible();
	await expect(second.page.getByRole('group', { name: 'Your hand, 10 cards' })).toHaveText(cards);
	await expect(plate(noa.page, 'Dan')).not.toContainText('no link');

	// And back again.
	await dan.page.getByRole('button', { name: 'Play here' }).click();
	await expect(hand).toHaveText(cards);
	await expect(second.page.getByText('You play in another tab')).toBeVisible();
	await expect(plate(noa.page, 'Dan')).not.toContainText('no link');
});

test('a page of an older version is told so, the host as well, and the newest brings them together', async ({
	player,
}) => {
	const noa = await player('Noa');
	const dan = await player('Dan');
	const link = await openTable(noa, { seats: 2 });
	const counts = { version: 0, checks: 0 };
	await dan.page.route('**/_app/immutable/**/*.js', async (route) => {
		const response = await route.fetch();
		const headers = { ...response.headers(), 'cache-control': 'no-store' };
		await route.fulfill({ response, headers, body: lastYears(await response.text(), counts) });
	});

	await dan.page.goto(link);
	await expect(dan.page.getByText('Another version of the app')).toBeVisible();
	await expect(dan.page.getByText('Others at this table have a newer version')).toBeVisible();
	expect(counts, 'what was changed in the code').toEqual({ version: 1, checks: 3 });
	await expect(noa.page.getByText('Somebody here has an older version of the app')).toBeVisible();
	await expectNoAxeFindings(dan.page);

	await dan.page.unrouteAll();
	await dan.page.getByRole('button', { name: 'Load the newest' }).click();
	await expect(lobby(dan.page)).toBeVisible();
	await sit(dan);
	await expect(seat(noa.page, 2)).toContainText('Dan');
	await expect(noa.page.getByText('Somebody here has an older version of the app')).toBeHidden();
});

/** The built code with the protocol of one version before, in all places where it says or checks it. */
function lastYears(code: string, counts: { version: number; checks: number }): string {
	const [said, version] = /type:`hello`,v:(\d+)/.exec(code) ?? [];
	if (said === undefined || version === undefined) return code;
	const before = String(Number(version) - 1);
	counts.version++;
	return code
		.replace(said, said.replace(version, before))
		.replaceAll(
			new RegExp(`(!==|>|<)${version}(?=\\)\\?\`newer\`|\\)\\{await this|&&this\\.#)`, 'g'),
			(_, operator: string) => {
				counts.checks++;
				return `${operator}${before}`;
			},
		);
}
