/**
 * One whole game at a simulated table, everything about it from one seed: who plays what with whom, what goes wrong
 * and when, who lies. In the end all faults heal, and the game has to finish with all of them agreed.
 */
import {
	DEAL_EVENT,
	MODES,
	type Mode,
	type Game,
	type GameOptions,
	type GameView,
} from '../../src/lib/game/game.ts';
import {
	ABSENCE_ACTIONS,
	DEFAULT_RULES,
	FIRST_DEALERS,
	HOST_LOSS_ACTIONS,
	type Command,
	type GameId,
	type TableRules,
} from '../../src/lib/game/table-types.ts';
import { chooseNow } from '../../src/lib/bots/answer.ts';
import { botOf } from '../../src/lib/bots/index.ts';
import { PHRASES } from '../../src/lib/game/phrases.ts';
import { toSeat } from '../../src/lib/game/seats.ts';
import { GAMES, gameOf } from '../../src/lib/games/index.ts';
import { keeperCommand } from './keeping.ts';
import { createDice, type Dice } from './dice.ts';
import { FAULTS, type Stage, type UnderWay } from './faults.ts';
import { ATTACKS, isLie, openStranger, type AttackStage } from './attacks.ts';
import {
	ATTACK_KINDS,
	FAULT_KINDS,
	HOST_LIES,
	type AttackKind,
	type FaultKind,
	type HostLie,
	type Kind,
} from './kinds.ts';
import { dealsFalsely, forkFor, FOUND_IN_DEAL } from './lies.ts';
import type { TableSnapshot } from '../../src/lib/room/table-client.ts';
import type { RawPeer, RawPeerOptions } from './raw-peer.ts';
import { nodeKeys } from './node-keys.ts';
import { quickKeys } from './quick-keys.ts';
import { Witness, type WitnessCounts } from './witness.ts';
import { createWorld, Device, type World } from './world.ts';

export interface GameReport {
	readonly seed: number;
	readonly variant: string;
	readonly mode: Mode;
	readonly seats: number;
	readonly humans: number;
	/** Empty when all was as it must be. */
	readonly failures: readonly string[];
	/** How often each kind was begun. */
	readonly kinds: Partial<Record<Kind, number>>;
	readonly counts: WitnessCounts;
	/** Length of the log that all ended with. */
	readonly length: number;
	readonly simulatedMs: number;
	/** What was done and when: for who looks into a failure. */
	readonly story: readonly string[];
}

/** One look at the table in so many ms: players are not faster, and may not be (5 actions in 5 s). */
const STEP_MS = { from: 250, to: 1_400 } as const;
/** How long a host that has forked its log goes on, and how long it is gone then. */
const FORK_LASTS_MS = 8_000;
const LIAR_IS_GONE_MS = 40_000;
/** How often something new is begun, at each look. */
const OFTEN = 0.07;
/** How long faults may go on before everything heals, and how long the healed table has to finish. */
const TROUBLE_MS = 20 * 60_000;
const FINISH_MS = 90 * 60_000;
/** After the end: time for a last log to reach a page that has just come back. */
const GOODBYE_MS = 30_000;
/** Milliseconds of real time for all audits of a game together. */
const AUDIT_TURNS = 5_000;

/** Far from any seed that is played. */
const KEEPER_SEEDS = 1_000_000_000;
const TALK_SEEDS = 2_000_000_000;
/** At one table in eleven people talk, one that no seed named in a test is for: those stay as they were. */
const TALK_EVERY = 11;
const TALK_AT = 2;
/** How often somebody who looks at the table says something instead of acting. */
const TALKATIVE = 0.03;
/** How many of the tables keep the score of a real one, where both modes may be played. */
const KEEPERS = 0.35;
/** A keeper who does not play. */
const STANDING = 0.3;

/**
 * @param games what is played: the seed picks one of them
 * @param modes how: likewise
 */
export async function playGame(
	seed: number,
	kinds: ReadonlySet<Kind>,
	games: readonly Game[] = GAMES,
	modes: readonly Mode[] = MODES,
): Promise<GameReport> {
	const run = new GameRun(seed, kinds, games, modes);
	return run.play();
}

