/**
 * `npm run screenshots`: pictures of real games, in both themes, for looking at: El Dorado with people on a phone, a tablet
 * and a desktop at one table, Israeli Whist against bots, and a score keeper. Four minutes.
 *
 *     npm run screenshots                  into test-results/screenshots
 *     npm run screenshots -- some/folder
 *     npm run screenshots -- --docs        those of the README as well, into docs/screenshots
 *     npm run screenshots -- --only whist --hebrew
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join as pathOf, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startApp } from '../app.ts';
import { launchBrowser } from '../browser.ts';
import { PHONE, settled, TABLET, type Player } from './fixtures.ts';
import { openPerson } from './person.ts';
import {
	cardsOf,
	gameOver,
	isOver,
	join,
	openTable,
	playUntil,
	ready,
	roundOf,
	roundSummary,
	sit,
	start,
	statusNow,
	trickOf,
} from './table-driver.ts';
import { chooseWhist, playWhist } from './whist-driver.ts';

const project = resolve(import.meta.dirname, '../..');
const THEMES = ['light', 'dark'] as const;
/** Who has no others at the table: the page can begin anew at any moment. */
const ALONE = 'Noa alone';
/** A phone on its side. */
const LANDSCAPE = { width: 740, height: 360 };

interface Guest {
	readonly person: Player;
	/** As files call it. */
	readonly device: string;
}

const { values, positionals } = parseArgs({
	options: {
		docs: { type: 'boolean', default: false },
		/** The same in Hebrew beside it: at a table that one keeps or plays alone. */
		hebrew: { type: 'boolean', default: false },
		/** One of the scenes below. */
		only: { type: 'string' },
	},
	allowPositionals: true,
});
const folder = resolve(project, positionals[0] ?? 'test-results/screenshots');

async function picture({ person, device }: Guest, moment: string): Promise<void> {
	const { page } = person;
	for (const colorScheme of THEMES) {
		await page.emulateMedia({ colorScheme });
		await settled(page);
		await page.screenshot({ path: pathOf(folder, `${moment}-${device}-${colorScheme}.png`) });
	}
	await page.emulateMedia({ colorScheme: null });
	if (values.hebrew && person.name === ALONE) await hebrewPicture({ person, device }, moment);
}

/** In another language the page begins anew, and is where it was. */
async function hebrewPicture({ person: { page }, device }: Guest, moment: string): Promise<void> {
	const speak = async (language: 'he' | 'en'): Promise<void> => {
		await page.evaluate((code) => {
			const KEY = 'overtrick.settings';
			const settings: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
			localStorage.setItem(KEY, JSON.stringify({ ...Object(settings), language: code }));
		}, language);
		await page.reload();
		await page.locator('h1').first().waitFor();
		await page.locator('.skeleton').first().waitFor({ state: 'hidden' });
		await settled(page);
	};
	await speak('he');
	await page.screenshot({ path: pathOf(folder, `${moment}-${device}-he.png`) });
	await speak('en');
}

/** The two that stand in the README. As JPEG: the soft light on the table makes a PNG of 400 kB. */
async function forDocs({ person, device }: Guest): Promise<void> {
	if (!values.docs || device === 'tablet') return;
	const { page } = person;
	const path = pathOf(project, 'docs/screenshots', device === 'phone' ? 'table-phone.jpg' : 'table.jpg');
	await page.emulateMedia({ colorScheme: device === 'phone' ? 'light' : 'dark' });
	await settled(page);
	await page.screenshot({ path, type: 'jpeg', quality: 88 });
	await page.emulateMedia({ colorScheme: null });
}

