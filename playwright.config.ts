/**
 * The browser suites: one Chromium, found or installed (tests/browser.ts), and the production build on the real
 * server (tests/e2e/setup.ts). Tests import `test` from tests/e2e/fixtures.ts, which brings the rest.
 */
import { defineConfig } from '@playwright/test';

export default defineConfig({
	testDir: 'tests/e2e',
	testMatch: '**/*.spec.ts',
	// Each run empties its folder: the whole suite and a few tests beside it must not share one.
	outputDir: `test-results/${process.env['RESULTS'] ?? 'some'}`,
	globalSetup: './tests/e2e/setup.ts',
	forbidOnly: process.env['CI'] !== undefined,
	fullyParallel: false,
	// A table of four browsers keeps two cores busy; more at once and every wait gets longer.
	workers: 2,
	retries: 0,
	// Under load everything in a browser takes three times as long as alone.
	timeout: 120_000,
	expect: { timeout: 30_000 },
	reporter: [['list']],
	use: {
		actionTimeout: 30_000,
		navigationTimeout: 30_000,
		permissions: ['camera', 'microphone'],
		// A worker would answer for the server; the tests of the shell let it in.
		serviceWorkers: 'block',
		screenshot: 'only-on-failure',
		// Without a film of every page, which takes a fifth of the time: what stood on them is in it all the same. CI
		// keeps no files, and writing them takes a tenth.
		trace: process.env['CI'] === undefined ? { mode: 'retain-on-failure', screenshots: false } : 'off',
		reducedMotion: 'reduce',
	},
});
