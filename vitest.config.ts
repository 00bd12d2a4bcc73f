import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// Units and the simulated table: plain Node, no browser, no timers of the real world.
export default defineConfig({
	test: {
		include: [
			'src/**/*.test.ts',
			'tests/sim/**/*.test.ts',
			'tests/lint/**/*.test.ts',
			'tests/golden/**/*.test.ts',
		],
		environment: 'node',
		testTimeout: 30_000,
		// The default leaves a core to others, and there are only two.
		maxWorkers: availableParallelism(),
	},
});
