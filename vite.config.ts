import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { signallingPlugin } from './src/serve/vite-signalling.ts';

export default defineConfig({
	plugins: [sveltekit(), signallingPlugin()],
	worker: { format: 'es' },
});
