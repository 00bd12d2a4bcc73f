/**
 * What browser tests of a site with an archive are given besides `fixtures.ts`: the local stack (Postgres, PostgREST,
 * accounts), started once a worker, and the built app served with it configured. `page`, `player` and relative
 * addresses are on that site; all tests of a worker share its database, so each names its own people and groups.
 *
 *     import { expect, test } from './stack.ts';
 *     test('a game goes to the archive', async ({ player, archiveSite }) => {
 *         const noa = await player('Noa');
 *         const { rows } = await archiveSite.sql('select count(*)::integer as games from public.games');
 *     });
 *
 * Where Postgres or PostgREST cannot run these tests are skipped, with the reason as their line; with CI set they fail.
 */
import { test as base } from './fixtures.ts';
import { apiProblem } from '../db/stack/api.ts';
import { skipOrFail } from '../db/stack/needed.ts';
import { postgresProblem } from '../db/stack/postgres.ts';
import { startArchiveSite, type ArchiveSite } from './archive-site.ts';

export { expect } from './fixtures.ts';

/** Why there is no stack on this system, or null. */
const problem = postgresProblem() ?? apiProblem();
skipOrFail(problem);

export const test = base.extend<object, { archiveSite: ArchiveSite }>({
	archiveSite: [
		async ({}, use) => {
			if (problem !== null) {
				// Nobody comes here: `baseURL` skips the test before it has a page.
				await use({
					url: '',
					api: '',
					anonKey: '',
					mails: [],
					sql: () => Promise.reject(new Error(problem)),
				});
				return;
			}
			const { close, ...site } = await startArchiveSite();
			await use(site);
			await close();
		},
		{ scope: 'worker', timeout: 60_000 },
	],

	baseURL: async ({ archiveSite }, use, testInfo) => {
		testInfo.skip(problem !== null, `no archive to test with: ${problem ?? ''}`);
		await use(archiveSite.url);
	},
});
