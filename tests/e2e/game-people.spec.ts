/** What people do to a game: they reload, vanish, leave for good, come back and come late, and it goes on. */
import { expect, test, type Player } from './fixtures.ts';
import {
	bidding,
	cardsOf,
	crash,
	hand,
	join,
	playTurn,
	playUntil,
	plate,
	roundOf,
	seatRows,
	openTable,
	sheetOf,
	start,
	startedTable,
	status,
	statusNow,
	strip,
	trickOf,
} from './table-driver.ts';

test.use({ isDrawn: false });
test.describe.configure({ timeout: 180_000 });

const inBidding = ({ page }: Player) => bidding(page).isVisible();
const inRound = (player: Player, round: number) => async () => (await roundOf(player.page)) >= round;

test('a guest reloads in the bidding and in mid-trick: same seat, same hand, nothing asked', async ({
	player,
}) => {
	const noa = await player('Noa');
	const dan = await player('Dan');
	const yael = await player('Yael');
	const people = [noa, dan, yael] as const;
	await startedTable(people, { seats: 3 });

	for (const moment of ['bidding', 'mid-trick'] as const) {
		await test.step(`in ${moment}`, async () => {
			if (moment === 'mid-trick') {
				await playUntil(
					people,
					async () => !(await inBidding(noa)) && (await trickOf(noa.page)).length === 2,
				);
			}
			const [cards, trick, line] = [
				await cardsOf(dan.page),
				await trickOf(dan.page),
				await status(dan.page).innerText(),
			];
			await dan.page.reload();
			// How soon is in the bench (`room.reload_ms_p95`).
			await expect(hand(dan.page)).toBeVisible();
			expect(await cardsOf(dan.page)).toEqual(cards);
			await expect(status(dan.page)).toHaveText(line);
			expect(await trickOf(dan.page)).toEqual(trick);
			// Both ends see the link again.
			await expect(plate(noa.page, 'Dan')).not.toContainText('no link');
			await expect(plate(dan.page, 'Noa')).not.toContainText('no link');
		});
	}
	await playUntil(people, inRound(dan, 2));
	const sheet = await sheetOf(dan.page);
	expect(sheet.players).toEqual(['Noa', 'Dan', 'Yael']);
	expect(await sheetOf(noa.page)).toEqual(sheet);
});

test('the host reloads in mid-trick, and everybody goes on', async ({ player }) => {
	const noa = await player('Noa');
	const people = [noa, await player('Dan'), await player('Yael')] as const;
	await startedTable(people, { seats: 3 });
	await playUntil(people, async () => !(await inBidding(noa)) && (await trickOf(noa.page)).length === 2);
	const trick = await trickOf(noa.page);
	const hands = await Promise.all(people.map(({ page }) => cardsOf(page)));

	await noa.page.reload();
	await expect(hand(noa.page)).toBeVisible();
	for (const [index, { page }] of people.entries()) {
		expect(await cardsOf(page)).toEqual(hands[index]);
		expect(await trickOf(page)).toEqual(trick);
	}
	await playUntil(people, inRound(noa, 2));
	const sheet = await sheetOf(noa.page);
	for (const { page } of people) {
		await expect(strip(page)).toHaveAccessibleName('Round 2 of 10');
		expect((await sheetOf(page)).rows[0]).toEqual(sheet.rows[0]);
	}
});

test('a bot stands in for a guest who is gone longer than the grace time, until the guest is back', async ({
	player,
}) => {
	const noa = await player('Noa');
	const dan = await player('Dan');
	const link = await startedTable([noa, dan], { seats: 3, bots: 'None', fill: true, grace: '10 seconds' });
	await playUntil([noa, dan], async () => !(await inBidding(noa)));
	const cards = await cardsOf(dan.page);

	await crash(dan);
	await expect(plate(noa.page, 'Dan')).toContainText('no link');
	await playUntil([noa], () => plate(noa.page, 'Dan').getByText('bot plays').first().isVisible());
	// Play goes on without Dan.
	await playUntil([noa], async () => (await cardsOf(noa.page)).length <= cards.length - 3);

	const back: Player = { ...dan, page: await dan.context.newPage() };
	await back.page.goto(link);
	await expect(plate(noa.page, 'Dan')).not.toContainText(/bot plays|no link/);
	const left = await cardsOf(back.page);
	expect(cards).toEqual(expect.arrayContaining(left));
	expect(left.length).toBeLessThan(cards.length);
	// The seat is Dan's again: the table waits, and nobody plays for him.
	await playUntil([noa], async () => (await statusNow(back.page))?.startsWith('You') === true);
	await expect(status(noa.page)).toHaveText(/^Waiting for Dan to/);
	await playTurn(back);
	expect(await cardsOf(back.page)).toHaveLength(left.length - 1);
	await playUntil([noa, back], inRound(back, 2));
	expect((await sheetOf(back.page)).rows[0]).toEqual((await sheetOf(noa.page)).rows[0]);
});

