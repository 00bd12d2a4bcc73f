import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { signallingPlugin } from './src/serve/vite-signalling.ts';

export default defineConfig({
	plugins: [sveltekit(), signallingPlugin()],
	worker: { format: 'es' },
	// Dexie's entry takes its build for browsers of ten years ago, which costs a first visit 1.3 kB more.
	resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }] },
});
