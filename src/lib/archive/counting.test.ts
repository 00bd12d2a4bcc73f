import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { DANA, HOST, STRANGER } from '../game/testing.ts';
import { acquaintancesOf, reportOf } from '../stats/report.ts';
import { createDexieShelf } from '../store/shelf.ts';
import type { GameFilter } from './archive.ts';
import { createCloudArchive } from './cloud.ts';
import { countGames } from './counting.ts';
import { createLocalArchive } from './local.ts';
import { sampleLog } from './testing.ts';
import { sampleRemote } from './testing-remote.ts';

const LOGS = [1, 2, 3, 4].map((n) => sampleLog(n, n % 3 === 0 ? 'israeli_whist' : 'el_dorado'));
const FILTERS: readonly GameFilter[] = [
	{},
	{ variant: 'el_dorado' },
	{ from: 2_000_000, to: 4_000_000 },
	{ players: [DANA] },
	{ company: 'people' },
];

let made = 0;

/** Two games here, two on another device of the account; `own` is this device, which sat at none of the tables. */
async function twoDevices() {
	const own = { player: STRANGER, others: [HOST] };
	const remote = sampleRemote();
	const local = createLocalArchive(createDexieShelf(`counting-${made++}`));
	for (const { game, envelopes } of LOGS.slice(2)) await remote.upload(game, envelopes);
	for (const { envelopes } of LOGS.slice(0, 2)) await local.keep(envelopes);
	const isSound = () => Promise.resolve(true);
	const cloud = createCloudArchive({ local, remote, isSound, own: () => Promise.resolve(own) });
	return { own, local, cloud };
}

describe('counting over the database alone', () => {
	it('gives the numbers of an archive with an account, whichever of one’s devices has played', async () => {
		const { own, local, cloud } = await twoDevices();
		expect((await countGames(local, { own, filter: {} })).report.lifetime.gamesPlayed).toBe(2);
		await cloud.gather();
		for (const filter of FILTERS) {
			const expected = {
				report: reportOf(own.player, await cloud.summaries(filter)),
				people: acquaintancesOf(own.player, await cloud.summaries({})),
			};
			expect(expected.report.lifetime.gamesPlayed).toBeGreaterThan(0);
			expect(await countGames(local, { own, filter }), JSON.stringify(filter)).toEqual(expected);
			// A browser without workers counts over the archive with the account.
			expect(await countGames(cloud, { own, filter }), JSON.stringify(filter)).toEqual(expected);
		}
		const { people } = await countGames(local, { own, filter: {} });
		expect(people.map(({ player }) => player)).not.toContain(HOST);
		cloud.close();
	});

	it('counts nothing of another device that is nobody’s', async () => {
		const { own, local } = await twoDevices();
		const { report } = await countGames(local, { own: { ...own, others: [] }, filter: {} });
		expect(report.lifetime.gamesPlayed).toBe(0);
		local.close();
	});
});
