/**
 * What real browsers and networks do to a table in mid-game: a page that is frozen, one in the background, signalling
 * that is gone. (A host that is killed: takeover.spec.ts.)
 */
import { startApp } from '../app.ts';
import { expect, PHONE, type Player, test } from './fixtures.ts';
import { openSleepy } from './sleepy-browser.ts';
import {
	bidding,
	cardsOf,
	join,
	openTable,
	playUntil,
	ready,
	roundOf,
	sit,
	start,
	startedTable,
	trickOf,
} from './table-driver.ts';

test.use({ window: PHONE, isDrawn: false });
test.describe.configure({ timeout: 240_000 });

const inBidding = ({ page }: Player) => bidding(page).isVisible();
const inMidTrick = async (player: Player) =>
	!(await inBidding(player)) && (await trickOf(player.page)).length === 2;

/** Noa lets the person in the other browser run the table. */
async function letHost({ page }: Player, name: string): Promise<void> {
	await page.getByRole('button', { name: 'Menu' }).click();
	await page.getByRole('button', { name: `Let ${name} host` }).click();
	await expect(page.getByRole('dialog')).toBeHidden();
}

test('a host in the background keeps time, a frozen one is replaced in mid-trick and comes back as a guest', async ({
	player,
}) => {
	const noa = await player('Noa');
	const dan = await player('Dan');
	const ben = await openSleepy('Ben');
	try {
		const link = await openTable(noa, { seats: 4, grace: '10 seconds' });
		await join(dan, link);
		await sit(dan);
		await ready(dan);
		await ben.join(link);
		await noa.page.getByRole('button', { name: 'Fill with bots' }).click();
		await start(noa);
		await letHost(noa, 'Ben');
		const awake = [noa, dan];
		/** Ben plays as well, whatever his tab is doing. */
		const playWithBenUntil = (isReached: () => Promise<boolean>) =>
			playUntil(awake, async () => {
				await ben.move();
				return isReached();
			});

		await ben.hide();
		await playWithBenUntil(async () => (await roundOf(dan.page)) === 2);
		expect(await ben.isHidden()).toBe(true);
		expect(await ben.round()).toBe(2);

		await playWithBenUntil(() => inMidTrick(noa));
		const hands = await Promise.all(awake.map(({ page }) => cardsOf(page)));
		await ben.freeze();
		for (const [index, { page }] of awake.entries()) expect(await cardsOf(page)).toEqual(hands[index]);
		await playUntil(awake, async () => (await roundOf(dan.page)) === 3);

		await ben.thaw();
		await expect.poll(() => ben.round()).toBe(3);
		await playWithBenUntil(async () => (await roundOf(dan.page)) === 4);
		await expect.poll(() => ben.round()).toBe(4);
	} finally {
		await ben.close();
	}
});

/**
 * In a page, before its own scripts: `cutFromHost()` ends its connection with the host, and none that is made after it
 * finds a way. What is linked already stays.
 */
const CAN_BE_CUT = `{
	let isCut = false;
	let fromHost = null;
	const Real = globalThis.RTCPeerConnection;
	globalThis.RTCPeerConnection = class extends Real {
		constructor(config) {
			super(isCut ? { ...config, iceServers: [], iceTransportPolicy: 'relay' } : config);
		}
		createDataChannel(...args) {
			const channel = super.createDataChannel(...args);
			// A frame of the document (framing.ts, protocol.ts): only the host sends them.
			channel.addEventListener('message', ({ data }) => {
				const [kind, message] = new Uint8Array(data);
				if (kind === 2 && message === 3) fromHost = this;
			});
			return channel;
		}
	};
	globalThis.cutFromHost = () => {
		isCut = true;
		fromHost?.close();
	};
}`;

test('a guest that cannot reach the host any more plays on through another guest', async ({ player }) => {
	const noa = await player('Noa');
	const dan = await player('Dan', { initScript: CAN_BE_CUT });
	const yael = await player('Yael');
	const all = [noa, dan, yael] as const;
	await startedTable(all, { seats: 3, grace: '1 minute' });
	await playUntil(all, () => inMidTrick(noa));
	const round = await roundOf(dan.page);

	await dan.page.evaluate('cutFromHost()');
	await playUntil(all, async () => (await roundOf(dan.page)) === round + 1);
	await dan.page.getByRole('button', { name: 'Menu' }).click();
	await dan.page.getByRole('button', { name: 'Connections' }).click();
	await expect(dan.page.getByRole('dialog').getByRole('listitem').filter({ hasText: 'Noa' })).toContainText(
		'through Yael',
	);
});

test('a table goes on when signalling dies after the start, through the loss of its host', async ({
	player,
}) => {
	const app = await startApp();
	const noa = await player('Noa');
	const dan = await player('Dan');
	const yael = await player('Yael');
	const all = [noa, dan, yael] as const;
	for (const { allowErrors } of all) allowErrors(/WebSocket|ERR_CONNECTION_REFUSED|Failed to load resource/);
	await startedTable(all, { seats: 3, grace: '10 seconds', origin: app.url });
	await playUntil(all, () => inMidTrick(noa));
	await app.close();

	const round = await roundOf(dan.page);
	await playUntil(all, async () => (await roundOf(dan.page)) > round && !(await inBidding(noa)));
	await noa.close();
	await playUntil([dan, yael], async () => (await roundOf(dan.page)) > round + 1);
});