async function play(guests: readonly Guest[]): Promise<void> {
	const people = guests.map(({ person }) => person);
	const [host, ...others] = people;
	if (host === undefined) return;
	const link = await openTable(host, { seats: 5 });
	for (const other of others) await join(other, link);
	for (const other of others) await sit(other);
	for (const other of others.slice(0, 1)) await ready(other);
	await host.page.getByRole('button', { name: 'Add bot' }).first().click();
	for (const guest of guests) await picture(guest, 'lobby');
	await host.page.getByRole('button', { name: 'Fill with bots' }).click();
	await host.page.getByText('5 of 5 taken').waitFor();
	for (const other of others.slice(1)) await ready(other);
	await start(host);

	for (const guest of guests) {
		const { page } = guest.person;
		await playUntil(people, async () => (await statusNow(page)) === 'Your bid');
		await picture(guest, 'bidding');
	}
	await playUntil(people, async () => (await roundOf(host.page)) === 3);
	for (const guest of guests) {
		await playUntil(people, () => isFullTrick(guest.person));
		await picture(guest, 'trick');
		await forDocs(guest);
	}
	// A round rests for two and a half seconds: one device a round.
	for (const guest of guests) {
		await playUntil(people, async () => !(await roundSummary(guest.person.page).isVisible()));
		await playUntil(people, () => roundSummary(guest.person.page).isVisible());
		await picture(guest, 'round-end');
	}
	await playUntil(people, () => isOver(host.page));
	for (const guest of guests) {
		await gameOver(guest.person.page).waitFor();
		await picture(guest, 'game-end');
	}
}

/** A short game against bots: each thing a page asks, once, and the end. */
async function playWhistAlone(guest: Guest): Promise<void> {
	const { person } = guest;
	const { page } = person;
	await page.goto('/solo');
	await chooseWhist(page, '3 rounds');
	await picture(guest, 'whist-solo');
	// In Hebrew the page began anew, and with it the choice.
	await chooseWhist(page, '3 rounds');
	await page.getByRole('button', { name: 'Deal the cards' }).click();
	const seen = new Set<string>();
	const look = async (moment: string): Promise<void> => {
		if (seen.has(moment)) return;
		seen.add(moment);
		await picture(guest, `whist-${moment}`);
	};
	const before = (_: Player, asked: string): Promise<void> => look(asked);
	// Passes until there was a frisch, or a bot has bid.
	const habits = { before, passes: () => !seen.has('pass') };
	await playWhist([person], () => isFullTrick(person), habits);
	await look('trick');
	await playWhist([person], () => isOver(page), habits);
	await look('end');
}

const NAMES = ['Noa', 'Dan', 'Ruth', 'Gil'] as const;

async function setUpKeeper({ person: { page } }: Guest, game: string): Promise<void> {
	await page.goto('/keeper');
	await page.getByRole('group', { name: 'Game' }).getByRole('radio', { name: game }).check({ force: true });
	await page.getByRole('radio', { name: 'One phone' }).check({ force: true });
	for (const [place, name] of NAMES.entries())
		await page.getByRole('textbox', { name: `Name of player ${place + 1}`, exact: true }).fill(name);
}

/** One phone for the table: a round of bids and tricks, as the admin enters them. */
async function keepElDorado(guest: Guest): Promise<void> {
	const { page } = guest.person;
	const enter = async (numbers: readonly number[]): Promise<void> => {
		for (const number of numbers)
			await page
				.locator('.panel')
				.getByRole('button', { name: String(number), exact: true })
				.click();
	};
	await setUpKeeper(guest, 'El Dorado');
	await picture(guest, 'keeper-line-up');
	// Another language began the page anew.
	if (values.hebrew) await setUpKeeper(guest, 'El Dorado');
	await page.getByRole('button', { name: 'Begin' }).click();
	await enter([2, 3, 4]);
	await picture(guest, 'keeper-bids');
	await enter([2, 2, 3, 4]);
	await picture(guest, 'keeper-tricks');
}

