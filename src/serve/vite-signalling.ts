/**
 * The signalling server inside vite's own: `npm run dev` and `vite preview` then serve a whole table on one port, as
 * `npm start` does.
 *
 *     export default defineConfig({ plugins: [sveltekit(), signallingPlugin()] });
 */
import type { Plugin } from 'vite';
import { attachSignalling, type UpgradeServer } from './signalling.ts';

export function signallingPlugin(): Plugin {
	// Null in middleware mode, where whoever owns the server attaches it.
	const attach = (server: UpgradeServer | null): void => {
		if (server !== null) attachSignalling(server);
	};
	return {
		name: 'overtrick-signalling',
		configureServer: (vite) => attach(vite.httpServer),
		configurePreviewServer: (vite) => attach(vite.httpServer),
	};
}
