/** Israeli Whist with cards: four people in four browsers, and one alone by keyboard. */
import { expect, expectNoAxeFindings, PHONE, test, type Player } from './fixtures.ts';
import {
	crash,
	expectAllInSight,
	gameOver,
	hand,
	isOver,
	join,
	numberIn,
	ready,
	roundOf,
	roundSummary,
	sit,
	start,
	status,
	strip,
} from './table-driver.ts';
import {
	auction,
	chooseWhist,
	contracts,
	expectSoundWhistSheet,
	openWhist,
	playWhist,
	whistSheetOf,
} from './whist-driver.ts';

/** What is refused can be tapped all the same: that is how it says why. */
const REFUSED = { force: true } as const;

test.describe.configure({ timeout: 240_000 });

test('four people play three rounds, the host killed in the middle of a frisch, and agree on every number', async ({
	player,
}) => {
	let noa = await player('Noa');
	const dan = await player('Dan', { viewport: PHONE, touch: true });
	const yael = await player('Yael', { viewport: PHONE, isDrawn: false });
	const omar = await player('Omar', { isDrawn: false });
	let people = [noa, dan, yael, omar] as const;
	const link = await openWhist(noa, { end: '3 rounds' });
	for (const guest of [dan, yael, omar]) {
		await join(guest, link);
		await sit(guest);
		await ready(guest);
	}
	await start(noa);
	await Promise.all(people.map(({ page }) => expect(strip(page)).toHaveAccessibleName('Round 1 of 3')));

	// Everybody passes: it is in their hands that there is a frisch.
	const hasFrisch = async () => (await status(dan.page).innerText()) === 'Choose three cards to pass on';
	await playWhist(people, hasFrisch, { passes: () => true });
	await Promise.all(people.map(({ page }) => expect(page.getByText('Frisch 1 of 3')).toBeVisible()));
	await expectAllInSight(dan.page, 'in the frisch');
	await expectNoAxeFindings(dan.page);
	const before = await cardsIn(dan);
	await expect(dan.page.getByText('Three cards to Yael, on your left')).toBeVisible();
	await expect(dan.page.getByText('Three come from Noa')).toBeVisible();
	const hasChosen = ({ page }: Player) => page.getByText(/^Your three cards go to /).isVisible();
	await playWhist([dan, yael], async () => (await hasChosen(dan)) && (await hasChosen(yael)), {
		passes: () => true,
	});
	await expect(dan.page.getByText('Your three cards go to Yael')).toBeVisible();
	await expect(hand(dan.page)).toHaveAccessibleName('Your hand, 13 cards');

	// Two have chosen when the browser that runs the table is killed: the cards lie sealed, and another goes on.
	await crash(noa);
	await playWhist([omar], () => hasChosen(omar));
	noa = { ...noa, page: await noa.context.newPage() };
	people = [noa, dan, yael, omar];
	await noa.page.goto(link);
	await expect(noa.page.getByText('Frisch 1 of 3')).toBeVisible();
	await playWhist([noa], async () => !(await noa.page.getByText('Frisch 1 of 3').isVisible()));
	await expect(dan.page.getByText('From Noa')).toBeVisible();
	const after = await cardsIn(dan);
	expect(after.filter((name) => name.endsWith(', new'))).toHaveLength(3);
	expect(after.map(plain).filter((name) => before.includes(name))).toHaveLength(10);

	await playWhist(people, () => isOver(noa.page));
	const sheet = await whistSheetOf(noa.page);
	expect(sheet.players).toEqual(['Noa', 'Dan', 'Yael', 'Omar']);
	expectSoundWhistSheet(sheet, 3);
	for (const { page } of people) {
		await expect(gameOver(page)).toBeVisible();
		expect(await whistSheetOf(page)).toEqual(sheet);
		await expect(page.getByText('Deal checked by 4 players').first()).toBeVisible();
	}
});

