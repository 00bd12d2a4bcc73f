/** Keeping the score of real cards: everybody's own phones at one table, and one phone alone without a network. */
import type { Page } from '@playwright/test';
import { expect, expectNoAxeFindings, PHONE, test, type Player } from './fixtures.ts';
import { crash, numberIn } from './table-driver.ts';

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
	test.setTimeout(240_000);

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
			await comeAs(guest, link, name);
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
		const isTold = ({ page }: Player) =>
			page
				.getByRole('region', { name: 'Notices' })
				.getByText('You host from here on: keep this page open.')
				.isVisible();
		await expect.poll(() => Promise.all(guests.map(isTold))).toContain(true);
		const admin = await adminAmong(guests);
		for (const { page } of guests) await expect(rowOf(page, 'Ruth').locator('.took')).toHaveText('1');
		const others = guests.filter((one) => one !== admin);
		for (const one of others) await mine(one).click();
		for (let trick = 4; trick < 13; trick++)
			await admin.page.getByRole('button', { name: 'Trick for Noa' }).click();
		const anyone = others[0] as Player;
		await anyone.page.getByRole('button', { name: 'Score the round' }).click();
		for (const { page } of guests) await expect(page.getByRole('heading', { name: 'Round 2' })).toBeVisible();

		// Who puts the phone away keeps the seat, and takes it back by the same link.
		const [leaver] = others as [Player, ...Player[]];
		const who = leaver === dan ? 'Dan' : leaver === ruth ? 'Ruth' : 'Gil';
		await menu(leaver.page, 'This phone goes\u2026');
		await leaver.page.getByRole('button', { name: 'Take it out' }).click();
		await leaver.page.getByRole('button', { name: 'Which one are you?' }).click();
		await leaver.page
			.getByRole('dialog')
			.getByRole('listitem')
			.filter({ hasText: who })
			.getByRole('button', { name: 'That\u2019s me' })
			.click();
		await expect(leaver.page.getByRole('button', { name: 'Which one are you?' })).toHaveCount(0);

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

	test('keep five rounds with a frisch, a redeal, an undo and a correction, whatever becomes of their phones', async ({
		player,
	}) => {
		const names = ['Noa', 'Dan', 'Ruth', 'Gil'] as const;
		const noa = await player('Noa', { viewport: PHONE, touch: true });
		await setUp(noa, 'Israeli Whist', names, 'Everybody');
		await noa.page.getByLabel('The game ends').selectOption('After some rounds');
		await noa.page.getByLabel('Rounds').selectOption('5 rounds');
		await noa.page.getByText('Every rule by itself').click();
		await noa.page.getByLabel('When everybody passes').selectOption('One frisch');
		await noa.page.getByLabel('First dealer').selectOption('The first seat');
		await noa.page.getByRole('button', { name: 'Open the table' }).click();
		await expect(noa.page.getByRole('heading', { name: 'Who is who' })).toBeVisible();
		const link = noa.page.url();
		const phones: [Player, Player, Player, Player] = [
			noa,
			await player('Dan\u2019s phone', { viewport: PHONE, touch: true }),
			await player('Ruth\u2019s phone', { viewport: PHONE, touch: true }),
			await player('Gil\u2019s phone', { viewport: PHONE, touch: true }),
		];
		for (const [seat, phone] of phones.entries())
			if (phone !== noa) await comeAs(phone, link, names[seat] ?? '');
		/** Clockwise from the declarer, as the sheet of a round lists them. */
		const from = (declarer: number) => [0, 1, 2, 3].map((by) => (declarer + by) % 4);
		const on = (seat: number) => phones[seat] as Player;
		const [dan, gil] = [on(1), on(3)];

		// Who taps is shown it at once, and the others a moment later: what is compared has to be everybody's.
		let dead: Page | null = null;
		const settled = async () => {
			await expectSameOn(phones.map(({ page }) => page).filter((page) => page !== dead));
			return await shownOn(noa.page);
		};
		// Gil's phone is one that reloads all the time; it always comes back to what the others see.
		const reload = async () => {
			const before = await settled();
			await gil.page.reload();
			await expect.poll(() => shownOn(gil.page)).toEqual(before);
			expect(await shownOn(noa.page)).toEqual(before);
		};
		await gil.page.reload();
		await expect(gil.page.getByRole('listitem').filter({ hasText: 'Gil' })).toContainText('You');
		await expect(noa.page.locator('li small', { hasText: 'no phone' })).toHaveCount(0);
		await noa.page.getByRole('button', { name: 'Begin' }).click();
		for (const { page } of phones) await expect(page.getByRole('heading', { name: 'Round 1' })).toBeVisible();

		// Round 1. Dan's five hearts stand; Ruth's phone dies before she could name her contract, Noa enters it.
		await speak(dan, 'hearts');
		await reload();
		for (const seat of [2, 3, 0]) await pass(on(seat));
		await contract(dan, 5);
		const { context } = on(2);
		dead = on(2).page;
		await crash(on(2));
		await expect(heading(noa.page)).toHaveText('Ruth\u2019s contract');
		await enter(noa.page, 3);
		await reload();
		await contract(gil, 3);
		phones[2] = { ...on(2), page: await context.newPage() };
		await on(2).page.goto(link);
		await contract(noa, 3);
		await expect(on(2).page.getByText('14 of 13')).toBeVisible();

		// A trick that was nobody's is taken back by who claimed it, another by the admin.
		await claim(gil, 1);
		await gil.page.getByRole('button', { name: 'Undo the last trick (Gil)' }).click();
		await expect(rowOf(noa.page, 'Gil').locator('.took')).toHaveText('0');
		await claim(on(2), 1);
		await expect(rowOf(noa.page, 'Ruth').locator('.took')).toHaveText('1');
		await noa.page.getByRole('button', { name: 'Undo the last trick (Ruth)' }).click();
		await expect(rowOf(on(2).page, 'Ruth').locator('.took')).toHaveText('0');
		await reload();
		// One of Noa's tricks is claimed by Dan, and nobody notices.
		for (let took = 1; took <= 3; took++) for (const seat of [1, 2, 3]) await claim(on(seat), took);
		for (const took of [4, 5]) await claim(dan, took);
		for (const took of [1, 2]) await claim(noa, took);
		await reload();
		await on(2).page.getByRole('button', { name: 'Score the round' }).click();

		// Round 2. Everybody passes: the cards go round, and the next auction begins at six.
		for (const seat of from(2)) await pass(on(seat));
		await expect(dan.page.getByText('after a frisch')).toBeVisible();
		await reload();
		const { page: blank } = await blankDevice();
		await speak(on(2), 'spades');
		for (const seat of [3, 0, 1]) await pass(on(seat));
		await expectSameOn([...phones.map(({ page }) => page), blank]);
		await sayAndTake(from(2), TOLD[1]);

		// Round 3. Everybody passes twice: the same dealer deals again, and the round keeps its number.
		for (const seat of [...from(3), ...from(3)]) await pass(on(seat));
		for (const { page } of phones) await expect(page.getByText('from 5')).toBeVisible();
		for (const { page } of phones) await expect(page.getByRole('heading', { name: 'Round 3' })).toBeVisible();
		await speak(gil, 'no trump', 7);
		for (const seat of [0, 1, 2]) await pass(on(seat));
		await sayAndTake(from(3), TOLD[2]);

		// Rounds 4 and 5 are entered all at once by the admin.
		for (const [round, declarer] of [
			[4, 0],
			[5, 1],
		] as const) {
			const told = TOLD[round - 1] ?? TOLD[0];
			await expect(noa.page.getByRole('heading', { name: `Round ${round}` })).toBeVisible();
			await noa.page.getByRole('button', { name: 'Quick entry' }).click();
			const entry = noa.page.getByRole('dialog', { name: 'Quick entry' });
			await entry.getByRole('radio', { name: names[declarer] }).check({ force: true });
			await entry.getByRole('radio', { name: 'diamonds' }).check({ force: true });
			for (const [place, seat] of from(declarer).entries())
				for (let said = 0; said < (told.contracts[place] ?? 0); said++)
					await entry.getByRole('button', { name: `${names[seat]}, Contract: more` }).click();
			await entry.getByRole('button', { name: 'Enter', exact: true }).click();
			await takeFor(from(declarer), told.tricks);
		}

		// Now it is noticed: round 1 is put right, and every later total follows.
		for (const { page } of phones) await expect(heading(page)).toHaveText('All rounds are played.');
		await noa.page.getByRole('button', { name: 'Show the sheet' }).click();
		await noa.page.getByRole('button', { name: 'Put round 1 right' }).first().click();
		const dialog = noa.page.getByRole('dialog', { name: 'Put round 1 right' });
		await dialog.getByRole('button', { name: 'Dan, Took: less' }).click();
		await dialog.getByRole('button', { name: 'Noa, Took: more' }).click();
		await dialog.getByRole('button', { name: 'Put it right' }).click();
		const totals = [0, 0, 0, 0];
		for (const [index, { points }] of TOLD.entries())
			for (const [place, seat] of from((index + 1) % 4).entries())
				totals[seat] = (totals[seat] ?? 0) + (points[place] ?? 0);
		for (const page of [...phones.map((phone) => phone.page), blank])
			for (const [seat, name] of names.entries())
				await expect
					.poll(async () => numberIn(await rowOf(page, name).locator('.total').innerText()))
					.toBe(totals[seat]);
		await reload();
		await menu(dan.page, 'What was changed');
		await expect(dan.page.getByRole('dialog').getByRole('listitem').first()).toContainText(
			'Round 1 was put right',
		);
		await dan.page.keyboard.press('Escape');

		await noa.page.getByRole('button', { name: 'End the game' }).click();
		for (const page of [...phones.map((phone) => phone.page), blank])
			await expect(page.getByRole('heading', { name: 'Gil wins' })).toBeVisible();
		await gil.page.reload();
		await expect(gil.page.getByRole('heading', { name: 'Gil wins' })).toBeVisible();

		/** Comes by the link with nothing stored: it sees all, may enter nothing, and changes nothing. */
		async function blankDevice(): Promise<Player> {
			const before = await settled();
			const one = await player('Lior', { viewport: PHONE });
			await one.page.goto(link);
			await expect.poll(() => shownOn(one.page)).toEqual(before);
			await expect(one.page.getByRole('button', { name: /^(Call|Pass|Quick entry)$/ })).toHaveCount(0);
			await expectSameOn([...phones.map(({ page }) => page), one.page]);
			expect(await shownOn(noa.page)).toEqual(before);
			return one;
		}
		/** Contracts on everybody's own phone, tricks entered by the admin. */
		async function sayAndTake(seats: readonly number[], { contracts, tricks }: Told): Promise<void> {
			for (const [place, seat] of seats.entries()) await contract(on(seat), contracts[place] ?? 0);
			await takeFor(seats, tricks);
		}
		async function takeFor(seats: readonly number[], tricks: readonly number[]): Promise<void> {
			for (const [place, seat] of seats.entries())
				for (let took = 1; took <= (tricks[place] ?? 0); took++)
					if (seat === 0) await claim(noa, took);
					else await claimFor(noa, names[seat] ?? '', took);
			await noa.page.getByRole('button', { name: 'Score the round' }).click();
		}
	});

	/** A round as it is told (the examples of docs/rules-israeli-whist.md 6), the declarer first. */
	interface Told {
		readonly contracts: readonly number[];
		readonly tricks: readonly number[];
		readonly points: readonly number[];
	}
	const TOLD = [
		{ contracts: [5, 3, 3, 3], tricks: [4, 3, 3, 3], points: [-10, 19, 19, 19] },
		{ contracts: [6, 0, 4, 2], tricks: [6, 0, 4, 3], points: [46, 50, 26, -10] },
		{ contracts: [7, 0, 4, 5], tricks: [7, 1, 2, 3], points: [59, -50, -20, -20] },
		{ contracts: [5, 0, 0, 6], tricks: [5, 0, 2, 6], points: [35, 50, -40, 46] },
		{ contracts: [8, 4, 2, 0], tricks: [8, 4, 1, 0], points: [74, 26, -10, 25] },
	] as const satisfies readonly Told[];

	async function comeAs({ page }: Player, link: string, name: string): Promise<void> {
		await page.goto(link);
		await page.locator('li', { hasText: name }).getByRole('button', { name: 'That\u2019s me' }).click();
		await expect(page.getByRole('button', { name: 'That\u2019s me' })).toHaveCount(0);
	}

	/** Head, facts and board as they are read; they stand in the same order on every phone. */
	async function shownOn(page: Page): Promise<string> {
		const parts = [page.locator('h1'), page.locator('.facts'), board(page)];
		const texts = await Promise.all(parts.map((part) => part.innerText()));
		return texts.join(' ').replace(/\s+/gu, ' ');
	}
	async function expectSameOn(pages: readonly Page[]): Promise<void> {
		await expect.poll(async () => new Set(await Promise.all(pages.map(shownOn))).size).toBe(1);
	}

	async function speak({ page }: Player, strain: string, amount?: number): Promise<void> {
		await expect(heading(page)).toHaveText('You speak');
		const number = page.locator('.amounts output');
		while (amount !== undefined && Number(await number.innerText()) < amount)
			await page.getByRole('button', { name: 'Tricks: more' }).click();
		await page.getByRole('radio', { name: strain }).check({ force: true });
		await page.getByRole('button', { name: 'Call' }).click();
		await expect(heading(page)).not.toHaveText('You speak');
	}
	async function pass({ page }: Player): Promise<void> {
		await expect(heading(page)).toHaveText('You speak');
		await page.getByRole('button', { name: 'Pass' }).click();
		await expect(heading(page)).not.toHaveText('You speak');
	}
	async function contract({ page }: Player, number: number): Promise<void> {
		await expect(heading(page)).toHaveText('Your contract');
		await enter(page, number);
	}
	async function enter(page: Page, number: number): Promise<void> {
		const said = (await heading(page).textContent()) ?? '';
		await page
			.locator('.panel')
			.getByRole('button', { name: String(number), exact: true })
			.click();
		await expect(page.getByRole('heading', { name: said })).toHaveCount(0);
	}
	/** The big target of one's own, which counts; the phone itself is `mine`. */
	async function claim({ page }: Player, took: number): Promise<void> {
		const mine = page.getByRole('button', { name: /My trick/u });
		await mine.click();
		// With the last trick of a round the target goes.
		await expect.poll(async () => (await mine.allInnerTexts())[0] ?? `${took}`).toContain(`${took}`);
	}
	async function claimFor({ page }: Player, name: string, took: number): Promise<void> {
		await page.getByRole('button', { name: `Trick for ${name}` }).click();
		await expect(rowOf(page, name).locator('.took')).toHaveText(String(took));
	}

	/** Whose page says so. */
	async function whoseTurn(phones: readonly Player[], text: string): Promise<Player> {
		let found: Player | null = null;
		await expect
			.poll(async () => {
				// A phone that has not heard of the beginning shows the lobby still, with headings of its own.
				for (const one of phones) if ((await heading(one.page).allTextContents()).includes(text)) found = one;
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
		await expect(page.getByRole('heading', { name: 'Round 1' })).toBeVisible();

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

		// At home it is called what it is.
		await page.goto('/');
		await expect(page.getByRole('link', { name: /Score sheet.*Round 3/u })).toBeVisible();

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

test.describe('the order of the seats', () => {
	const NAMES = ['Noa', 'Dan', 'Ruth', 'Gil'] as const;

	test('is changed by finger, by mouse and by keys, before the table opens and at it', async ({ player }) => {
		const noa = await player('Noa', { viewport: PHONE, touch: true });
		const { page } = noa;
		await setUp(noa, 'Israeli Whist', NAMES, 'Everybody');
		const typed = () =>
			page.getByRole('textbox').evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
		await drag(page, 'mouse', 'Gil', 'Noa');
		await expect.poll(typed).toEqual(['Gil', 'Noa', 'Dan', 'Ruth']);
		await drag(page, 'finger', 'Gil', 'Dan');
		await expect.poll(typed).toEqual(['Noa', 'Dan', 'Gil', 'Ruth']);
		await page.getByRole('button', { name: /^Move Ruth/u }).press('ArrowUp');
		await expect.poll(typed).toEqual(['Noa', 'Dan', 'Ruth', 'Gil']);

		await page.getByRole('button', { name: 'Open the table' }).click();
		await expect(page.getByRole('heading', { name: 'Who is who' })).toBeVisible();
		const seated = () => page.getByRole('region', { name: 'Players' }).locator('li bdi').allInnerTexts();
		await drag(page, 'finger', 'Noa', 'Gil');
		await expect.poll(seated).toEqual(['Dan', 'Ruth', 'Gil', 'Noa']);
		await drag(page, 'mouse', 'Gil', 'Dan');
		await expect.poll(seated).toEqual(['Gil', 'Dan', 'Ruth', 'Noa']);
		const handle = page.getByRole('button', { name: /^Move Gil/u });
		await handle.press('ArrowDown');
		await expect.poll(seated).toEqual(['Dan', 'Gil', 'Ruth', 'Noa']);
		await expect(handle).toBeFocused();
		// Keys held down are quicker than the table: every step is taken from what the last one showed.
		for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowUp', 'ArrowUp']) {
			await page.keyboard.press(key);
		}
		await expect(handle).toBeFocused();
		await expect.poll(seated).toEqual(['Gil', 'Dan', 'Ruth', 'Noa']);
		// House rules can still be changed here, and it stays a table of real cards.
		await page.getByLabel('Points').selectOption('Flat');
		await expect(page.getByText('A zero is worth 50 under and 25 over')).toBeVisible();
		await expect(page.getByRole('heading', { name: 'Who is who' })).toBeVisible();
		// What was shown at once is what the table has.
		await expect.poll(seated).toEqual(['Gil', 'Dan', 'Ruth', 'Noa']);
		await page.reload();
		await expect.poll(seated).toEqual(['Gil', 'Dan', 'Ruth', 'Noa']);
		await page.getByRole('button', { name: 'Shuffle' }).click();
		await expect.poll(async () => (await seated()).toSorted()).toEqual([...NAMES].toSorted());
		await expectNoAxeFindings(page);
	});

	/** From the handle of one to where another sits, in several steps as a hand does. */
	async function drag(page: Page, by: 'mouse' | 'finger', who: string, to: string): Promise<void> {
		const middle = async (name: string) => {
			const handle = page.getByRole('button', { name: new RegExp(`^Move ${name}`, 'u') });
			const box = await handle.boundingBox();
			return { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 };
		};
		// All of it in sight, and not below the bar: a hand draws no further than it sees.
		await page
			.getByRole('button', { name: /^Move /u })
			.first()
			.evaluate((handle) => handle.closest('ol')?.scrollIntoView({ block: 'center' }));
		const [from, at] = [await middle(who), await middle(to)];
		const steps = Array.from({ length: 6 }, (_, step) => ({
			x: from.x,
			y: from.y + ((at.y - from.y) * (step + 1)) / 6,
		}));
		if (by === 'mouse') {
			await page.mouse.move(from.x, from.y);
			await page.mouse.down();
			for (const { x, y } of steps) await page.mouse.move(x, y);
			await page.mouse.up();
			return;
		}
		const devtools = await page.context().newCDPSession(page);
		const touch = (type: 'touchStart' | 'touchMove', point: { x: number; y: number }) =>
			devtools.send('Input.dispatchTouchEvent', { type, touchPoints: [point] });
		await touch('touchStart', from);
		for (const point of steps) await touch('touchMove', point);
		await devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
	}
});

test('a table left alone for a day says that it was closed, lies in the history, and opens again where it was', async ({
	player,
}) => {
	const noa = await player('Noa', { viewport: PHONE, touch: true });
	const { page } = noa;
	await page.clock.install();
	await setUp(noa, 'El Dorado', ['Noa', 'Dan', 'Ruth', 'Gil'], 'One phone');
	await page.getByRole('button', { name: 'Begin' }).click();
	await expect(page.getByRole('heading', { name: 'Round 1' })).toBeVisible();
	const said = await heading(page).innerText();
	await page.locator('.panel').getByRole('button', { name: '3', exact: true }).click();
	await expect(heading(page)).not.toHaveText(said);
	const asked = await heading(page).innerText();

	await page.clock.fastForward('24:00:00');
	await expect(page.getByRole('heading', { name: 'This table was closed' })).toBeVisible();
	await expectNoAxeFindings(page);
	await page.getByRole('button', { name: 'Open again' }).click();
	await expect(heading(page)).toHaveText(asked);

	await page.goto('/history');
	const closed = page.getByRole('region', { name: 'Not finished' });
	await expect(closed.getByRole('listitem')).toContainText(/Dan.*Ruth.*Gil/u);
	await expectNoAxeFindings(page);
	await closed.getByRole('link').click();
	await expect(heading(page)).toHaveText(asked);

	// The menu has the rules it is played by.
	await menu(page, 'Rules');
	await expect(page.getByRole('dialog')).toContainText('The hook');
});