class GameRun {
	readonly #seed: number;
	readonly #dice: Dice;
	readonly #faults: readonly FaultKind[];
	readonly #attacks: readonly Exclude<AttackKind, HostLie>[];
	/** What the first host lies about; null in an honest game. */
	readonly #lie: HostLie | null;
	readonly #witness = new Witness();
	readonly #world: World;
	readonly #game: Game;
	readonly #mode: Mode;
	/** Dice of their own: the tables of cards stay as they were before there were keepers. */
	readonly #keeperDice: Dice;
	readonly #talkDice: Dice;
	readonly #mayTalk: boolean;
	/** The first host keeps the score and has no seat. */
	readonly #isStanding: boolean;
	readonly #rules: TableRules;
	readonly #humans: number;
	readonly #players: Device[] = [];
	readonly #late: Device[] = [];
	readonly #done: Partial<Record<Kind, number>> = {};
	readonly #story: string[] = [];
	#underWay: UnderWay[] = [];
	#watchers = 0;
	#faultsLeft: number;
	#attacksLeft: number;
	#cheater: Device | null = null;
	#liar: Device | null = null;
	/** The round that was dealt falsely, once it was. */
	#falseRound: number | null = null;
	#hasForked = false;
	#stranger: RawPeer | null = null;
	#startMs: number;

