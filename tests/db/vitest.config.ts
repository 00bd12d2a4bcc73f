import { defineConfig } from 'vitest/config';

// The archive on a real Postgres: one server for all files, a database of its own for each.
export default defineConfig({
	test: {
		include: ['tests/db/**/*.test.ts'],
		globalSetup: ['tests/db/global-setup.ts'],
		environment: 'node',
		// Some seconds each where nothing else runs; a busy machine takes many times that.
		testTimeout: 180_000,
		hookTimeout: 180_000,
		// Two cores: the server needs one of them.
		maxWorkers: 2,
	},
});
