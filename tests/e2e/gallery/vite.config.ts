/**
 * The table screen on invented tables, to be looked at while it is worked on; never shipped.
 *
 *     npx vite --config tests/e2e/gallery/vite.config.ts
 *     http://localhost:4400/?scene=trick&seats=10
 */
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
	root: here('.'),
	plugins: [svelte({ configFile: false })],
	resolve: { alias: { '$app/paths': here('./stubs/paths.ts') } },
	server: { port: 4400, strictPort: true },
});
