/**
 * Where bots are run. In a browser on a worker, so that no thinking ever blocks the page; in a test on the same
 * thread. A worker that crashes or takes too long is restarted once for the move; if that does not help the move
 * is made on this thread, because a table that waits for a bot for ever is worse than a page that stutters.
 *
 *     const bots = createWorkerRunner();
 *     const command = await bots.choose(view, 'club', seed);
 *     bots.close();
 */
import type { GameCommand, GameView } from '../game/game.ts';
import type { BotLevel } from '../game/table-types.ts';
import { chooseNow } from './answer.ts';
import type { BotRunner } from './bot.ts';
import { parseBotReply, type BotRequest } from './messages.ts';

/** Club level needs microseconds; this is for a phone that has just woken and a worker that is still loading. */
export const MOVE_LIMIT_MS = 3_000;
/** A worker and its replacement. */
const TRIES_PER_MOVE = 2;
/** After so many lost workers in a row this browser is taken to have none that work. */
const MAX_LOST_WORKERS = 4;

/** The part of a `Worker` the runner uses. */
export interface BotWorker {
	onmessage: ((message: MessageEvent<unknown>) => void) | null;
	onerror: ((error: ErrorEvent) => void) | null;
	onmessageerror: ((error: MessageEvent) => void) | null;
	postMessage(message: BotRequest): void;
	terminate(): void;
}

export interface WorkerRunnerOptions {
	/** Makes a worker that runs `worker.ts`; may throw. */
	readonly makeWorker?: () => BotWorker;
	/** Milliseconds a worker has for one move. */
	readonly limitMs?: number;
	/** Calls back once after so many milliseconds, unless the function it gives is called before. */
	readonly after?: (ms: number, call: () => void) => () => void;
}

/** Every move on the calling thread: tests, simulations, and browsers without workers. */
export function createInlineRunner(): BotRunner {
	let isClosed = false;
	return {
		async choose(view, level, seed) {
			if (isClosed) throw closed();
			return chooseNow({ variant: view.variant, view, level, seed });
		},
		close() {
			isClosed = true;
		},
	};
}

/** Moves on a worker of its own, made at the first move. */
export function createWorkerRunner(options: WorkerRunnerOptions = {}): BotRunner {
	return new WorkerRunner(options);
}

/** A move that has been asked for. */
interface Asked {
	readonly request: BotRequest;
	readonly resolve: (command: GameCommand) => void;
	readonly reject: (reason: Error) => void;
	tries: number;
	cancelLimit: () => void;
}

class WorkerRunner implements BotRunner {
	readonly #makeWorker: () => BotWorker;
	readonly #limitMs: number;
	readonly #after: (ms: number, call: () => void) => () => void;
	readonly #asked = new Map<number, Asked>();
	#worker: BotWorker | null = null;
	#lostInARow = 0;
	#lastId = 0;
	#isClosed = false;

	constructor({ makeWorker = startWorker, limitMs = MOVE_LIMIT_MS, after = afterMs }: WorkerRunnerOptions) {
		this.#makeWorker = makeWorker;
		this.#limitMs = limitMs;
		this.#after = after;
	}

	choose(view: GameView, level: BotLevel, seed: number): Promise<GameCommand> {
		if (this.#isClosed) return Promise.reject(closed());
		const id = ++this.#lastId;
		const request = { id, variant: view.variant, view, level, seed };
		return new Promise((resolve, reject) => {
			this.#ask({ request, resolve, reject, tries: 0, cancelLimit: noLimit });
		});
	}

	close(): void {
		this.#isClosed = true;
		this.#worker?.terminate();
		this.#worker = null;
		for (const asked of this.#takeAll()) asked.reject(closed());
	}

	#ask(asked: Asked): void {
		const worker = asked.tries < TRIES_PER_MOVE ? this.#workerNow() : null;
		if (worker === null) {
			chooseHere(asked);
			return;
		}
		asked.tries++;
		asked.cancelLimit = this.#after(this.#limitMs, () => this.#lose(worker));
		this.#asked.set(asked.request.id, asked);
		try {
			worker.postMessage(asked.request);
		} catch {
			// What cannot be cloned no worker can be asked.
			this.#asked.delete(asked.request.id);
			asked.cancelLimit();
			chooseHere(asked);
		}
	}

	/** The worker, made if there is none; null when workers do not work here. */
	#workerNow(): BotWorker | null {
		if (this.#worker !== null || this.#lostInARow >= MAX_LOST_WORKERS) return this.#worker;
		try {
			const worker = this.#makeWorker();
			worker.onmessage = (message) => this.#hear(worker, message.data);
			worker.onerror = () => this.#lose(worker);
			worker.onmessageerror = () => this.#lose(worker);
			this.#worker = worker;
		} catch {
			// No `Worker` at all, or a policy that forbids it: it will not be different later.
			this.#lostInARow = MAX_LOST_WORKERS;
		}
		return this.#worker;
	}

	#hear(worker: BotWorker, message: unknown): void {
		if (worker !== this.#worker) return;
		const id = typeof message === 'object' && message !== null && 'id' in message ? message.id : null;
		const asked = typeof id === 'number' ? this.#asked.get(id) : undefined;
		if (asked === undefined) return;
		const reply = parseBotReply(message, asked.request.variant);
		if (reply === null) {
			this.#lose(worker);
			return;
		}
		this.#lostInARow = 0;
		this.#asked.delete(reply.id);
		asked.cancelLimit();
		if ('command' in reply) asked.resolve(reply.command);
		else asked.reject(new Error(reply.error));
	}

	/** Every move it was asked for is asked again: of its replacement, or, the second time, of this thread. */
	#lose(worker: BotWorker): void {
		if (worker !== this.#worker) return;
		this.#worker = null;
		this.#lostInARow++;
		worker.terminate();
		for (const asked of this.#takeAll()) this.#ask(asked);
	}

	#takeAll(): Asked[] {
		const all = [...this.#asked.values()];
		this.#asked.clear();
		for (const asked of all) asked.cancelLimit();
		return all;
	}
}

function chooseHere({ request, resolve, reject }: Asked): void {
	try {
		resolve(chooseNow(request));
	} catch (error) {
		reject(error instanceof Error ? error : new Error(String(error)));
	}
}

function closed(): Error {
	return new Error('the bots of this table have been sent home');
}

function startWorker(): BotWorker {
	return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
}

function afterMs(ms: number, call: () => void): () => void {
	const timer = setTimeout(call, ms);
	return () => clearTimeout(timer);
}

function noLimit(): void {
	// Nothing has been set yet.
}
