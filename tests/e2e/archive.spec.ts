/** A site with an archive of its own: the local stack behind the built app. */
import { expect, test } from './stack.ts';

/** Everybody with an account, those of tests before this one included. */
const PEOPLE = 'select count(*)::integer as people from public.players where user_id is not null';

test('a site with an archive makes nobody an account for looking', async ({ page, archiveSite }) => {
	const before = await archiveSite.sql(PEOPLE);
	await page.goto('/account');
	await expect(page.getByText('There is no account yet.')).toBeVisible();
	expect((await archiveSite.sql(PEOPLE)).rows).toEqual(before.rows);
});
