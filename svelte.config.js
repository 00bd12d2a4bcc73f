import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

// One version for the whole build: SvelteKit reads this file more than once, and a name that
// differs between two reads (Date.now()) gives a page that never starts.
process.env.APP_VERSION ??= `${process.env.npm_package_version ?? '0'}-${Date.now().toString(36)}`;

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	kit: {
		adapter: adapter({ fallback: '200.html' }),
		version: { name: process.env.APP_VERSION },
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['self'],
				'connect-src': ['self', 'ws:', 'wss:', 'https:'],
				'img-src': ['self', 'data:', 'blob:'],
				'style-src': ['self', 'unsafe-inline'],
				'script-src': ['self'],
				'worker-src': ['self'],
				'object-src': ['none'],
				'base-uri': ['self'],
			},
		},
		serviceWorker: { register: false },
	},
};
