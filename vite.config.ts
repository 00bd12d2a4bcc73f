import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig, type Plugin } from 'vite';
import { signallingPlugin } from './src/serve/vite-signalling.ts';

/**
 * Parts that are wanted together, each made one file: a browser waits for every file it asks for, and would ask for
 * sixty of one kB. A part belongs to the first of these that names it.
 */
const TOGETHER: Readonly<Record<string, readonly RegExp[]>> = {
	/** What every page needs for its first paint: the frameworks, and what `routes/+layout.svelte` and the kit stand on. */
	base: [
		/[\\/]node_modules[\\/](svelte|@sveltejs[\\/]kit|esm-env)[\\/]/,
		/[\\/]ui[\\/]messages[\\/](text|language\.svelte|bidi|numbers|frame\.en|index)\.ts/,
		/[\\/]ui[\\/](names\.en|faces|profile\.svelte|stored|settings\.svelte|install\.svelte)\.ts/,
		/[\\/]ui[\\/]kit[\\/](notices\.svelte|kit\.en|icons)\.ts/,
		/[\\/]ui[\\/]kit[\\/](Icon|Button|IconButton|Emblem|Skeleton|Broken)\.svelte/,
		/[\\/]lib[\\/]ui[\\/]([a-z]+[\\/])?(after-frame|idle)\.ts/,
		/[\\/]ui[\\/]home[\\/]addresses\.ts/,
		/[\\/]ui[\\/]account[\\/]site-archive\.svelte\.ts/,
		/[\\/]lib[\\/]game[\\/](assert|game|seats)\.ts/,
		/[\\/]lib[\\/]cards[\\/](card|notation)\.ts/,
	],
	/** The small things of a log and a link, which every page that opens a table or a game asks for together. */
	game: [
		/[\\/]lib[\\/]game[\\/](bytes|log-limits|room-code)\.ts/,
		/[\\/]lib[\\/]room[\\/](clock|keys|table-keys|snapshot)\.ts/,
		/[\\/]lib[\\/]transport[\\/](assert|transport|backoff|sealing)\.ts/,
	],
	/** What reads messages and files from elsewhere: a page that only counts seats does without. */
	message: [/[\\/]node_modules[\\/]zod[\\/]/, /[\\/]lib[\\/]game[\\/]table-parse\.ts/],
	/** A log, its hashes and the table they tell of. */
	log: [
		/[\\/]@noble[\\/]hashes[\\/](utils|sha2|_md|_u64)\.js/,
		/[\\/]lib[\\/]game[\\/](log|table)\.ts/,
		/[\\/]lib[\\/]cards[\\/]deck\.ts/,
	],
	/** The deal: dealt by a host, dealt again by whoever looks back. */
	deal: [
		/[\\/]@noble[\\/]hashes[\\/](hmac|hkdf)\.js/,
		/[\\/]lib[\\/]room[\\/](deal|log-book|votes)\.ts/,
		/[\\/]lib[\\/]cards[\\/]shuffle\.ts/,
		/[\\/]lib[\\/]games[\\/]named\.ts/,
	],
	/** What the rules of every game stand on. */
	rules: [
		/[\\/]lib[\\/]games[\\/]trick-play[\\/](unseen|following|trick|seats|corrupt|forced-card)\.ts/,
		/[\\/]lib[\\/]games[\\/](payload|keeper[\\/]ledger|el-dorado[\\/]types|israeli-whist[\\/]types)\.ts/,
	],
	/** What a table's link leads to, before it is known what lies on the table. */
	table: [
		/[\\/]ui[\\/]table[\\/](screens|status|trick-stage|table-state\.svelte|game-view)\.ts/,
		/[\\/]ui[\\/]sharing\.ts/,
	],
	/** A link to another browser, and what goes round it to a third. */
	link: [/[\\/]lib[\\/]transport[\\/](channel-link|connection|framing|heartbeat|neighbours|sdp|webrtc)\.ts/],
	/** A lobby, of cards or of a keeper, and the rules of the house in it. */
	lobby: [
		/[\\/]ui[\\/]lobby[\\/](HostAway|LobbyLinks|LobbyFrame|LookDialog|InvitePanel|Facts)\.svelte/,
		/[\\/]ui[\\/]lobby[\\/]game-facts\.ts/,
		/[\\/]ui[\\/]home[\\/](EveryRule|ElDoradoHouse|WhistHouse|HouseRules)\.svelte/,
		/[\\/]ui[\\/]home[\\/](whist-choices|table-choices)\.ts/,
		/[\\/]ui[\\/]messages[\\/](menu|whist-house)\.en\.ts/,
		/[\\/]ui[\\/]kit[\\/](Choice|Select|Switch)\.svelte/,
	],
	/** The faces of cards and of people. */
	faces: [
		/[\\/]ui[\\/]cards[\\/](Card\.svelte|card-face\.ts|card-art\.ts)/,
		/[\\/](Avatar\.svelte|avatar\.ts)/,
	],
	/** What cards are shown with, at the table and in a replay. */
	felt: [
		/[\\/]ui[\\/]cards[\\/](hand-order|card-name)\.ts/,
		/[\\/]ui[\\/]cards[\\/]SuitIcon\.svelte/,
		/[\\/]ui[\\/]share[\\/]result\.ts/,
		/[\\/]ui[\\/]messages[\\/](deal|telling)\.en\.ts/,
		/[\\/]ui[\\/]table[\\/](PartMissing\.svelte|countdown\.svelte\.ts)/,
	],
};

const fewerFiles: Plugin = {
	name: 'overtrick-fewer-files',
	enforce: 'post',
	config({ build }) {
		if (build?.ssr !== undefined && build.ssr !== false) return {};
		const groups = Object.entries(TOGETHER).map(([name, parts]) => ({
			name,
			test: (id: string) => parts.some((part) => part.test(id)),
			// With what they need; the others leave that to whoever else needs it, which these options allow.
			includeDependenciesRecursively: ['base', 'game', 'message'].includes(name),
		}));
		const codeSplitting = { groups };
		return {
			build: { rolldownOptions: { preserveEntrySignatures: 'allow-extension', output: { codeSplitting } } },
		};
	},
};

export default defineConfig({
	plugins: [sveltekit(), signallingPlugin(), fewerFiles],
	worker: { format: 'es' },
	// Dexie's entry takes its build for browsers of ten years ago, which costs a first visit 1.3 kB more.
	resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }] },
});
