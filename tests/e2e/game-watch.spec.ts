/** Who only watches: sees what is public as it happens, and never gets a byte of a hand. */
import type { Page } from '@playwright/test';
import { parseCardId } from '../../src/lib/cards/card.ts';
import { formatCard } from '../../src/lib/cards/notation.ts';
import type { SealedHand } from '../../src/lib/game/log.ts';
import { openHand } from '../../src/lib/room/deal.ts';
import type { IdentitySeeds } from '../../src/lib/room/keys.ts';
import { nodeKeys } from '../sim/node-keys.ts';
import { expect, test } from './fixtures.ts';
import { OVERHEAR, overheard } from './overheard.ts';
import {
	bidding,
	cardsOf,
	hand,
	join,
	playUntil,
	plate,
	roundOf,
	sheetOf,
	startedTable,
	status,
	statusNow,
	strip,
	trickOf,
} from './table-driver.ts';

test.use({ isDrawn: false });

interface Deal {
	readonly round: number;
	readonly trumpCard: string;
	readonly payload: Readonly<Record<string, unknown>>;
	readonly hands: readonly (SealedHand | null)[];
	/** Of the record, in all that was heard. */
	readonly at: number;
}

/** Every record of a deal among the bytes, by its text: a log travels as it is signed. */
function dealsIn(text: string): Deal[] {
	const records = text.matchAll(
		/"type":"cards_dealt","v":\d+,"payload":(?<payload>\{[^{}]*\}),"hands":(?<hands>\[[^\]]*\])\}/g,
	);
	return Array.from(records, ({ index, groups = {} }) => {
		const payload = JSON.parse(groups['payload'] ?? '') as Deal['payload'] &
			Pick<Deal, 'round' | 'trumpCard'>;
		const hands = JSON.parse(groups['hands'] ?? '') as Deal['hands'];
		return { round: payload.round, trumpCard: payload.trumpCard, payload, hands, at: index };
	});
}

/** `Queen of hearts` as a log writes it, `QH`. */
function notationOf(name: string): string {
	const [rank = '', , suit = ''] = name.split(' ');
	const ranks = [
		'Two',
		'Three',
		'Four',
		'Five',
		'Six',
		'Seven',
		'Eight',
		'Nine',
		'Ten',
		'Jack',
		'Queen',
		'King',
		'Ace',
	];
	return `${'23456789TJQKA'[ranks.indexOf(rank)] ?? '?'}${suit.charAt(0).toUpperCase()}`;
}

/** Every card that is written in these bytes as a log or a message writes one. */
function cardsWrittenIn(text: string): string[] {
	return Array.from(text.matchAll(/"([2-9TJQKA][CDHS])\*?"/g), ([, card = '']) => card);
}

/** Whether the numbers of exactly these cards stand side by side anywhere, in any order: a hand as raw bytes. */
function holdsAsBytes(bytes: Buffer, cards: readonly string[]): boolean {
	const wanted = [...cards].sort().join();
	const names = Array.from(bytes, (byte) => {
		const card = parseCardId(byte);
		return card === null ? '-' : formatCard(card);
	});
	return names.some(
		(_, at) =>
			names
				.slice(at, at + cards.length)
				.sort()
				.join() === wanted,
	);
}

/** The secrets of this browser's player, from where the browser keeps them. */
async function seedsOf(page: Page): Promise<IdentitySeeds> {
	const { sign, box } = await page.evaluate<{ sign: number[]; box: number[] }>(
		`new Promise((resolve, reject) => {
			const opening = indexedDB.open('overtrick');
			opening.onerror = () => reject(opening.error);
			opening.onsuccess = () => {
				const reading = opening.result.transaction('identity').objectStore('identity').get('self');
				reading.onsuccess = () =>
					resolve({ sign: [...reading.result.sign], box: [...reading.result.box] });
			};
		})`,
	);
	return { sign: Uint8Array.from(sign), box: Uint8Array.from(box) };
}

/** Each sealed hand of a deal as the owner of this browser can open it; null where it does not open. */
async function openedBy(page: Page, deal: Deal) {
	const identity = await nodeKeys().identity(await seedsOf(page));
	return Promise.all(deal.hands.map(async (sealed) => (sealed === null ? null : openHand(identity, sealed))));
}

