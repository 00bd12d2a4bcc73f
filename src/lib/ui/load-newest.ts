/**
 * Brings in the newest version of the app and loads this page again: what a player asked for who cannot play with the
 * others otherwise. A plain reload would open the version that this device has kept.
 */

/** Long enough to fetch the whole app on a slow line; then the page is loaded with what there is. */
const FETCH_WITHIN_MS = 20_000;

/** What it needs of the browser. */
export interface Loading {
	/** null where there are no workers: an insecure address, a private window, development. */
	readonly workers: Pick<ServiceWorkerContainer, 'getRegistration' | 'addEventListener'> | null;
	readonly reload: () => void;
}

export async function loadNewest({ workers, reload }: Loading): Promise<void> {
	const registration = await workers?.getRegistration();
	const waiting = registration === undefined ? null : await fetched(registration);
	if (workers === null || waiting === null) {
		reload();
		return;
	}
	workers.addEventListener('controllerchange', reload, { once: true });
	waiting.postMessage({ type: 'SKIP_WAITING' });
}

/** The worker of the newest version, once the whole of it is here; null when this page has the newest already. */
async function fetched(registration: ServiceWorkerRegistration): Promise<ServiceWorker | null> {
	if (registration.waiting !== null) return registration.waiting;
	// Offline, or the site does not answer: what is here has to do.
	await registration.update().catch(() => undefined);
	const { installing } = registration;
	if (installing !== null) await settled(installing);
	return registration.waiting;
}

function settled(worker: ServiceWorker): Promise<void> {
	return new Promise((resolve) => {
		const timer = setTimeout(resolve, FETCH_WITHIN_MS);
		worker.addEventListener('statechange', () => {
			clearTimeout(timer);
			resolve();
		});
	});
}
