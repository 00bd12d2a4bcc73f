/**
 * Has statistics counted without holding up the page: on a worker, and where there is none on this thread. A newer
 * question makes an older one nobody's: its answer never comes.
 *
 *     const counter = createCounter(archive);
 *     counter.count(await ownKeys(), filter, { onProgress, onCounted, onFailed });
 *     counter.close();
 */
import type { Archive, GameFilter } from '../../archive/archive.ts';
import { countGames, type CountReply, type CountRequest, type Counted } from '../../archive/counting.ts';
import type { OwnKeys } from '../../archive/one-person.ts';

/** The part of a `Worker` that is used. */
export interface CountWorker {
	onmessage: ((message: MessageEvent<CountReply>) => void) | null;
	onerror: ((error: ErrorEvent) => void) | null;
	postMessage(message: CountRequest): void;
	terminate(): void;
}

export interface Listening {
	readonly onProgress: (done: number, of: number) => void;
	readonly onCounted: (counted: Counted) => void;
	readonly onFailed: () => void;
}

export interface Counter {
	/** @param isGuess the filter's game may be changed to the one that was played last */
	count(own: OwnKeys, filter: GameFilter, listening: Listening, isGuess?: boolean): void;
	close(): void;
}

/** @param archive counted on this thread where there is no worker; it stays open */
export function createCounter(
	archive: Pick<Archive, 'summaries'>,
	makeWorker: () => CountWorker = startWorker,
): Counter {
	let last = 0;
	let worker: CountWorker | null = null;
	let asked: (CountRequest & { readonly listening: Listening }) | null = null;

	/** No worker, or a lost one: the page may stutter, but the numbers come. */
	function countHere({
		id,
		own,
		filter,
		isGuess,
		listening,
	}: CountRequest & { readonly listening: Listening }): void {
		const isAsked = (): boolean => asked?.id === id;
		countGames(
			archive,
			{ own, filter, isGuess },
			(done, of) => isAsked() && listening.onProgress(done, of),
		).then(
			(counted) => {
				if (isAsked()) listening.onCounted(counted);
			},
			() => {
				if (isAsked()) listening.onFailed();
			},
		);
	}
	function lose(): void {
		worker?.terminate();
		worker = null;
		if (asked !== null) countHere(asked);
	}
	function hear(reply: CountReply): void {
		if (asked === null || reply.id !== asked.id) return;
		const { listening } = asked;
		switch (reply.type) {
			case 'progress':
				listening.onProgress(reply.done, reply.of);
				return;
			case 'counted':
				listening.onCounted(reply.counted);
				return;
			case 'failed':
				// Storage may be open to the page where it is closed to a worker; if not, this says so.
				lose();
		}
	}

	function start(): void {
		try {
			worker = makeWorker();
			worker.onmessage = ({ data }) => hear(data);
			worker.onerror = lose;
		} catch {
			// No `Worker` at all, or a policy that forbids it.
			lose();
		}
	}
	// Its code comes while the page still finds out whose games are asked for.
	start();

	return {
		count(own, filter, listening, isGuess = false) {
			const id = ++last;
			asked = { id, own, filter, isGuess, listening };
			if (worker === null) countHere(asked);
			else worker.postMessage({ id, own, filter, isGuess });
		},
		close() {
			asked = null;
			worker?.terminate();
			worker = null;
		},
	};
}

function startWorker(): CountWorker {
	return new Worker(new URL('./count-worker.ts', import.meta.url), { type: 'module' });
}
