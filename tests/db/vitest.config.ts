import { defineConfig } from 'vitest/config';

// The archive on a real Postgres: one server for all files, a database of its own for each.
export default defineConfig({
	test: {
		include: ['tests/db/**/*.test.ts'],
		globalSetup: ['tests/db/global-setup.ts'],
		environment: 'node',
		testTimeout: 60_000,
		hookTimeout: 60_000,
		// Two cores: the server needs one of them.
		maxWorkers: 2,
	},
});
