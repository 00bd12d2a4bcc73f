/**
 * Once before all browser tests: a browser that launches, and the built app on the real server.
 */
import { startApp } from '../app.ts';
import { findBrowser } from '../browser.ts';

export default async function setup(): Promise<() => Promise<void>> {
	// The workers inherit both, and look for neither again.
	process.env['CHROME_PATH'] = (await findBrowser()).executablePath;
	const app = await startApp();
	process.env['APP_URL'] = app.url;
	return () => app.close();
}
