/**
 * The shell around the game: pages that open, an app that installs and works offline, errors in plain words.
 */
import { expect, expectNoAxeFindings, test } from './fixtures.ts';

test('the home page works', async ({ page }) => {
	await page.goto('/');
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	await expectNoAxeFindings(page);
});