	constructor(seed: number, kinds: ReadonlySet<Kind>, games: readonly Game[], modes: readonly Mode[]) {
		this.#seed = seed;
		const dice = createDice(seed);
		this.#mayTalk = seed % TALK_EVERY === TALK_AT;
		this.#talkDice = createDice(seed + TALK_SEEDS);
		const keeperDice = createDice(seed + KEEPER_SEEDS);
		this.#keeperDice = keeperDice;
		const isKept = keeperDice.chance(KEEPERS);
		this.#mode = modes.length === 1 ? (modes[0] ?? 'cards') : isKept ? 'keeper' : 'cards';
		this.#isStanding = keeperDice.chance(STANDING) && this.#mode === 'keeper';
		this.#dice = dice;
		this.#faults = FAULT_KINDS.filter((kind) => kinds.has(kind));
		this.#attacks = ATTACK_KINDS.filter((kind) => !isLie(kind)).filter((kind) => kinds.has(kind));
		// One game in fifty on the true curves: the quick ones keep every promise of theirs and cost a tenth.
		this.#world = createWorld(seed, seed % 50 === 0 ? nodeKeys() : quickKeys(), this.#witness);
		this.#game = dice.pick(games) as Game;
		const seats = drawSeats(dice, this.#game);
		this.#humans = Math.min(seats, dice.pick([1, 2, 2, 3, 3, 3, 4, 4, 4, 5]) ?? 2);
		this.#rules = drawRules(dice, seats);
		this.#faultsLeft = this.#faults.length === 0 ? 0 : dice.between(2, 9);
		this.#attacksLeft = this.#attacks.length === 0 || dice.chance(0.4) ? 0 : dice.between(2, 8);
		const lies = HOST_LIES.filter((kind) => kinds.has(kind));
		this.#lie = this.#humans > 1 && dice.chance(0.06) ? dice.pick(lies) : null;
		if (this.#lie === 'forked_event') this.#witness.hostLies();
		this.#startMs = this.#world.clock.now();
		this.#witness.now = () => Math.round(this.#world.clock.now() - this.#startMs);
	}

	async play(): Promise<GameReport> {
		try {
			await this.#open();
			await this.#goOn(TROUBLE_MS, () => this.#isOver() || this.#isQuiet());
			await this.#heal();
			await this.#goOn(FINISH_MS, () => this.#isOver());
			this.#countSpoiltVotes();
			if (this.#isOver()) {
				await this.#pass(GOODBYE_MS);
				await this.#settleAudits();
				this.#witness.finish(this.#present());
				this.#checkStanding();
				this.#checkAudits();
			} else if (this.#witness.violations.length === 0) {
				this.#witness.violated(`the game does not finish: ${this.#describe()}`);
			}
		} catch (error) {
			this.#witness.violated(error instanceof Error ? (error.stack ?? error.message) : String(error));
		}
		const { devices } = this.#world;
		const length =
			devices[0] === undefined ? 0 : (this.#witness.tip(devices[0], devices[0].game)?.index ?? -1) + 1;
		for (const device of devices) device.kill();
		return {
			seed: this.#seed,
			variant: this.#game.variant,
			mode: this.#mode,
			seats: this.#rules.seats,
			humans: this.#humans,
			failures: this.#witness.violations,
			kinds: this.#done,
			counts: this.#witness.counts,
			length,
			simulatedMs: this.#witness.now(),
			story: this.#story,
		};
	}

	async #open(): Promise<void> {
		const names = ['Host', 'Dana', 'Ben', 'Yael', 'Noa', 'Omer', 'Tal', 'Gil', 'Ruth', 'Adam'];
		for (const name of names.slice(0, this.#humans)) this.#players.push(new Device(this.#world, name));
		const [host, ...guests] = this.#players as [Device, ...Device[]];
		if (this.#lie !== null) this.#beginLie(host);
		else if (this.#attacks.length > 0 && guests.length > 1 && this.#rules.seats > this.#game.minSeats) {
			this.#cheater = this.#dice.pick(guests);
			if (this.#cheater !== null) {
				this.#cheater.isCheater = true;
				// Told by the seed and not by the dice: it matters only where a host is lost, which is seldom enough.
				this.#cheater.spoilsVotes = this.#attacks.includes('forged_share') && this.#seed % 2 === 0;
			}
		}
		await host.open();
		await host.session?.host({
			variant: this.#game.variant,
			rules: this.#rules,
			options: { ...drawOptions(this.#dice, this.#game), mode: this.#mode },
			seats: Array.from({ length: this.#rules.seats }, () => ({ kind: 'empty' }) as const),
			previous: null,
		});
		if (!this.#isStanding) {
			host.asked++;
			await host.session?.sit(null);
		}
		const sitting = this.#isStanding ? this.#humans - 1 : this.#humans;
		const free = this.#rules.seats - sitting;
		const keepsSeat = free > 0 && this.#rules.seats > this.#game.minSeats && this.#dice.chance(0.5);
		if (keepsSeat) this.#late.push(new Device(this.#world, 'Late'));
		for (let n = 0; n < free - this.#late.length; n++) {
			host.asked++;
			const seat = toSeat(sitting + n);
			const level = this.#dice.chance(0.7) ? 'novice' : 'club';
			const face = { name: `Bot ${n}`, color: n % 10, avatar: n };
			await host.session?.send(
				this.#mode === 'keeper' ? { type: 'name_seat', seat, face } : { type: 'add_bot', seat, level, face },
			);
		}
		for (const guest of guests) await guest.open();
	}

	// Time.

	async #goOn(limitMs: number, done: () => boolean): Promise<void> {
		const end = this.#world.clock.now() + limitMs;
		while (!done() && this.#world.clock.now() < end && this.#witness.violations.length === 0) {
			await this.#beginFault();
			await this.#attack();
			await this.#fork();
			for (const device of this.#world.devices) this.#act(device);
			await this.#pass(this.#dice.between(STEP_MS.from, STEP_MS.to));
		}
	}

	async #pass(ms: number): Promise<void> {
		await this.#world.clock.advance(ms);
		const now = this.#world.clock.now();
		const over = this.#underWay.filter(({ endsAt }) => endsAt <= now);
		this.#underWay = this.#underWay.filter(({ endsAt }) => endsAt > now);
		for (const { end } of over) await end();
		await this.#witness.check();
		for (const device of this.#players) if (!device.isCheater) this.#checkPage(device);
	}

	async #beginFault(): Promise<void> {
		if (this.#faultsLeft <= 0 || !this.#dice.chance(OFTEN)) return;
		const kind = this.#dice.pick(this.#faults);
		const fault = kind === null ? null : await FAULTS[kind](this.#stage());
		if (kind === null || fault === null) return;
		this.#faultsLeft--;
		this.#happened(kind);
		this.#underWay.push(fault);
	}

	async #attack(): Promise<void> {
		if (this.#attacksLeft <= 0 || !this.#dice.chance(OFTEN)) return;
		const host = this.#host();
		const { game, stage } = host?.session?.snapshot ?? {};
		const kind = this.#dice.pick(this.#attacks);
		if (kind === null || host === null || game == null || stage !== 'playing') return;
		if (!(await ATTACKS[kind](this.#attackStage(host, game)))) return;
		this.#attacksLeft--;
		this.#happened(kind);
	}

	/** The first host will lie: in the deal of one round, or to one guest. */
	#beginLie(host: Device): void {
		this.#liar = host;
		if (this.#lie !== 'wrong_deal') return;
		const round = this.#dice.between(1, this.#game.rounds ?? 3);
		host.tampering = dealsFalsely(round, this.#dice.between(1, 51), () => {
			this.#falseRound = round;
		});
	}

	/** Once, in mid-game: one guest hears of an event that nobody else does. Then the liar is gone for a while. */
	async #fork(): Promise<void> {
		const liar = this.#liar;
		const { game, isHost, stage } = liar?.session?.snapshot ?? {};
		if (this.#lie !== 'forked_event' || this.#hasForked || liar === null || game == null) return;
		if (isHost !== true || stage !== 'playing' || !this.#dice.chance(OFTEN)) return;
		const victim = this.#dice.pick(this.#players.filter((one) => one !== liar && one.session !== null));
		const others = this.#players.filter((one) => one.session?.snapshot.status === 'open');
		if (victim === null || others.length < 3) return;
		if (!(await forkFor(liar, victim.identity.player, victim.page?.peer ?? null, game))) return;
		this.#hasForked = true;
		liar.isDeaf = true;
		this.#happened('forked_event');
		this.#underWay.push({
			endsAt: this.#world.clock.now() + FORK_LASTS_MS,
			end: () => {
				liar.kill();
				liar.isDeaf = false;
				const endsAt = this.#world.clock.now() + LIAR_IS_GONE_MS;
				this.#underWay.push({
					endsAt,
					end: () => {
						this.#start(liar.open());
					},
				});
			},
		});
	}

	#happened(kind: Kind): void {
		this.#done[kind] = (this.#done[kind] ?? 0) + 1;
		this.#story.push(`${this.#witness.now()} ms: ${kind} (${this.#describe()})`);
	}

	#host(): Device | null {
		return this.#players.find(({ session }) => session?.snapshot.isHost === true) ?? null;
	}

	#attackStage(host: Device, game: GameId): AttackStage {
		const { status, isHost } = this.#cheater?.session?.snapshot ?? {};
		// A host's lies are others than these (lies.ts); there may be two hosts for a while.
		const cheater = status === 'open' && isHost !== true ? this.#cheater : null;
		const others = this.#players.filter(
			(one) => one !== host && one !== this.#cheater && one.session !== null,
		);
		return {
			world: this.#world,
			dice: this.#dice,
			game,
			host,
			cheater,
			victim: this.#dice.pick(others),
			overheard: host.commands,
			stranger: (options) => this.#strangerAt(game, options),
		};
	}

	/** The stranger that is there already, unless another is wanted or nobody talks to it any more. */
	async #strangerAt(game: GameId, options: RawPeerOptions = {}): Promise<RawPeer> {
		const isAnother = Object.keys(options).length > 0;
		if (!isAnother && this.#stranger !== null && this.#stranger.links.length > 0) return this.#stranger;
		const stranger = await openStranger(this.#world, game, options);
		this.#witness.strangers.push(stranger.identity);
		if (!isAnother) {
			this.#stranger?.transport.close();
			this.#stranger = stranger;
		}
		return stranger;
	}

	/** Not awaited: a disk that is slow answers only while time passes. */
	#start(task: Promise<void>): void {
		task.catch((error: unknown) => {
			this.#witness.violated(error instanceof Error ? (error.stack ?? error.message) : String(error));
		});
	}

	#stage(): Stage {
		return {
			world: this.#world,
			dice: this.#dice,
			players: this.#players,
			host: () => this.#host(),
			start: (task) => {
				this.#start(task);
			},
			newWatcher: () => (++this.#watchers > 3 ? null : new Device(this.#world, `Watcher ${this.#watchers}`)),
			takeLateJoiner: () => {
				const device = this.#late.pop() ?? null;
				if (device !== null) this.#players.push(device);
				return device;
			},
		};
	}

	/** A spoilt vote counts when it was cast. */
	#countSpoiltVotes(): void {
		delete this.#done.forged_share;
		const spoilt = this.#cheater?.spoiltVotes ?? 0;
		if (spoilt > 0) this.#done.forged_share = spoilt;
	}

	/** Nothing more will go wrong. */
	#isQuiet(): boolean {
		return this.#faultsLeft <= 0 && this.#attacksLeft <= 0 && this.#underWay.length === 0;
	}

	async #heal(): Promise<void> {
		this.#faultsLeft = 0;
		this.#attacksLeft = 0;
		for (const { end } of this.#underWay.splice(0)) await end();
		const { network } = this.#world;
		network.heal();
		network.setSignalling(true);
		network.setDuplicates(0);
		this.#story.push(`${this.#witness.now()} ms: healed (${this.#describe()})`);
		for (const device of this.#players) {
			device.thaw();
			device.hasLeft = false;
			device.disk.slowMs = 0;
			device.disk.failing = 0;
			this.#start(device.open());
		}
	}

	// What players do.

	#act(device: Device): void {
		this.#start(device.followNewLink());
		const snapshot = device.session?.snapshot;
		if (snapshot === undefined || device.isAsking || snapshot.pending !== null) return;
		const isPlayer = this.#players.includes(device);
		const { seat } = snapshot.you;
		if (!isPlayer || snapshot.stage === 'finished' || snapshot.view === null) {
			if (isPlayer && snapshot.stage === 'lobby' && snapshot.game !== null) this.#actInLobby(device);
			return;
		}
		if (this.#mode === 'keeper') {
			this.#keep(device, snapshot);
			return;
		}
		if (seat === null) {
			if (snapshot.status === 'open') device.sit();
			return;
		}
		const { presence } = snapshot.seats[seat] ?? {};
		if (this.#mayTalk && snapshot.stage === 'playing' && this.#talkDice.chance(TALKATIVE)) {
			device.ask({ type: 'say', phrase: this.#talkDice.pick(PHRASES) ?? 'hello' });
			return;
		}
		if (presence === 'left' && !device.hasLeft) device.ask({ type: 'return_to_seat' });
		else if (snapshot.view.turn === seat) this.#move(device, snapshot.view);
		else if (snapshot.nextRoundAt !== null && !snapshot.continued.includes(seat))
			device.ask({ type: 'continue' });
	}

	/** At a keeper's table: what this player says, or as the admin anybody does. */
	#keep(device: Device, snapshot: TableSnapshot): void {
		if (snapshot.status !== 'open') return;
		if (snapshot.you.seat === null && !this.#isStandingBy(device)) {
			// A phone that left the game comes back to the name it left behind.
			const own = snapshot.seats.find((one) => one.kind === 'named' && one.face?.name === device.name);
			if (!device.hasLeft) device.sit(own?.seat ?? null);
			return;
		}
		const command = keeperCommand(snapshot, this.#keeperDice);
		if (command !== null) device.ask(command);
	}

	#isStandingBy(device: Device): boolean {
		return this.#isStanding && device === this.#players[0];
	}

	#actInLobby(device: Device): void {
		const snapshot = device.session?.snapshot;
		if (snapshot === undefined || snapshot.status !== 'open') return;
		const { seat } = snapshot.you;
		if (seat === null && !this.#isStandingBy(device)) {
			if (snapshot.seats.some(({ kind }) => kind === 'empty')) device.sit();
		} else if (!snapshot.isHost) {
			if (seat !== null && snapshot.seats[seat]?.ready === false)
				device.ask({ type: 'set_ready', ready: true });
		} else if (snapshot.startRefusal === null && this.#areSeated(snapshot.seats.length - this.#late.length)) {
			device.ask({ type: 'start_game' });
		} else {
			this.#seatAgain(device, snapshot);
		}
	}

	/** A host whose last writes were lost before anybody heard of them sees an empty seat, and fills it once more. */
	#seatAgain(device: Device, { seats }: TableSnapshot): void {
		const empty = seats.filter(({ kind }) => kind === 'empty');
		const standing = this.#players.filter(
			(one) => !this.#isStandingBy(one) && !seats.some(({ player }) => player === one.identity.player),
		);
		const [first] = empty;
		if (first === undefined || empty.length <= standing.length + this.#late.length) return;
		const { seat } = first;
		const face = { name: `Bot ${seat} again`, color: seat, avatar: seat };
		device.ask(
			this.#mode === 'keeper'
				? { type: 'name_seat', seat, face }
				: { type: 'add_bot', seat, level: 'novice', face },
		);
	}

	#areSeated(wanted: number): boolean {
		const seats = this.#host()?.session?.snapshot.seats ?? [];
		return seats.filter(({ kind }) => kind !== 'empty').length >= wanted;
	}

