/** How cards move: from the hand to the table, and after a rest to whoever took the trick; and not for who wants none. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { asked, cardsOf, playTurn, playUntil, startedTable } from './table-driver.ts';

/** A flight of a card that lies in the trick: how far it is off at its start and its end, px. */
interface Flight {
	readonly card: string;
	readonly from: readonly [x: number, y: number];
	readonly to: readonly [x: number, y: number];
}
interface Watched {
	readonly flights: readonly Flight[];
	/** How long both cards lay there, ms of the page's clock. */
	readonly restMs: number;
}
interface Watching extends Window {
	watched?: { flights: Flight[]; fullAt: number | null; goneAt: number | null };
}

/** A calm table's finished trick rests for 900 ms; a busy machine is late in drawing it, never in taking it away. */
const SHORTEST_REST_MS = 400;

/** From now on the page notes each flight within the trick, and when two cards lay there and were gone again. */
async function watchTrick(page: Page): Promise<void> {
	await page.evaluate(() => {
		const trick = () => document.querySelector('ol[aria-label="The trick"]');
		const watched: NonNullable<Watching['watched']> = { flights: [], fullAt: null, goneAt: null };
		(window as Watching).watched = watched;
		const animate = Element.prototype.animate;
		Element.prototype.animate = function (frames, options) {
			const steps = Array.isArray(frames) ? frames : [];
			const placeAt = (step: Keyframe | undefined): [number, number] => {
				const [, x, y] =
					/translate\((-?[\d.e-]+)px, (-?[\d.e-]+)px\)/.exec(String(step?.['transform'])) ?? [];
				return [Number(x), Number(y)];
			};
			const [from, to] = [placeAt(steps[0]), placeAt(steps.at(-1))];
			const isFlight = from.some((off, axis) => off !== to[axis]);
			// Before a flight begins there is one of no time, from nowhere or on the spot.
			if (this.parentElement === trick() && isFlight && ![...from, ...to].some(Number.isNaN)) {
				const card = this.querySelector('[role="img"]')?.getAttribute('aria-label') ?? '';
				watched.flights.push({ card, from, to });
				// It goes with its flight, after which it is taken out.
				if (Math.hypot(...from) === 0) watched.goneAt ??= performance.now();
			}
			return animate.call(this, frames, options);
		};
		new MutationObserver(() => {
			const count = trick()?.children.length ?? 0;
			if (count === 2) watched.fullAt ??= performance.now();
			if (watched.fullAt !== null && count < 2) watched.goneAt ??= performance.now();
		}).observe(document.body, { childList: true, subtree: true });
	});
}

async function whatWasSeen(page: Page): Promise<Watched> {
	await page.waitForFunction(() => typeof (window as Watching).watched?.goneAt === 'number');
	return page.evaluate(() => {
		const { flights = [], fullAt = 0, goneAt = 0 } = (window as Watching).watched ?? {};
		return { flights, restMs: (goneAt ?? 0) - (fullAt ?? 0) };
	});
}

test('a trick flies in, rests and flies to its winner; for who wants no motion it only rests', async ({
	player,
}) => {
	const noa = await player('Noa', { motion: true });
	const { page } = noa;
	const isAsked = async () => (await asked(noa)) === 'card';
	// The dealer is the last to play: the first trick is full with this card.
	await startedTable([noa], { seats: 2, bots: 'Club', pace: 'Calm', firstDealer: 'The first seat' });
	await playUntil([noa], isAsked);
	await watchTrick(page);
	const before = await cardsOf(page);
	await playTurn(noa);
	const after = await cardsOf(page);
	const [played = ''] = before.filter((card) => !after.includes(card));

	const { flights, restMs } = await whatWasSeen(page);
	expect(restMs).toBeGreaterThan(SHORTEST_REST_MS);
	// Out of the hand, which is below, to where it lies.
	const arrival = flights.find(({ card }) => card.startsWith(played));
	expect(arrival?.from[1]).toBeGreaterThan(100);
	expect(arrival?.to.map(Math.abs)).toEqual([0, 0]);
	// Both to the one who took it: own plate below, the bot's above.
	const sweep = flights.filter(({ from }) => from.every((off) => off === 0));
	const took = await page.getByText(/^Bid \d+, took 1$/).count();
	expect(sweep.map(({ to }) => Math.sign(to[1]))).toEqual(took > 0 ? [1, 1] : [-1, -1]);

	await page.emulateMedia({ reducedMotion: 'reduce' });
	await playUntil([noa], isAsked);
	await watchTrick(page);
	await playTurn(noa);
	const still = await whatWasSeen(page);
	expect(still.restMs).toBeGreaterThan(SHORTEST_REST_MS);
	expect(still.flights).toEqual([]);
});