test('a player leaves for good and returns two rounds later; the sheet shows the rounds that were missed', async ({
	player,
}) => {
	const noa = await player('Noa');
	const dan = await player('Dan');
	await startedTable([noa, dan], { seats: 3, fill: true });
	await playUntil([noa, dan], async () => (await cardsOf(dan.page)).length === 8);

	const leave = async () => {
		await dan.page.getByRole('button', { name: 'Table menu' }).click();
		await dan.page.getByRole('button', { name: /^Leave for good/ }).click();
		await dan.page.getByRole('button', { name: 'Leave', exact: true }).click();
		await expect(plate(noa.page, 'Dan')).toContainText('left');
		await expect(dan.page.getByText('You have left this game')).toBeVisible();
		await expect(hand(dan.page)).toBeHidden();
	};
	await leave();
	// The round is finished for the seat that was left, whoever thinks better of it.
	await dan.page.getByRole('button', { name: 'Return to your seat' }).click();
	await expect(plate(noa.page, 'Dan')).toContainText('next round');
	await expect(dan.page.getByText('You are in from the next round on')).toBeVisible();
	await expect(hand(dan.page)).toBeHidden();
	await leave();
	await playUntil([noa], inRound(noa, 2));
	await playUntil([noa], inRound(noa, 3));
	await expect(plate(noa.page, 'Dan')).toContainText('left');

	await dan.page.getByRole('button', { name: 'Return to your seat' }).click();
	await expect(dan.page.getByText('You are in from the next round on')).toBeVisible();
	await expect(plate(noa.page, 'Dan')).toContainText('next round');
	await playUntil([noa, dan], inRound(noa, 4));
	await expect(hand(dan.page)).toHaveAccessibleName('Your hand, 7 cards');
	await playUntil([noa, dan], inRound(noa, 5));

	const sheet = await sheetOf(noa.page);
	const seat = sheet.players.indexOf('Dan') + 1;
	const cells = sheet.rows.slice(0, 4).map((row) => row[seat]);
	expect(cells).toEqual([expect.stringContaining('/'), '\u2013', '\u2013', expect.stringContaining('/')]);
	expect((await sheetOf(dan.page)).rows.slice(0, 4)).toEqual(sheet.rows.slice(0, 4));
});

test('who comes late watches, takes the free seat and is dealt in with the next round', async ({
	player,
}) => {
	const noa = await player('Noa');
	const dan = await player('Dan');
	const link = await openTable(noa, { seats: 3 });
	await seatRows(noa.page).nth(2).getByRole('button', { name: 'Add bot' }).click();
	await start(noa);
	await playUntil([noa], async () => (await cardsOf(noa.page)).length === 8);

	await join(dan, link);
	await expect(dan.page.getByText('You are watching')).toBeVisible();
	await dan.page.getByRole('button', { name: 'Take the free seat' }).click();
	await expect(dan.page.getByText('You are in from the next round on')).toBeVisible();
	await expect(hand(dan.page)).toBeHidden();
	await playUntil([noa, dan], inRound(noa, 2));
	await expect(hand(dan.page)).toHaveAccessibleName('Your hand, 9 cards');
	await playUntil([noa, dan], inRound(noa, 3));

	const sheet = await sheetOf(dan.page);
	const seat = sheet.players.indexOf('Dan') + 1;
	expect(seat).toBe(2);
	expect(sheet.rows.slice(0, 2).map((row) => row[seat])).toEqual(['\u2013', expect.stringContaining('/')]);
});
