/** Whole games of El Dorado in real browsers: every player has one of their own, and real data channels join them. */
import { DESKTOP, PHONE, TABLET, expect, expectNoAxeFindings, test } from './fixtures.ts';
import {
	cardsOf,
	expectSoundSheet,
	gameOver,
	hand,
	isOver,
	lobby,
	numberIn,
	playUntil,
	seatRows,
	sheetOf,
	start,
	startedTable,
	trick,
	trickOf,
	WHOLE_GAME_MS,
} from './table-driver.ts';

test('four people play ten rounds, agree on every number and the winner, and play again', async ({
	player,
}) => {
	test.setTimeout(WHOLE_GAME_MS);
	const people = [
		await player('Noa', { viewport: DESKTOP }),
		await player('Dan', { viewport: PHONE, touch: true }),
		await player('Yael', { viewport: TABLET, colorScheme: 'dark', isDrawn: false }),
		await player('Ben', { viewport: DESKTOP, isDrawn: false }),
	] as const;
	const names = people.map(({ name }) => name);
	const [noa, ...guests] = people;
	await startedTable(people, { seats: 4 });
	await noa.page.getByRole('button', { name: 'Say something' }).click();
	await expectNoAxeFindings(noa.page);
	await noa.page.getByRole('button', { name: 'Good luck!' }).click();
	await Promise.all(people.map(({ page }) => expect(page.getByText('Noa: Good luck!')).toBeAttached()));
	await playUntil(people, () => isOver(noa.page));

	const sheet = await sheetOf(noa.page);
	expect(sheet.players).toEqual(names);
	expectSoundSheet(sheet, 10);
	for (const { page } of people) {
		await expect(gameOver(page)).toBeVisible();
		expect(await sheetOf(page)).toEqual(sheet);
	}

	const best = Math.max(...sheet.totals.map(numberIn));
	const winners = names.filter((_, seat) => numberIn(sheet.totals[seat] ?? '') === best);
	for (const { page, name } of people) {
		const headline = await gameOver(page).innerText();
		if (winners.length > 1) for (const winner of winners) expect(headline).toContain(winner);
		else expect(headline).toBe(winners[0] === name ? 'You win' : `${winners[0] ?? ''} wins`);
	}
	await expectNoAxeFindings(noa.page);

	await noa.page.getByRole('button', { name: 'Play again' }).click();
	for (const { page } of people) {
		await expect(lobby(page)).toBeVisible();
		for (const [seat, name] of names.entries()) await expect(seatRows(page).nth(seat)).toContainText(name);
	}
	await start(noa);
	for (const { page } of people) await expect(hand(page).getByRole('button')).toHaveCount(10);
	const cards = (await Promise.all(people.map(({ page }) => cardsOf(page)))).flat();
	expect(new Set(cards).size, 'no card is in two hands').toBe(40);
	await playUntil(people, async () => (await trickOf(noa.page)).length === 1);
	for (const { page } of guests) await expect(trick(page).getByRole('img')).toHaveCount(1);
});

test('one person plays ten rounds with three bots, by keyboard alone', async ({ player }) => {
	test.setTimeout(WHOLE_GAME_MS);
	const noa = await player('Noa');
	await startedTable([noa], { seats: 4, bots: 'Club' });
	await playUntil([noa], () => isOver(noa.page), { keyboard: true });
	const sheet = await sheetOf(noa.page);
	expect(sheet.players).toHaveLength(4);
	expectSoundSheet(sheet, 10);
});
