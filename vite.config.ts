import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig, type Plugin } from 'vite';
import { signallingPlugin } from './src/serve/vite-signalling.ts';

/** What every page needs for its first paint: the frameworks, and what `routes/+layout.svelte` and the kit stand on. */
const EVERY_PAGE = [
	/[\\/]node_modules[\\/](svelte|@sveltejs[\\/]kit|esm-env)[\\/]/,
	/[\\/]ui[\\/]messages[\\/](text|language\.svelte|bidi|numbers|frame\.en|index)\.ts/,
	/[\\/]ui[\\/](names\.en|faces|profile\.svelte|stored|settings\.svelte|install\.svelte)\.ts/,
	/[\\/]ui[\\/]kit[\\/](notices\.svelte|kit\.en|icons)\.ts/,
	/[\\/]ui[\\/]kit[\\/](Icon|Button|IconButton|Emblem|Skeleton)\.svelte/,
	/[\\/]ui[\\/]home[\\/]addresses\.ts/,
	/[\\/]ui[\\/]account[\\/]site-archive\.svelte\.ts/,
	/[\\/]lib[\\/]game[\\/](assert|game|seats)\.ts/,
];

/** The small things of a log and a link, which every page that opens a table or a game asks for together. */
const EVERY_GAME = [
	/[\\/]lib[\\/]game[\\/](bytes|log-limits|room-code)\.ts/,
	/[\\/]lib[\\/]room[\\/](clock|keys|table-keys|snapshot)\.ts/,
	/[\\/]lib[\\/]transport[\\/](assert|transport|backoff|sealing)\.ts/,
];

/** What reads messages and files from elsewhere: a page that only counts seats does without. */
const EVERY_MESSAGE = [/[\\/]node_modules[\\/]zod[\\/]/, /[\\/]lib[\\/]game[\\/]table-parse\.ts/];

/** Makes one file of each: a browser on a slow line waits for each file, and would ask for thirty of one kB. */
const fewerFiles: Plugin = {
	name: 'overtrick-fewer-files',
	enforce: 'post',
	config({ build }) {
		if (build?.ssr !== undefined && build.ssr !== false) return {};
		const groups = Object.entries({ base: EVERY_PAGE, game: EVERY_GAME, message: EVERY_MESSAGE }).map(
			([name, parts]) => ({
				name,
				test: (id: string) => parts.some((part) => part.test(id)),
			}),
		);
		return { build: { rolldownOptions: { output: { codeSplitting: { groups } } } } };
	},
};

export default defineConfig({
	plugins: [sveltekit(), signallingPlugin(), fewerFiles],
	worker: { format: 'es' },
	// Dexie's entry takes its build for browsers of ten years ago, which costs a first visit 1.3 kB more.
	resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }] },
});
