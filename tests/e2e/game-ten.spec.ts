/** The fullest table: ten seats and two decks, on a desktop and on the smallest phone. */
import { expect, PHONE, test } from './fixtures.ts';
import {
	bidding,
	cardsOf,
	expectAllInSight,
	expectSoundSheet,
	hand,
	plate,
	playUntil,
	roundOf,
	roundSummary,
	sheetOf,
	startedTable,
	status,
	trickOf,
} from './table-driver.ts';

test('two people and eight bots play with two decks; on a phone everything stays in sight', async ({
	player,
}) => {
	test.setTimeout(240_000);
	const noa = await player('Noa');
	const dan = await player('Dan', { viewport: PHONE, touch: true });
	const people = [noa, dan] as const;
	await startedTable(people, { seats: 10, fill: true });
	await expect(dan.page.getByRole('list', { name: 'Players' }).getByRole('listitem')).toHaveCount(9);
	await expect(plate(dan.page, 'Noa')).toBeVisible();

	for (const round of [1, 2]) {
		await playUntil(people, async () => (await status(dan.page).innerText()) === 'Your bid');
		await expect(hand(dan.page).getByRole('button')).toHaveCount(11 - round);
		await expect(bidding(dan.page).getByRole('button', { disabled: false })).toHaveCount(12 - round);
		await expectAllInSight(dan.page, `in the bidding of round ${round}`);
		await expectAllInSight(noa.page, `in the bidding of round ${round}`);

		await playUntil(people, async () => (await trickOf(dan.page)).length >= 8);
		await expectAllInSight(dan.page, `in a trick of round ${round}`);
		await expectAllInSight(noa.page, `in a trick of round ${round}`);

		await playUntil(people, () => roundSummary(dan.page).isVisible());
		await expectAllInSight(dan.page, `after round ${round}`);
		await playUntil(people, async () => (await roundOf(dan.page)) > round);
	}
	const sheet = await sheetOf(noa.page);
	expect(sheet.players).toHaveLength(10);
	expectSoundSheet(sheet, 2);
	expect(await cardsOf(dan.page)).toHaveLength(8);
});
