/**
 * `npm run screenshots`: pictures of real games, in both themes, for looking at: El Dorado with people on a phone, a tablet
 * and a desktop at one table, Israeli Whist against bots, and a score keeper. Four minutes.
 *
 *     npm run screenshots                  into test-results/screenshots
 *     npm run screenshots -- some/folder
 *     npm run screenshots -- --docs        those of the README as well, into docs/screenshots
 */
import { mkdir } from 'node:fs/promises';
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

interface Guest {
	readonly person: Player;
	/** As files call it. */
	readonly device: string;
}

const { values, positionals } = parseArgs({
	options: { docs: { type: 'boolean', default: false } },
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

/** One phone for the table: a round of bids and tricks, as the admin enters them. */
async function keepScore(guest: Guest): Promise<void> {
	const { page } = guest.person;
	await page.goto('/keeper');
	await page.getByRole('radio', { name: 'One phone' }).check({ force: true });
	for (const [place, name] of ['Noa', 'Dan', 'Ruth', 'Gil'].entries())
		await page.getByRole('textbox', { name: `Name of player ${place + 1}`, exact: true }).fill(name);
	await picture(guest, 'keeper-line-up');
	await page.getByRole('button', { name: 'Begin' }).click();
	for (const bid of ['2', '3', '4']) await page.getByRole('button', { name: bid, exact: true }).click();
	await picture(guest, 'keeper-bids');
	await page.getByRole('button', { name: '2', exact: true }).click();
	for (const tricks of ['2', '3', '4']) await page.getByRole('button', { name: tricks, exact: true }).click();
	await picture(guest, 'keeper-tricks');
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
		const looks = device === 'phone' ? { viewport: PHONE, touch: true } : {};
		const person = await openPerson(browser, app.url, 'Noa', { ...looks, color: 0, avatar: 3 });
		await playWhistAlone({ person, device });
		await keepScore({ person, device });
		await person.close();
	}
	console.log(folder);
} finally {
	await browser.close();
	await app.close();
}
