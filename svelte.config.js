import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

// One version for the whole build: SvelteKit reads this file more than once, and a name that
// differs between two reads (Date.now()) gives a page that never starts.
process.env.APP_VERSION ??= `${process.env.npm_package_version ?? '0'}-${Date.now().toString(36)}`;

// A test that builds names its own folder, so that two builds at once do not mix: BUILD_DIR=build/size
const buildDir = process.env.BUILD_DIR ?? 'build';
const kitDir = process.env.BUILD_DIR ? `.svelte-kit/for-${basename(buildDir)}` : '.svelte-kit';

/** The hashes of the inline scripts in app.html: SvelteKit allows only those it has written itself. */
const inlineScripts = Array.from(
	readFileSync(new URL('src/app.html', import.meta.url), 'utf8').matchAll(/<script>([^]*?)<\/script>/g),
	([, script]) => `sha256-${createHash('sha256').update(script).digest('base64')}`,
);

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	kit: {
		adapter: adapter({ pages: buildDir, assets: buildDir, fallback: '200.html' }),
		outDir: kitDir,
		// Ready-made pages carry their small stylesheets: one request before the first paint instead of a dozen.
		inlineStyleThreshold: 10_000,
		paths: { base: process.env.BASE_PATH ?? '' },
		version: { name: process.env.APP_VERSION },
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['self'],
				// Of a site's own choosing (config.json): signalling, and an archive, at home without https.
				'connect-src': ['self', 'ws:', 'wss:', 'http:', 'https:'],
				'img-src': ['self', 'data:', 'blob:'],
				'style-src': ['self', 'unsafe-inline'],
				'script-src': ['self', ...inlineScripts],
				'worker-src': ['self'],
				'object-src': ['none'],
				'base-uri': ['self'],
			},
		},
		// Registered by hand in ui/updates.svelte.ts, which offers updates and never forces them.
		serviceWorker: { register: false },
	},
};
