/**
 * Sees everything that the devices of a simulated game store, show and receive, and holds it against what must
 * always be true: equal logs give equal states, no card comes or goes, nothing that reaches or is stored by a device
 * lets it know a card it may not see, one host a term, nothing lost. It knows all hands and all secrets; it tells
 * nobody.
 */
import type { CardId } from '../../src/lib/cards/card.ts';
import { formatCard } from '../../src/lib/cards/notation.ts';
import { encodeBase64url } from '../../src/lib/game/bytes.ts';
import {
	DEAL_EVENT,
	type Game,
	type GameEvent,
	type GameState,
	type GameView,
	type Hand,
} from '../../src/lib/game/game.ts';
import { toSeat } from '../../src/lib/game/seats.ts';
import type { GameId, PlayerId } from '../../src/lib/game/table-types.ts';
import { gameOf } from '../../src/lib/games/index.ts';
import { openBox, roundKeyOf } from '../../src/lib/room/deal.ts';
import type { Identity } from '../../src/lib/room/keys.ts';
import type { StoredEvent } from '../../src/lib/room/store.ts';
import type { TableSnapshot } from '../../src/lib/room/table-client.ts';
import type { DiskWatch } from './disk.ts';
import { History, type LogNode } from './history.ts';
import type { Device } from './world.ts';

/** What was looked at: a run in which these are small has shown nothing. */
export interface WitnessCounts {
	/** Different events over all logs. */
	events: number;
	/** Times a device showed the state behind an event that another had shown before. */
	statesCompared: number;
	/** Times the cards of a round were counted. */
	cardsCounted: number;
	framesSearched: number;
	/** Boxes that were tried with a key that must not open them. */
	boxesTried: number;
	forks: number;
	takeovers: number;
	voidedRounds: number;
	/** Players whom their conduct cost the seat. */
	putOut: number;
}

/** Bytes that nobody may have before a round, or the game, is over. */
interface Secret {
	readonly what: string;
	readonly bytes: Buffer;
	/** When it is published, as a name in `#published`. */
	readonly until: string;
}

/** So many cards in order are no accident in a few hundred bytes. */
const FEWEST_RAW_CARDS = 5;
const FEWEST_NAMED_CARDS = 3;
/** The first violations tell the story; the thousandth does not. */
const MAX_VIOLATIONS = 20;

export class Witness {
	readonly violations: string[] = [];
	readonly counts: WitnessCounts = {
		events: 0,
		statesCompared: 0,
		cardsCounted: 0,
		framesSearched: 0,
		boxesTried: 0,
		forks: 0,
		takeovers: 0,
		voidedRounds: 0,
		putOut: 0,
	};
	/** Keys of strangers, who must open no box at all. */
	readonly strangers: Identity[] = [];
	readonly #histories = new Map<GameId, History>();
	readonly #paths = new Map<Device, Map<GameId, LogNode[]>>();
	readonly #devices: Device[] = [];
	readonly #secrets = new Map<string, Secret>();
	/** What has been published, and after how many other things. */
	readonly #published = new Map<string, number>();
	#frames: { readonly to: string; readonly frame: Uint8Array; readonly published: number }[] = [];
	#news: { readonly node: LogNode; readonly game: GameId }[] = [];
	/** What a device showed last: the text waits until the device has stored what it is about. */
	readonly #shown = new Map<Device, { game: GameId; events: number; text: string | null }>();
	/** The cards that were dealt, by game and round: another set for each deal of a round that was void. */
	readonly #deals = new Map<string, Set<string>>();
	#lie = false;
	now: () => number = () => 0;

	violated(what: string): void {
		if (this.violations.length < MAX_VIOLATIONS) this.violations.push(`${this.now()} ms: ${what}`);
	}

