/**
 * What `npm start` serves beside the app, inside vite's own server: signalling, and `/config.json` from the
 * environment. `npm run dev` and `vite preview` then serve a whole table on one port.
 *
 *     export default defineConfig({ plugins: [sveltekit(), signallingPlugin()] });
 */
import type { Plugin, PreviewServer, ViteDevServer } from 'vite';
import { answerConfig, readSiteConfig } from './config.ts';
import { attachSignalling } from './signalling.ts';

export function signallingPlugin(env: Readonly<NodeJS.ProcessEnv> = process.env): Plugin {
	const attach = ({ httpServer, middlewares }: ViteDevServer | PreviewServer): void => {
		const config = readSiteConfig(env);
		middlewares.use((request, response, next) => {
			if (!answerConfig(request, response, config)) next();
		});
		// Null in middleware mode, where whoever owns the server attaches it.
		if (httpServer !== null) attachSignalling(httpServer, { relay: config(Date.now()).relay !== false });
	};
	return {
		name: 'overtrick-signalling',
		configureServer: attach,
		configurePreviewServer: attach,
	};
}
