/** A site with an archive of its own: the local stack behind the built app. */
import { expectNoAxeFindings, PHONE } from './fixtures.ts';
import { expect, test } from './stack.ts';

/** Everybody with an account, those of tests before this one included. */
const PEOPLE = 'select count(*)::integer as people from public.players where user_id is not null';

test('a site with an archive makes nobody an account for looking', async ({ page, archiveSite }) => {
	const before = await archiveSite.sql(PEOPLE);
	await page.goto('/account');
	await expect(page.getByText('There is no account yet.')).toBeVisible();
	expect((await archiveSite.sql(PEOPLE)).rows).toEqual(before.rows);
});

test('a link by mail signs in where it was asked for, asks first elsewhere, and says when it is used up', async ({
	player,
	archiveSite,
}) => {
	const email = 'mira@example.org';
	const newest = (): string => archiveSite.mails.findLast(({ to }) => to === email)?.link ?? '';
	const mira = await player('Mira', { viewport: PHONE });
	await mira.page.goto('/account');
	// Without a password: a link is all that signs in to it.
	await mira.page.getByLabel('E-mail').fill(email);
	await mira.page.getByRole('button', { name: 'Keep my account under this address' }).click();
	await mira.page.getByRole('button', { name: 'Sign out' }).click();
	await mira.page.getByLabel('E-mail').fill(email);
	await mira.page.getByRole('button', { name: 'Send me a link instead' }).click();
	await expect(mira.page.getByRole('status')).toContainText('A link is on its way to you.');
	await mira.page.goto(newest());
	await expect(mira.page.getByText(`Signed in as ${email}`)).toBeVisible();
	expect(new URL(mira.page.url()).hash).toBe('');

	await mira.page.getByRole('button', { name: 'Sign out' }).click();
	await mira.page.getByLabel('E-mail').fill(email);
	const before = newest();
	await mira.page.getByRole('button', { name: 'Send me a link instead' }).click();
	await expect.poll(newest).not.toBe(before);
	const kai = await player('Kai');
	await kai.page.goto(newest());
	await expect(kai.page.getByText(`This link signs this browser in as ${email}.`)).toBeVisible();
	await expectNoAxeFindings(kai.page);
	await kai.page.getByRole('button', { name: 'Not now' }).click();
	await expect(kai.page.getByRole('button', { name: 'Keep my account under this address' })).toBeVisible();
	await kai.page.goto(newest());
	await expect(kai.page.getByText('The link was used before')).toBeVisible();
});