	/** What a novice would do, or the first thing the rules allow. */
	#move(device: Device, view: GameView): void {
		const game = gameOf(view.variant);
		const seat = device.session?.snapshot.you.seat ?? null;
		if (game === null || seat === null || device.inner === null) return;
		// A round that is void, in the moment before it is dealt again: there is nothing to play.
		if (view.phase === 'playing' && 'hand' in view && Array.isArray(view.hand) && view.hand.length === 0)
			return;
		const bot = botOf(view.variant);
		if (bot !== null && this.#dice.chance(0.5)) {
			const seed = this.#dice.below(2 ** 31);
			device.ask(chooseNow({ variant: view.variant, view, level: 'novice', seed }));
			return;
		}
		const { by: _, ...move } = game.forcedMove(device.inner, seat) as Command & { readonly by?: unknown };
		device.ask(move);
	}

	// What must be.

	#checkPage(device: Device): void {
		const snapshot = device.page?.session.snapshot;
		if (snapshot === undefined) return;
		if (snapshot.status === 'taken_over')
			this.#witness.violated(`${device.name}'s only page holds itself taken over`);
		// A stranger that poses as host is told apart from the table a link means; the true host puts it right.
		if (snapshot.status === 'refused' && snapshot.refusal !== 'wrong_table')
			this.#witness.violated(`${device.name} is refused as ${String(snapshot.refusal)}`);
	}

	/** Attacks alone, whatever they are, do not move the table. */
	#checkStanding(): void {
		const wasTroubled = this.#lie !== null || FAULT_KINDS.some((kind) => this.#done[kind] !== undefined);
		if (!wasTroubled && this.#witness.counts.takeovers > 0)
			this.#witness.violated('an attack has moved the table');
	}

	/** The audit of a finished game is loaded by the page: real time passes, a little. */
	async #settleAudits(): Promise<void> {
		const [first] = this.#present();
		const game = first?.game ?? null;
		const path = first === undefined || game === null ? [] : this.#witness.pathOf(first, game);
		const rounds = path.filter(({ record }) => record.type === 'round_revealed').length;
		const isWaiting = () =>
			this.#present().some(({ page }) => (page?.session.snapshot.dealCheck?.rounds ?? -1) < rounds);
		for (let turn = 0; turn < AUDIT_TURNS && isWaiting(); turn++)
			await new Promise((next) => setTimeout(next, 1));
	}

	#checkAudits(): void {
		// Nothing was dealt here.
		if (this.#mode === 'keeper') return;
		const falseDeal = this.#falseDeal();
		if (falseDeal) this.#happened('wrong_deal');
		for (const device of this.#present()) {
			// It deals again by its own rules.
			if (device.tampering !== null) continue;
			const check = device.page?.session.snapshot.dealCheck ?? null;
			const named = check?.findings.some(
				({ code, round }) => FOUND_IN_DEAL.includes(code) && round === this.#falseRound,
			);
			if (check === null) this.#witness.violated(`${device.name} has not dealt the game again`);
			else if (falseDeal) {
				if (named !== true)
					this.#witness.violated(
						`${device.name} does not find the false deal of round ${String(this.#falseRound)}: ${JSON.stringify(check)}`,
					);
			} else if (check.findings.length > 0 || check.rounds === 0) {
				this.#witness.violated(`${device.name} finds ${JSON.stringify(check)}`);
			}
		}
	}

	/** Whether the false deal stands in the log: not if another host came and dealt that round again. */
	#falseDeal(): boolean {
		const [device] = this.#present();
		const game = device?.game ?? null;
		if (this.#falseRound === null || device === undefined || game === null || this.#liar === null)
			return false;
		const path = this.#witness.pathOf(device, game);
		const revealed = path.findIndex(
			({ record }) => record.type === 'round_revealed' && record.payload['round'] === this.#falseRound,
		);
		const dealt = path.slice(0, Math.max(0, revealed)).findLast(({ record }) => record.type === DEAL_EVENT);
		const host = path
			.slice(0, dealt?.index ?? 0)
			.findLast(({ record }) => record.type === 'host_changed' || record.type === 'game_created');
		return dealt !== undefined && host?.record.payload['host'] === this.#liar.identity.player;
	}

	#present(): Device[] {
		return this.#world.devices.filter(({ page, isCheater }) => page !== null && !isCheater);
	}

	#isOver(): boolean {
		const isBack = this.#players.every(({ page }) => page !== null);
		return isBack && this.#present().every(({ page }) => page?.session.snapshot.stage === 'finished');
	}

	#describe(): string {
		return this.#world.devices
			.map(({ name, page, isFrozen }) => {
				if (page === null) return `${name}: no page`;
				const { status, stage, events, view, fault, isHost, pending } = page.session.snapshot;
				const where = `${status}${isHost ? ' host' : ''}${isFrozen ? ' frozen' : ''} ${stage} ${events}`;
				const turn = view === null ? '' : ` round ${view.round} turn ${String(view.turn)}`;
				return `${name}: ${where}${turn}${pending === null ? '' : ` asks ${pending.type}`} ${fault ?? ''}`.trim();
			})
			.join('; ');
	}
}

