/**
 * One table as the screen sees it: the client's snapshots turned into reactive values, the trick that is shown
 * (see trick-stage.ts), and the short notes that answer a finger. Given by context:
 *
 *     const table = giveTable(new TableState(client));   // TablePage
 *     const table = useTable();                          // everything below it
 */
import { createContext } from 'svelte';
import { createSubscriber } from 'svelte/reactivity';
import type { Command } from '../../game/table-types.ts';
import type { RefusalCode, SeatIndex } from '../../game/game.ts';
import type { SeatSnapshot, TableClient, TableSnapshot } from '../../room/table-client.ts';
import { sharing } from '../sharing.ts';
import { isTableView, type TableView } from './game-view.ts';
import { isYours, statusOf, type Status } from './status.ts';
import { nextStage, type TrickStage } from './trick-stage.ts';

/**
 * How long a finished trick rests before it goes, by the table's pace: see who won, and do not wait for it. In less
 * than this, on a calm table, people did not see it. Who wants no motion gets the same rest, and then no flight.
 */
const REST_MS = { calm: 900, quick: 500 } as const;
/** Long enough to read one line, short enough that the status is soon back. */
const NOTE_MS = 3_500;

export class TableState {
	readonly client: TableClient;
	readonly #now: () => number;
	readonly #follow: () => void;
	/** Puts a command's refusal into words for the note; set by the page, which has the language. */
	readonly #explain: (code: RefusalCode) => string;
	readonly #asBefore = sharing<TableSnapshot>();
	#stage: TrickStage | null = null;
	#restTimer: ReturnType<typeof setTimeout> | undefined;
	#note: string | null = $state(null);
	#noteTimer: ReturnType<typeof setTimeout> | undefined;

	constructor(client: TableClient, explain: (code: RefusalCode) => string, now: () => number = Date.now) {
		this.client = client;
		this.#explain = explain;
		this.#now = now;
		this.#follow = createSubscriber((update) => {
			const follow = (): void => {
				this.#advance(follow);
				update();
			};
			this.#advance(follow);
			const stop = client.subscribe(follow);
			return () => {
				clearTimeout(this.#restTimer);
				stop();
			};
		});
	}

	/** One subscription for the many who read it, and of each part that stays as it was the same object. */
	readonly snapshot: TableSnapshot = $derived.by(() => {
		this.#follow();
		return this.#asBefore(this.client.snapshot);
	});

	/** The game as this seat may see it; null in the lobby. */
	readonly view: TableView | null = $derived.by(() => {
		const { view } = this.snapshot;
		return view !== null && isTableView(view) ? view : null;
	});

	/** The trick as it is shown; null in the lobby. */
	readonly stage: TrickStage | null = $derived.by(() => {
		this.#follow();
		return this.#stage;
	});

	readonly status: Status | null = $derived(this.view === null ? null : statusOf(this.snapshot, this.view));
	/** A move is asked of this player. */
	readonly isYourTurn: boolean = $derived(this.status !== null && isYours(this.status));

	/** What answers the last finger, instead of the status, for a moment. */
	get note(): string | null {
		return this.#note;
	}

	seat(index: SeatIndex): SeatSnapshot | null {
		return this.snapshot.seats[index] ?? null;
	}

	/** The name on a seat; empty for an empty seat. */
	nameOf(index: SeatIndex): string {
		return this.seat(index)?.face?.name ?? '';
	}

	get hostName(): string {
		return this.snapshot.seats.find((seat) => seat.host)?.face?.name ?? '';
	}

	/** Without a host and too few to elect one: who is out of reach, the host first. Else nobody. */
	get waitsFor(): readonly string[] {
		const seats = this.snapshot.waitsFor;
		return seats.length === 0 ? [] : [this.hostName, ...seats.map((seat) => this.nameOf(seat))];
	}

	/** Says `text` in the line of status for a moment. */
	say(text: string): void {
		clearTimeout(this.#noteTimer);
		this.#note = text;
		this.#noteTimer = setTimeout(() => (this.#note = null), NOTE_MS);
	}

	/** Sends a command and explains a refusal in the line of status. */
	async send(command: Command): Promise<boolean> {
		// Whatever was explained before: the finger has found its way.
		this.#note = null;
		return this.#settle(await this.client.send(command));
	}

	/** Lets another seat's device run the table. */
	async pass(seat: SeatIndex): Promise<boolean> {
		return this.#settle(await this.client.passTable(seat));
	}

	async sit(seat: SeatIndex | null): Promise<boolean> {
		return this.#settle(await this.client.sit(seat));
	}

	#settle(result: Awaited<ReturnType<TableClient['send']>>): boolean {
		if (!result.ok) this.say(this.#explain(result.code));
		return result.ok;
	}

	#advance(follow: () => void): void {
		const { view } = this.client.snapshot;
		this.#stage =
			view !== null && isTableView(view)
				? nextStage(this.#stage, view, this.#now(), REST_MS[this.client.snapshot.rules.pace])
				: null;
		clearTimeout(this.#restTimer);
		const until = this.#stage?.until ?? null;
		if (until !== null) this.#restTimer = setTimeout(follow, Math.max(0, until - this.#now()));
	}
}

export const [useTable, giveTable] = createContext<TableState>();