	/** The host of this game lies on purpose. */
	hostLies(): void {
		this.#lie = true;
		for (const history of this.#histories.values()) history.hostLies = true;
	}

	// Logs.

	watch(device: Device): DiskWatch {
		this.#devices.push(device);
		const paths = new Map<GameId, LogNode[]>();
		this.#paths.set(device, paths);
		return {
			asked: (events) => {
				// A host shows nothing before it is stored.
				if (device.page?.session.snapshot.isHost !== true) this.#extend(device, events);
			},
			wrote: (events) => {
				this.#extend(device, events);
			},
			replaced: (events) => {
				const [first] = events;
				const before = first === undefined ? undefined : this.tip(device, first.game);
				if (first !== undefined) paths.get(first.game)?.splice(first.index);
				this.#extend(device, events);
				const after = first === undefined ? undefined : this.tip(device, first.game);
				if (first === undefined || before == null || after == null) return;
				// A host that has forgotten events takes up what it signed before, and goes on in a new term.
				const { term } = after.record;
				const isOwn = this.#history(first.game).hostOf(term) === device.identity.player;
				// Tried again: a disk refused it before.
				if (paths.get(first.game)?.[before.index] === before) return;
				if (term < before.record.term || (term === before.record.term && !isOwn))
					this.violated(
						`${device.name} replaced its log of term ${before.record.term} by one that is no higher`,
					);
			},
			shrank: (game, length) => {
				paths.get(game)?.splice(length);
				this.#shown.delete(device);
			},
		};
	}

	#extend(device: Device, events: readonly StoredEvent[]): void {
		for (const { game, index, envelope } of events) {
			const paths = this.#paths.get(device);
			const path = paths?.get(game) ?? [];
			paths?.set(game, path);
			const known = path[index];
			if (known !== undefined) {
				if (Buffer.compare(known.envelope, envelope) === 0) continue;
				path.splice(index);
			}
			if (index !== path.length) {
				this.violated(`${device.name} stores event ${index} on a log of ${path.length}`);
				return;
			}
			path.push(this.#history(game).follow(path.at(-1) ?? null, envelope, device.name));
		}
		this.#compare(device);
	}

	#history(game: GameId): History {
		const known = this.#histories.get(game);
		if (known !== undefined) return known;
		const history = new History({
			violated: (what) => {
				this.violated(what);
			},
			isNoWitness: (name) =>
				this.#devices.some((one) => one.name === name && (one.hasForgotten || one.hasGoneHome)),
			tipOf: (player) => this.#tipOf(player, game),
			hasForgotten: (player) => {
				const device = this.#devices.find((one) => one.hasIdentity && one.identity.player === player);
				return device?.hasForgotten === true;
			},
			onEvent: (node) => {
				this.#happened(node, game);
			},
		});
		history.hostLies = this.#lie;
		this.#histories.set(game, history);
		return history;
	}