/** One phone for the table: a frisch, a round as it is spoken, two that are entered at once, and the end. */
async function keepWhist(guest: Guest): Promise<void> {
	const { page } = guest.person;
	const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
	const pass = async (times: number): Promise<void> => {
		for (let passed = 0; passed < times; passed++) await button('Pass').click();
	};
	await setUpKeeper(guest, 'Israeli Whist');
	await page.getByLabel('First dealer').selectOption('The first seat', { force: true });
	await button('Begin').click();
	await pass(4);
	await button('Tricks: more').click();
	await page.getByRole('radio', { name: 'hearts' }).check({ force: true });
	await picture(guest, 'keeper-whist-auction');
	if (values.hebrew) {
		await button('Tricks: more').click();
		await page.getByRole('radio', { name: 'hearts' }).check({ force: true });
	}
	await button('Call').click();
	await pass(3);
	for (const contract of [7, 0, 4])
		await page
			.locator('.panel')
			.getByRole('button', { name: String(contract), exact: true })
			.click();
	await page.locator('.panel').getByRole('button', { name: '2', exact: true }).click({ force: true });
	await picture(guest, 'keeper-whist-contracts');
	await page.locator('.panel').getByRole('button', { name: '5', exact: true }).click();
	await take([3, 7, 1, 2], 1);
	await picture(guest, 'keeper-whist-tricks');
	await button(/^My trick/).click();
	await button('Score the round').click();
	for (const [contracts, tricks] of [
		[
			[2, 6, 0, 4],
			[3, 6, 0, 4],
		],
		[
			[0, 6, 5, 0],
			[2, 6, 5, 0],
		],
	] as const) {
		await button('Quick entry').click();
		const entry = page.getByRole('dialog', { name: 'Quick entry' });
		await entry.getByRole('radio', { name: 'Dan' }).check({ force: true });
		for (const [seat, said] of contracts.entries())
			for (let more = 0; more < said; more++)
				await entry.getByRole('button', { name: `${NAMES[seat]}, Contract: more` }).click();
		if (tricks[0] === 2) await picture(guest, 'keeper-whist-quick');
		if (values.hebrew && tricks[0] === 2) break;
		await entry.getByRole('button', { name: 'Enter', exact: true }).click();
		await take(tricks, 0);
		await button('Score the round').click();
	}
	await picture(guest, 'keeper-whist-between');
	if (guest.device === 'phone') {
		await page.setViewportSize(LANDSCAPE);
		await picture(guest, 'keeper-whist-landscape');
		await page.setViewportSize(PHONE);
	}
	await button('Menu').click();
	await picture(guest, 'keeper-whist-menu');
	await page.reload();
	await button('Menu').click();
	await button('Share the score').click();
	const image = page.getByRole('dialog').getByRole('img');
	await picture(guest, 'keeper-whist-share');
	if (!values.hebrew) {
		const png = await image.evaluate(async (one) => {
			const bytes = await (await fetch((one as HTMLImageElement).src)).arrayBuffer();
			return Array.from(new Uint8Array(bytes));
		});
		await writeFile(pathOf(folder, `share-${guest.device}.png`), Uint8Array.from(png));
	}
	await page.reload();
	await button('Menu').click();
	await button('End the game\u2026').click();
	await button('End it').click();
	await page.getByRole('heading', { name: /wins|share the win/ }).waitFor();
	await picture(guest, 'keeper-whist-end');

	async function take(tricks: readonly number[], kept: number): Promise<void> {
		for (const [seat, count] of tricks.entries())
			for (let took = seat === 0 ? kept : 0; took < count; took++)
				await (seat === 0 ? button(/^My trick/) : button(new RegExp(`^Trick for ${NAMES[seat]}`))).click();
	}
}

/** A choice to make with most cards on the table; with all five it would be a trick that rests. */
async function isFullTrick({ page }: Player): Promise<boolean> {
	const played = (await trickOf(page)).length;
	if (played < 3 || played > 4 || (await statusNow(page)) !== 'Your turn') return false;
	return (await cardsOf(page)).length >= 4;
}

await mkdir(folder, { recursive: true });
if (values.docs) await mkdir(pathOf(project, 'docs/screenshots'), { recursive: true });
const [app, browser] = await Promise.all([startApp(), launchBrowser()]);
try {
	const { only } = values;
	if (only === undefined || only === 'people')
		await play([
			{ person: await openPerson(browser, app.url, 'Noa', { color: 0, avatar: 3 }), device: 'desktop' },
			{
				person: await openPerson(browser, app.url, 'Dan', {
					viewport: PHONE,
					touch: true,
					color: 5,
					avatar: 8,
				}),
				device: 'phone',
			},
			{
				person: await openPerson(browser, app.url, 'Yael', {
					viewport: TABLET,
					touch: true,
					color: 2,
					avatar: 21,
				}),
				device: 'tablet',
			},
		]);
	for (const device of ['phone', 'desktop'] as const) {
		const looks =
			device === 'phone' ? { viewport: PHONE, touch: true } : { viewport: { width: 1280, height: 800 } };
		const person = await openPerson(browser, app.url, ALONE, { ...looks, color: 0, avatar: 3 });
		const guest = { person, device };
		if (only === undefined || only === 'whist') await playWhistAlone(guest);
		if (only === undefined || only === 'keeper') {
			await keepElDorado(guest);
			await keepWhist(guest);
		}
		await person.close();
	}
	console.log(folder);
} finally {
	await browser.close();
	await app.close();
}