test('one person and three bots play to a hundred points by keyboard alone, and nothing is in the way of anybody', async ({
	player,
}) => {
	const noa = await player('Noa', { viewport: PHONE });
	const { page } = noa;
	await page.goto('/solo');
	await chooseWhist(page, '100 points');
	await expectNoAxeFindings(page);
	await page.getByRole('button', { name: 'Deal the cards' }).press('Enter');
	await expect(strip(page)).toHaveAccessibleName('Round 1');

	const looked = new Set<string>();
	const look = async (what: string) => {
		if (looked.has(what)) return;
		looked.add(what);
		await expectAllInSight(page, `in the ${what}`);
		await expectNoAxeFindings(page);
	};
	const before = (_: Player, what: string) => look(what);
	// Passes as long as there was no frisch: sooner or later the bots pass as well, or they play.
	await playWhist([noa], async () => (await roundOf(page)) >= 2, {
		keyboard: true,
		passes: () => !looked.has('pass'),
		before,
	});
	const midTrick = async () =>
		(await status(page).innerText()) === 'Your turn' && !(await roundSummary(page).isVisible());
	await playWhist([noa], midTrick, { keyboard: true, before });
	await look('play');
	expect([...looked]).toEqual(expect.arrayContaining(['call', 'contract', 'play']));

	await playWhist([noa], () => isOver(page), { keyboard: true, before });
	await expectNoAxeFindings(page);
	const sheet = await whistSheetOf(page);
	expectSoundWhistSheet(sheet, sheet.rows.length);
	// Nobody had a hundred points before the last round (5.4).
	expect(Math.max(...sheet.totals.map(numberIn))).toBeGreaterThanOrEqual(100);
	const before100 = sheet.rows.at(-2)?.map((cell) => numberIn(cell.split(' ').at(-1) ?? '')) ?? [];
	expect(Math.max(0, ...before100)).toBeLessThan(100);
});

test('what may not be called or named says why', async ({ player }) => {
	const { page } = await player('Noa', { viewport: PHONE });
	await page.goto('/solo');
	await chooseWhist(page, '3 rounds');
	await page.getByText('Every rule by itself').click();
	await page.getByLabel('First dealer').selectOption('The first seat');
	await page.getByRole('button', { name: 'Deal the cards' }).click();
	await expect(auction(page).getByRole('button', { name: 'Pass' })).toBeEnabled();

	// The dealer speaks last: whatever the bots have said, below five there is nothing, and thirteen is the most.
	await auction(page).getByRole('button', { name: 'Call', exact: true }).click(REFUSED);
	await expect(status(page)).toHaveText('Choose a suit, or no-trump, first');
	await auction(page).getByRole('button', { name: 'A lower number' }).click(REFUSED);
	await expect(status(page)).toHaveText(/^The lowest call now is \d+$/);
	for (let more = 0; more < 9; more++) {
		await auction(page).getByRole('button', { name: 'A higher number' }).click(REFUSED);
	}
	await expect(status(page)).toHaveText('There are only thirteen tricks');
	await auction(page).getByRole('button', { name: 'no-trump' }).click();
	await auction(page).getByRole('button', { name: 'Call 13 no-trump' }).click();

	// Nothing is higher: the declarer names thirteen, and anything less is too low.
	await expect(contracts(page).getByRole('button', { name: 'Contract 13' })).toBeEnabled();
	await contracts(page).getByRole('button', { name: '12 is too low: your call was 13' }).click(REFUSED);
	await expect(status(page)).toHaveText('12 is too low: your call was 13');
	await contracts(page).getByRole('button', { name: 'Contract 13' }).click();
	await expect(page.getByText('Contract 13, took 0, declarer', { exact: true })).toBeVisible();
});

async function cardsIn({ page }: Player): Promise<string[]> {
	return hand(page)
		.getByRole('button')
		.evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label') ?? ''));
}

const plain = (name: string): string => name.replace(/,.*/, '');