	#tipOf(player: PlayerId, game: GameId): LogNode | null {
		const device = this.#devices.find((one) => one.hasIdentity && one.identity.player === player);
		return device === undefined || device.isCheater ? null : this.tip(device, game);
	}

	/** The last event this device holds. */
	tip(device: Device, game: GameId | null): LogNode | null {
		return game === null ? null : (this.#paths.get(device)?.get(game)?.at(-1) ?? null);
	}

	pathOf(device: Device, game: GameId): readonly LogNode[] {
		return this.#paths.get(device)?.get(game) ?? [];
	}

	#happened(node: LogNode, game: GameId): void {
		this.counts.events++;
		const { type, payload } = node.record;
		if (type === 'host_changed') this.counts.takeovers++;
		if (type === 'round_voided') this.counts.voidedRounds++;
		if (type === 'player_kicked') this.counts.putOut++;
		if (type === 'round_revealed') this.#publish(`${game}/${String(payload['round'])}`);
		if (type === 'game_ended') this.#publish(game);
		if (node.record.hands !== undefined || type === 'game_created' || type === 'host_changed')
			this.#news.push({ node, game });
	}

	#publish(name: string): void {
		if (!this.#published.has(name)) this.#published.set(name, this.#published.size + 1);
	}

	// What is shown.

	showed(device: Device): void {
		const session = device.page?.session;
		if (session === undefined) return;
		const { snapshot } = session;
		const { game, events, pending } = snapshot;
		if (game === null || events === 0 || pending !== null) return;
		const last = this.#shown.get(device);
		if (last?.game === game && last.events === events && last.text === null) return;
		this.#shown.set(device, { game, events, text: publicText(snapshot, device.inner) });
		// A guest shows first and stores then: until it has, its log may be the one that has just lost.
		if (snapshot.isHost) this.#compare(device);
	}

	#compare(device: Device): void {
		const shown = this.#shown.get(device);
		if (shown?.text == null) return;
		const node = this.#paths.get(device)?.get(shown.game)?.[shown.events - 1];
		if (node === undefined) return;
		if (this.#history(shown.game).shows(node, device.name, shown.text)) this.counts.statesCompared++;
		shown.text = null;
	}

	// What is received.

	received(to: string, frame: Uint8Array): void {
		this.#frames.push({ to, frame, published: this.#published.size });
	}

	/** A device works out a deal: at the host before anybody has it, elsewhere when it is public. */
	dealt(game: GameId | null, rules: Game, event: GameEvent, deck: readonly CardId[]): void {
		const round = dealOf(event as GameEvent & DealNumbers);
		const hands = rules.handsOf(event);
		if (game === null || hands === null || typeof round !== 'number') return;
		const cards = hands.flatMap((hand) => hand ?? []);
		const whole = new Set(deck);
		if (whole.size !== 52 && whole.size !== 104) this.violated(`a deck of ${whole.size} cards is dealt`);
		if (new Set(cards).size !== cards.length || !cards.every((card) => whole.has(card)))
			this.violated(`round ${round} is dealt with cards that are not there`);
		const until = `${game}/${round}`;
		this.#deals.set(until, (this.#deals.get(until) ?? new Set()).add(sortedNames(cards)));
		for (const [seat, hand] of hands.entries()) {
			if (hand === null) continue;
			for (const bytes of textsOf(hand)) this.#keep(`the hand of seat ${seat}`, bytes, until);
		}
	}

	#keep(what: string, bytes: Buffer, until: string): void {
		const key = `${until} ${bytes.toString('latin1')}`;
		if (!this.#secrets.has(key)) this.#secrets.set(key, { what, bytes, until });
	}

	/** Looks at everything since the last look. */
	async check(): Promise<void> {
		const news = this.#news;
		this.#news = [];
		for (const { node, game } of news) {
			await this.#learnSecrets(node, game);
			if (node.record.hands !== undefined) await this.#tryBoxes(node, game);
		}
		this.#searchFrames();
		this.#countHosts();
		for (const device of this.#devices) {
			this.#compare(device);
			this.#countCards(device);
		}
	}

	/** The secret of whoever hosts, and the keys of the rounds that follow from it. */
	async #learnSecrets(node: LogNode, game: GameId): Promise<void> {
		const writer = this.#devices.find(({ name }) => node.seenBy.has(name));
		const own = await writer?.disk.secret(game);
		if (own == null) return;
		for (const bytes of encodings(own.secret)) this.#keep('the secret of the game', bytes, game);
		const started = startOf(node);
		const round = dealOf(node.record.payload);
		if (node.record.type !== DEAL_EVENT || started === null || typeof round !== 'number') return;
		const key = roundKeyOf({ game, secret: own.secret, contributions: started }, round);
		for (const bytes of encodings(key)) this.#keep(`the key of round ${round}`, bytes, `${game}/${round}`);
	}

	#searchFrames(): void {
		const frames = this.#frames;
		this.#frames = [];
		const secrets = [...this.#secrets.values()].map((secret) => ({
			...secret,
			publishedAs: this.#published.get(secret.until) ?? Infinity,
		}));
		for (const { to, frame, published } of frames) {
			this.counts.framesSearched++;
			const bytes = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength);
			for (const secret of secrets) {
				if (secret.publishedAs > published && bytes.includes(secret.bytes))
					this.violated(`${to} received ${secret.what} (${secret.until}) in a frame of kind ${frame[0]}`);
			}
		}
		for (const [key, { until }] of this.#secrets) if (this.#published.has(until)) this.#secrets.delete(key);
	}

	/** Every sealed box of a deal with every key that is not its owner's. */
	async #tryBoxes(node: LogNode, game: GameId): Promise<void> {
		// A device that has just come may not know yet who sits where: some other does.
		const isOwner = (player: PlayerId, seat: number) =>
			this.#devices.some(({ page }) => {
				const { snapshot } = page?.session ?? {};
				return snapshot?.game === game && snapshot.seats[seat]?.player === player;
			});
		const identities = [
			...this.#devices.flatMap((device) => (device.hasIdentity ? [device.identity] : [])),
			...this.strangers,
		];
		for (const [seat, sealed] of (node.record.hands ?? []).entries()) {
			for (const identity of identities) {
				if (isOwner(identity.player, seat)) continue;
				const tries = [
					[sealed?.box, 'hand'],
					[sealed?.share, 'share'],
				] as const;
				for (const [box, label] of tries) {
					if (box == null) continue;
					this.counts.boxesTried++;
					if ((await openBox(identity, box, label)) !== null)
						this.violated(`a key that is not of seat ${seat} opens its ${label}`);
				}
			}
		}
	}

	// What is true at any moment.

	/** Two devices that host the same game in the same term, both running. */
	#countHosts(): void {
		const hosts = new Map<string, string>();
		for (const device of this.#devices) {
			const { session, game } = device;
			if (session?.snapshot.isHost !== true || game === null) continue;
			const term = this.tip(device, game)?.record.term ?? 0;
			const key = `${game}/${term}`;
			const other = hosts.get(key);
			if (other !== undefined) this.violated(`${other} and ${device.name} both host in term ${term}`);
			hosts.set(key, device.name);
		}
	}

	/** At a host, which sees all hands: those held and those played are the ones that were dealt. */
	#countCards(device: Device): void {
		const { session, inner, game } = device;
		if (session?.snapshot.isHost !== true || inner === null || game === null) return;
		const path = this.pathOf(device, game);
		// The view is of the state behind the last event only when nothing is being written, and no move is ahead of the log.
		if (session.snapshot.events !== path.length || session.snapshot.pending !== null) return;
		const deal = path.findLast(({ record }) => record.type === DEAL_EVENT);
		if (deal === undefined || isVoided(path, deal.index)) return;
		// It has lost its word that the round is void, and hears the others before it says so again.
		if (path.at(-1)?.record.type === 'host_changed' && device.hasForgotten) return;
		const held = heldCards(inner, session.snapshot.seats.length);
		if (held === null) return;
		const dealt = this.#deals.get(`${game}/${String(dealOf(deal.record.payload))}`);
		if (dealt === undefined) return;
		const played = path
			.slice(deal.index + 1)
			.flatMap(({ record: { type, payload } }) => (type === 'card_played' ? [String(payload['card'])] : []));
		const cards = [...held.map((card) => formatCard(card)), ...played].toSorted().join(' ');
		this.counts.cardsCounted++;
		if (!dealt.has(cards))
			this.violated(`cards came or went at ${device.name}: dealt ${[...dealt].join(' or ')}, now ${cards}`);
	}

	/** When all is over: all these devices hold the same log, and nothing that anybody saw is missing in it. */
	finish(devices: readonly Device[]): void {
		const [first, ...others] = devices;
		const game = first?.game ?? null;
		if (first === undefined || game === null) return;
		const end = this.tip(first, game);
		for (const device of others) {
			if (device.game !== game) this.violated(`${device.name} ends in another game than ${first.name}`);
			else if (this.tip(device, game) !== end)
				this.violated(`the logs of ${device.name} and ${first.name} differ at the end`);
		}
		if (end !== null) this.#history(game).checkKept(end);
		this.counts.forks = [...this.#histories.values()].reduce((sum, { forks }) => sum + forks, 0);
	}
}

