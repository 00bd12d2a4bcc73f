import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { VARIANTS } from '../game/game.ts';
import { DANA, HOST, STRANGER } from '../game/testing.ts';
import { achievementsOf, acquaintancesOf, newestVariant, reportOf } from '../stats/report.ts';
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
			const all = await cloud.summaries({});
			const expected = {
				variant: filter.variant ?? null,
				report: reportOf(own.player, await cloud.summaries(filter)),
				achievements: achievementsOf(own.player, all),
				people: acquaintancesOf(own.player, all),
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

	it('counts the game that was played last where the one asked for is a guess', async () => {
		const { own, local, cloud } = await twoDevices();
		await cloud.gather();
		const newest = newestVariant(own.player, await cloud.summaries({}));
		expect(newest).toBe('el_dorado');
		for (const variant of VARIANTS) {
			const { variant: counted, report } = await countGames(cloud, {
				own,
				filter: { variant },
				isGuess: true,
			});
			expect(counted).toBe(newest);
			expect(report).toEqual(
				(await countGames(cloud, { own, filter: { variant: newest ?? undefined } })).report,
			);
		}
		// Of nobody's games there is no last one: the guess stands.
		const nobody = { player: STRANGER, others: [] };
		const found = await countGames(local, {
			own: nobody,
			filter: { variant: 'israeli_whist' },
			isGuess: true,
		});
		cloud.close();
		expect(found.variant).toBe('israeli_whist');
	});

	it('counts nothing of another device that is nobody’s', async () => {
		const { own, local } = await twoDevices();
		const { report } = await countGames(local, { own: { ...own, others: [] }, filter: {} });
		expect(report.lifetime.gamesPlayed).toBe(0);
		local.close();
	});
});
