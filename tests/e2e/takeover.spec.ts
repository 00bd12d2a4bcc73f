/**
 * Losing the host in real browsers: its page is killed without a goodbye, and the others finish with the same cards.
 */
import { expect, PHONE, type Player, test } from './fixtures.ts';
import {
	bidding,
	cardsOf,
	crash,
	expectSoundSheet,
	gameOver,
	hand,
	isOver,
	lobby,
	playUntil,
	roundOf,
	roundSummary,
	seatRows,
	sheetOf,
	start,
	startedTable,
	strip,
	trickOf,
	WHOLE_GAME_MS,
} from './table-driver.ts';

test.use({ window: PHONE, isDrawn: false });
// Side by side: they are the longest, and among the last.
test.describe.configure({ timeout: WHOLE_GAME_MS, mode: 'parallel' });

const inBidding = ({ page }: Player) => bidding(page).isVisible();

const MOMENTS: readonly [when: string, people: 3 | 4, reached: (noa: Player) => Promise<boolean>][] = [
	['in the bidding', 4, async (noa) => inBidding(noa)],
	['in mid-trick', 3, async (noa) => !(await inBidding(noa)) && (await trickOf(noa.page)).length === 2],
	['between rounds', 3, ({ page }) => roundSummary(page).isVisible()],
];

for (const [when, people, reached] of MOMENTS) {
	test(`the host is killed ${when}: the others go on with the same cards to the end, and it comes back as a guest`, async ({
		player,
	}) => {
		const noa = await player('Noa');
		const dan = await player('Dan');
		const yael = await player('Yael');
		const survivors = people === 4 ? [dan, yael, await player('Ben')] : [dan, yael];
		const link = await startedTable([noa, ...survivors], { seats: 4, grace: '10 seconds', fill: people < 4 });
		await playUntil([noa, ...survivors], () => reached(noa));
		const round = await roundOf(dan.page);
		const hands = await Promise.all(survivors.map(({ page }) => cardsOf(page)));

		await crash(noa);
		if (when !== 'between rounds') {
			for (const [index, { page }] of survivors.entries()) {
				expect(await cardsOf(page)).toEqual(hands[index]);
			}
		}

		await playUntil(survivors, async () => (await roundOf(dan.page)) > round && !(await inBidding(dan)));
		const back: Player = { ...noa, page: await noa.context.newPage() };
		await back.page.goto(link);
		await expect(strip(back.page)).toBeVisible();
		// Until it has heard of the others its page shows the round in which it was killed, and may ask for a card of it.
		await expect.poll(() => roundOf(back.page)).toBeGreaterThan(round);
		const all = [...survivors, back];
		await playUntil(all, () => isOver(back.page));
		const sheet = await sheetOf(dan.page);
		expectSoundSheet(sheet, 10);
		for (const { page } of all) {
			await expect(gameOver(page)).toBeVisible();
			expect(await sheetOf(page)).toEqual(sheet);
		}
		if (when === 'in mid-trick') await playAgainWithoutTheHost(all);
	});
}

/** Whoever hosted goes home after the end, and one of the others opens the next game. */
async function playAgainWithoutTheHost(players: readonly Player[]): Promise<void> {
	const again = ({ page }: Player) => page.getByRole('button', { name: 'Play again' });
	let mayOpen: readonly boolean[] = [];
	await expect(async () => {
		mayOpen = await Promise.all(players.map((one) => again(one).isVisible()));
		expect(mayOpen.filter(Boolean)).toHaveLength(1);
	}).toPass();
	const left = players.filter((_, index) => mayOpen[index] === false);
	await players[mayOpen.indexOf(true)]?.page.close();
	for (const one of left) await expect(again(one)).toBeVisible();
	const [first, ...others] = left as [Player, ...Player[]];
	await again(first).click();
	for (const { page } of left) {
		await expect(lobby(page)).toBeVisible();
		for (const { name } of left) await expect(seatRows(page).filter({ hasText: name })).toHaveCount(1);
	}
	await start(first);
	for (const { page } of others) await expect(hand(page).getByRole('button')).toHaveCount(10);
}