/** What everybody at the table must see alike. */
function publicText(snapshot: TableSnapshot, inner: GameState | null): string {
	const { stage, seats, continued, variant } = snapshot;
	const game = gameOf(variant);
	const view = inner === null || game === null || snapshot.view === null ? null : game.view(inner, null);
	const places = seats.map((seat) => [seat.kind, seat.player, seat.ready, seat.presence, seat.misplays]);
	return JSON.stringify([stage, places, continued, view]);
}

function startOf(node: LogNode): string | null {
	for (let at: LogNode | null = node; at !== null; at = at.parent) {
		const { type, payload } = at.record;
		if (type === 'game_started') return String(payload['contributions']);
	}
	return null;
}

function encodings(bytes: Uint8Array): Buffer[] {
	return [
		Buffer.from(bytes),
		Buffer.from(encodeBase64url(new Uint8Array(bytes))),
		Buffer.from(Buffer.from(bytes).toString('hex')),
	];
}

/** A hand as bytes, as numbers and as names. */
function textsOf(hand: Hand): Buffer[] {
	const names = JSON.stringify(hand.map((card) => formatCard(card))).slice(1, -1);
	return [
		...(hand.length >= FEWEST_NAMED_CARDS ? [Buffer.from(names)] : []),
		...(hand.length >= FEWEST_RAW_CARDS ? [Buffer.from(hand), Buffer.from(hand.join(','))] : []),
	];
}

interface DealNumbers {
	readonly round?: unknown;
	readonly deal?: unknown;
}

/** Which deal of the game this is: the round's number where no round is dealt again. */
function dealOf({ round, deal }: DealNumbers): unknown {
	return deal ?? round;
}

/** The cards in all hands; null for a game whose views show none. */
function heldCards(inner: GameState, seats: number): CardId[] | null {
	const game = gameOf(inner.variant);
	if (game === null) return null;
	const cards: CardId[] = [];
	for (let seat = 0; seat < seats; seat++) {
		const { hand } = game.view(inner, toSeat(seat)) as GameView & {
			readonly hand?: readonly { readonly card: CardId }[];
		};
		if (hand === undefined) return null;
		cards.push(...hand.map(({ card }) => card));
	}
	return cards;
}

function sortedNames(cards: readonly CardId[]): string {
	return cards
		.map((card) => formatCard(card))
		.toSorted()
		.join(' ');
}

function isVoided(path: readonly LogNode[], deal: number): boolean {
	// A deal that everybody passed is thrown in: a successor that comes after its reveal knows nothing of its hands.
	const ends = ['round_voided', 'round_passed_out'];
	return path.slice(deal + 1).some(({ record }) => ends.includes(record.type));
}
