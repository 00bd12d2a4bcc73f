/**
 * Once before all browser tests: a browser that launches, and the built app on the real server.
 */
import { builtApp, startApp } from '../app.ts';
import { findBrowser } from '../browser.ts';

export default async function setup(): Promise<() => Promise<void>> {
	// The workers inherit all three, and look for none again.
	process.env['CHROME_PATH'] = (await findBrowser()).executablePath;
	process.env['BUILT_APP'] = await builtApp();
	const app = await startApp();
	process.env['APP_URL'] = app.url;
	return () => app.close();
}
