/**
 * Losing the host in real browsers: its page is killed without a goodbye, and the others finish with the same cards.
 */
import { expect, test, type Player } from './fixtures.ts';
import {
	bidding,
	cardsOf,
	crash,
	playUntil,
	roundOf,
	roundSummary,
	sheetOf,
	startedTable,
	strip,
	trickOf,
} from './table-driver.ts';

test.describe.configure({ timeout: 240_000 });

const inBidding = ({ page }: Player) => bidding(page).isVisible();

const MOMENTS: readonly [when: string, reached: (noa: Player) => Promise<boolean>][] = [
	['in the bidding', async (noa) => inBidding(noa)],
	['in mid-trick', async (noa) => !(await inBidding(noa)) && (await trickOf(noa.page)).length === 2],
	['between rounds', ({ page }) => roundSummary(page).isVisible()],
];

for (const [when, reached] of MOMENTS) {
	test(`the host is killed ${when}: the others go on with the same cards, and it comes back as a guest`, async ({
		player,
	}) => {
		const noa = await player('Noa');
		const dan = await player('Dan');
		const yael = await player('Yael');
		const ben = await player('Ben');
		const link = await startedTable([noa, dan, yael, ben], { seats: 4, grace: '10 seconds' });
		await playUntil([noa, dan, yael, ben], () => reached(noa));
		const survivors = [dan, yael, ben] as const;
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
		const all = [...survivors, back];
		await playUntil(all, async () => (await roundOf(back.page)) > round + 1);
		const sheet = await sheetOf(dan.page);
		for (const { page } of all) {
			await expect.poll(async () => (await sheetOf(page)).rows[round - 1]).toEqual(sheet.rows[round - 1]);
		}
	});
}
