/**
 * The service worker as the page sees it: registered once the page stands, asked for news when somebody comes
 * back to it, and its updates offered. Nothing is reloaded that was not asked for: a game may be running.
 */
/** How often a page that is kept open asks for a newer version. */
const ASK_EVERY_MS = 30 * 60_000;

export class Updates {
	#ready = $state(false);
	#apply: () => void = () => undefined;
	#applying = false;
	#askedAt = 0;
	#ask: () => void = () => undefined;

	/** A newer version waits, or another tab has brought it in already. */
	get ready(): boolean {
		return this.#ready;
	}

	/**
	 * Registers the worker. Does nothing where there are no workers (an insecure address, a private window): the app then
	 * needs the network, and says so when it is missing.
	 *
	 * @param root path of the home page, with its slash
	 */
	async start(root: string): Promise<void> {
		if (!('serviceWorker' in navigator)) return;
		const { serviceWorker } = navigator;
		// Asked before registering: workbox calls nothing an update in a page whose first load had no worker.
		let controlled = serviceWorker.controller !== null;
		const library = await import('workbox-window').catch((error: unknown) => {
			// The network went away meanwhile: the next visit tries again.
			console.warn('Overtrick will not work offline yet:', error);
			return null;
		});
		if (library === null) return;
		const workbox = new library.Workbox(`${root}service-worker.js`, { scope: root });
		this.#apply = () => workbox.messageSkipWaiting();
		this.#ask = () => void workbox.update().catch(() => undefined);
		workbox.addEventListener('waiting', () => {
			this.#ready = true;
		});
		serviceWorker.addEventListener('controllerchange', () => {
			if (this.#applying) location.reload();
			else if (controlled) this.#ready = true;
			controlled = true;
		});
		try {
			await workbox.register({ immediate: true });
			this.#askedAt = Date.now();
		} catch (error) {
			// Storage full or switched off; everything but working offline still does.
			console.warn('Overtrick will not work offline here:', error);
		}
	}

	/** The page has come to the front: asks for a newer version, not more often than is polite. */
	shown(): void {
		if (Date.now() - this.#askedAt < ASK_EVERY_MS) return;
		this.#askedAt = Date.now();
		this.#ask();
	}

	/** Changes to the newer version: this page is loaded again. */
	apply(): void {
		this.#applying = true;
		this.#apply();
		// Another tab has brought it in: no worker waits, and none will take over.
		if (this.#ready) void this.#reloadUnlessWaiting();
	}

	async #reloadUnlessWaiting(): Promise<void> {
		const registration = await navigator.serviceWorker.getRegistration();
		if (!registration?.waiting) location.reload();
	}
}
