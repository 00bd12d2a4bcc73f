import { describe, expect, it } from 'vitest';
import { loadNewest } from './load-newest.ts';

/** A browser that has kept one version; `update` says what asking for a newer one brings. */
function browser(update: 'nothing' | 'fails' | 'newer', isWaiting = false) {
	const did: string[] = [];
	const container = new EventTarget();
	const worker = Object.assign(new EventTarget(), {
		postMessage({ type }: { type: string }) {
			did.push(type);
			container.dispatchEvent(new Event('controllerchange'));
		},
	});
	const registration = {
		waiting: isWaiting ? worker : null,
		installing: null as typeof worker | null,
		update() {
			did.push('asked');
			if (update === 'fails') return Promise.reject(new Error('offline'));
			if (update === 'newer') {
				registration.installing = worker;
				void Promise.resolve().then(() => {
					registration.installing = null;
					registration.waiting = worker;
					worker.dispatchEvent(new Event('statechange'));
				});
			}
			return Promise.resolve();
		},
	};
	const workers = Object.assign(container, { getRegistration: () => Promise.resolve(registration) });
	return { did, workers: workers as unknown as ServiceWorkerContainer, reload: () => did.push('reload') };
}

describe('the newest version', () => {
	it('that waits is let in, and the page is loaded again when it is', async () => {
		const page = browser('nothing', true);
		await loadNewest(page);
		expect(page.did).toEqual(['SKIP_WAITING', 'reload']);
	});

	it('that nobody has fetched yet is fetched first', async () => {
		const page = browser('newer');
		await loadNewest(page);
		expect(page.did).toEqual(['asked', 'SKIP_WAITING', 'reload']);
	});

	it('is what a reload brings where none is to be had, and where no worker keeps the app', async () => {
		for (const page of [browser('nothing'), browser('fails')]) {
			await loadNewest(page);
			expect(page.did).toEqual(['asked', 'reload']);
		}
		const { did, reload } = browser('nothing');
		await loadNewest({ workers: null, reload });
		expect(did).toEqual(['reload']);
	});
});
