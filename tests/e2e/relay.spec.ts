/**
 * Who cannot connect to anybody plays all the same, through the signalling server: a browser without WebRTC, and one
 * that may not use it. Frames, seals and rates of that way: src/lib/transport/relay.test.ts.
 */
import { expect, PHONE, test } from './fixtures.ts';
import { playUntil, roundOf, startedTable } from './table-driver.ts';

test.use({ window: PHONE, isDrawn: false });
test.describe.configure({ timeout: 180_000 });

const WAYS = {
	'without WebRTC': 'delete globalThis.RTCPeerConnection;',
	'that finds no address of its own': `{
		const Real = globalThis.RTCPeerConnection;
		globalThis.RTCPeerConnection = class extends Real {
			constructor(config) {
				super({ ...config, iceServers: [], iceTransportPolicy: 'relay' });
			}
		};
	}`,
};

for (const [name, initScript] of Object.entries(WAYS)) {
	test(`a browser ${name} joins, plays a round and comes back through the server`, async ({ player }) => {
		const noa = await player('Noa');
		const dan = await player('Dan', { initScript });
		const both = [noa, dan] as const;
		await startedTable(both, { seats: 2 });
		const round = await roundOf(dan.page);
		await playUntil(both, async () => (await roundOf(dan.page)) > round);

		for (const [{ page }, other] of [
			[noa, 'Dan'],
			[dan, 'Noa'],
		] as const) {
			await page.getByRole('button', { name: 'Menu' }).click();
			await page.getByRole('button', { name: 'Connections' }).click();
			await expect(page.getByRole('dialog').getByRole('listitem').filter({ hasText: other })).toContainText(
				/server.* ms/,
			);
			await page.keyboard.press('Escape');
			await page.keyboard.press('Escape');
			await expect(page.getByRole('dialog')).toBeHidden();
		}

		await dan.page.reload();
		await playUntil(both, async () => (await roundOf(dan.page)) > round + 1);
	});
}
