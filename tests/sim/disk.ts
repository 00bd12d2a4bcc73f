/**
 * A device's disk: a store that outlives the pages that use it, can be slow, can refuse a write, and can forget the
 * newest writes when the power fails. A page that is gone holds a dead handle: what it still asks for never answers.
 */
import type { GameId } from '../../src/lib/game/table-types.ts';
import type { Clock } from '../../src/lib/room/clock.ts';
import type { Store, StoredEvent } from '../../src/lib/room/store.ts';
import { createMemoryStore } from '../../src/lib/store/memory.ts';

/** What is told of every change of a log on the disk, when it is asked for. */
export interface DiskWatch {
	/** A page asks for these events to be written: a guest has shown them already. */
	asked(events: readonly StoredEvent[]): void;
	/** They are written: now a host shows them. */
	wrote(events: readonly StoredEvent[]): void;
	/** Everything from the first one's index on is replaced. */
	replaced(events: readonly StoredEvent[]): void;
	/** The log is shorter now: writes were lost. */
	shrank(game: GameId, length: number): void;
}

export interface DiskHandle {
	readonly store: Store;
	/** The page is gone: nothing it asked for is answered any more. */
	cut(): void;
}

const never = new Promise<never>(() => undefined);

export class Disk {
	readonly #clock: Clock;
	readonly #watch: DiskWatch;
	#store = createMemoryStore();
	readonly #lengths = new Map<GameId, number>();
	/** Every write takes so long, ms. */
	slowMs = 0;
	/** So many of the next writes to logs are refused, as a full disk does. */
	failing = 0;
	/** Writes refused so far. */
	refusedWrites = 0;

	constructor(clock: Clock, watch: DiskWatch) {
		this.#clock = clock;
		this.#watch = watch;
	}

	/** The newest events of every log are gone, as after a power failure. Between pages only. */
	async forget(count: number): Promise<void> {
		const before = this.#store;
		const store = createMemoryStore();
		const seeds = await before.identity(() => {
			throw new Error('a device in use has an identity');
		});
		await store.identity(() => seeds);
		for (const table of await before.tables(Infinity)) await store.putTable(table);
		for (const [game, length] of this.#lengths) {
			const kept = (await before.events(game)).slice(0, Math.max(0, length - count));
			await store.append(kept);
			this.#lengths.set(game, kept.length);
			this.#watch.shrank(game, kept.length);
			const secret = await before.secret(game);
			if (secret !== null) await store.putSecret(secret);
		}
		this.#store = store;
	}

	/** What is on the disk, past all faults. */
	events(game: GameId): Promise<readonly StoredEvent[]> {
		return this.#store.events(game);
	}
	async hasSecret(game: GameId): Promise<boolean> {
		return (await this.#store.secret(game)) !== null;
	}
	secret(game: GameId) {
		return this.#store.secret(game);
	}

	open(): DiskHandle {
		let isCut = false;
		const through = async <T>(run: () => Promise<T>): Promise<T> => {
			if (isCut) return never;
			const answer = await run();
			return isCut ? never : answer;
		};
		const write = (run: () => Promise<void>): Promise<void> =>
			through(async () => {
				if (this.slowMs > 0) await new Promise<void>((resolve) => this.#clock.after(this.slowMs, resolve));
				if (isCut) return never;
				return run();
			});
		const writeLog = (events: readonly StoredEvent[], run: () => Promise<void>): Promise<void> =>
			write(async () => {
				const game = events[0]?.game;
				if (this.failing > 0 && game !== undefined) {
					this.failing--;
					this.refusedWrites++;
					throw Object.assign(new Error('the disk is full'), { name: 'QuotaExceededError' });
				}
				await run();
				for (const event of events) this.#lengths.set(event.game, event.index + 1);
				this.#watch.wrote(events);
			});
		const store: Store = {
			identity: (make) => through(() => this.#store.identity(make)),
			table: (code) => through(() => this.#store.table(code)),
			tables: (limit) => through(() => this.#store.tables(limit)),
			events: (game) => through(() => this.#store.events(game)),
			secret: (game) => through(() => this.#store.secret(game)),
			putTable: (table) => write(() => this.#store.putTable(table)),
			putSecret: (secret) => write(() => this.#store.putSecret(secret)),
			append: (events) => {
				if (isCut) return never;
				this.#watch.asked(events);
				return writeLog(events, () => this.#store.append(events));
			},
			replace: (events) => {
				if (isCut) return never;
				this.#watch.replaced(events);
				return writeLog(events, () => this.#store.replace(events));
			},
			close: () => undefined,
		};
		return {
			store,
			cut: () => {
				isCut = true;
			},
		};
	}
}