function drawSeats(dice: Dice, { minSeats, maxSeats }: Game): number {
	const wanted = dice.pick([2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4, 5, 5, 6, 7, 10]) ?? 4;
	return Math.min(maxSeats, Math.max(minSeats, wanted));
}

function drawRules(dice: Dice, seats: number): TableRules {
	return {
		...DEFAULT_RULES,
		seats,
		pace: 'quick',
		graceS: dice.pick([10, 30, 60] as const) ?? 10,
		turnTimerS: dice.chance(0.15) ? 30 : 0,
		onAbsence: dice.pick(ABSENCE_ACTIONS) ?? 'bot',
		firstDealer: dice.pick(FIRST_DEALERS) ?? 'drawn',
		onHostLoss: dice.chance(0.85) ? 'continue' : (dice.pick(HOST_LOSS_ACTIONS) ?? 'continue'),
	};
}

/** Each option as it is by default or as something else that the game takes: it is asked, not known here. */
function drawOptions(dice: Dice, game: Game): GameOptions {
	let options = game.defaultOptions();
	for (const [name, value] of Object.entries(options)) {
		if (name === 'end') {
			// A game that only its admin ends would not.
			const parsed = game.parseOptions({ ...options, end: { type: 'rounds', rounds: dice.between(1, 2) } });
			if (parsed.ok) options = parsed.value;
		}
		if (name === 'v' || name === 'end' || dice.chance(0.4)) continue;
		const tries: readonly unknown[] =
			typeof value === 'boolean'
				? [!value]
				: typeof value === 'number'
					? [dice.between(1, Math.max(2, value)), dice.between(1, 4), dice.between(1, 13)]
					: [];
		for (const next of tries) {
			const parsed = game.parseOptions({ ...options, [name]: next });
			if (parsed.ok) options = parsed.value;
		}
	}
	return options;
}