test('a spectator who comes by the link after the start sees the game live, and no hand in any byte', async ({
	player,
}) => {
	test.setTimeout(180_000);
	const noa = await player('Noa');
	const dan = await player('Dan', { initScript: OVERHEAR });
	const spy = await player('Spy', { initScript: OVERHEAR });
	const players = [noa, dan] as const;
	const link = await startedTable(players, { seats: 3, fill: true });
	await playUntil(players, async () => (await cardsOf(noa.page)).length === 8);

	await join(spy, link);
	await expect(spy.page.getByText('You are watching')).toBeVisible();
	await expect(plate(spy.page, 'Noa')).toBeVisible();
	await noa.page.getByRole('button', { name: 'Table menu' }).click();
	const people = noa.page.getByRole('dialog').getByRole('list', { name: 'Players' });
	await expect(people.getByRole('listitem').filter({ hasText: 'Spy' })).toContainText('watches');
	await noa.page.keyboard.press('Escape');

	await test.step('what is public arrives as it happens', async () => {
		// The table waits for Noa, so the trick stays as it is once the one before, three cards, has rested.
		await playUntil(players, async () => (await statusNow(noa.page)) === 'Your turn');
		await expect.poll(async () => (await trickOf(noa.page)).length).toBeLessThan(3);
		await expect.poll(() => trickOf(spy.page)).toEqual(await trickOf(noa.page));
		await playUntil(players, async () => (await roundOf(noa.page)) === 2);
		await expect(strip(spy.page)).toHaveAccessibleName('Round 2 of 10');
		expect((await sheetOf(spy.page)).rows[0]).toEqual((await sheetOf(noa.page)).rows[0]);
		await expect(status(spy.page)).toHaveText(/^Waiting for \w.* to bid$/);
	});

	const hands = await Promise.all(players.map(({ page }) => cardsOf(page)));
	expect(hands.map((cards) => cards.length)).toEqual([9, 9]);
	await expect(hand(spy.page)).toHaveCount(0);
	await expect(bidding(spy.page)).toHaveCount(0);

	await test.step('the deal says only what everybody may know, and no box opens', async () => {
		const heard = Buffer.concat((await overheard(spy.page)).frames);
		const text = heard.toString('latin1');
		const deals = dealsIn(text);
		expect(deals.map(({ round }) => round)).toEqual([1, 2]);
		for (const deal of deals) {
			const said = ['active', 'cardsEach', 'dealer', 'round', 'seats', 'trumpCard'];
			expect(Object.keys(deal.payload).sort()).toEqual(said);
			expect(deal.hands).toHaveLength(3);
			for (const sealed of deal.hands) {
				expect(Object.keys(sealed ?? {}).sort()).toEqual(['box', 'commitment']);
			}
			// Two people's hands are sealed to them; a bot's never leaves the host.
			expect(deal.hands.filter((sealed) => sealed?.box != null)).toHaveLength(2);
			expect(await openedBy(spy.page, deal)).toEqual([null, null, null]);
		}
		// Nobody has played in round 2 yet: of its cards only the one turned up is written anywhere.
		const [, second] = deals;
		expect(cardsWrittenIn(text.slice(second?.at))).toEqual([second?.trumpCard]);
		for (const cards of hands) expect(holdsAsBytes(heard, cards.map(notationOf))).toBe(false);
		// The key of round 1 is out, for that round is over; that of round 2 is not.
		expect(text.match(/"type":"round_revealed"/g)).toHaveLength(1);
	});

	await test.step('the same look at a player finds its own hand, and that alone', async () => {
		const text = Buffer.concat((await overheard(dan.page)).frames).toString('latin1');
		const deal = dealsIn(text).find(({ round }) => round === 2);
		if (deal === undefined) throw new Error('a player hears of the deal');
		const [, own = []] = hands;
		const opened = await openedBy(dan.page, deal);
		expect(opened.map((cards) => cards?.length)).toEqual([undefined, 9, undefined]);
		expect(opened[1]?.map(formatCard).sort()).toEqual(own.map(notationOf).sort());
		expect(cardsWrittenIn(text.slice(deal.at))).toEqual([deal.trumpCard]);
	});

	await test.step('cards are known when they are played, and not before', async () => {
		await playUntil(players, async () => (await cardsOf(noa.page)).length === 6);
		const unplayed = (await Promise.all(players.map(({ page }) => cardsOf(page)))).flat().map(notationOf);
		const heard = Buffer.concat((await overheard(spy.page)).frames).toString('latin1');
		const written = new Set(cardsWrittenIn(heard.slice(dealsIn(heard)[1]?.at)));
		expect(written.size).toBeGreaterThan(6);
		expect(unplayed.filter((card) => written.has(card))).toEqual([]);
	});

	await test.step('and who hosts can close the table to spectators', async () => {
		await noa.page.getByRole('button', { name: 'Table menu' }).click();
		await noa.page.getByRole('dialog').getByRole('button', { name: 'Invite' }).click();
		await noa.page.getByRole('switch', { name: 'Spectators may watch' }).click();
		await expect(spy.page.getByText('No room to watch')).toBeVisible();
	});
});
