/** The faults of the simulated table: how each is begun and how it ends. What cannot happen now gives null. */
import type { PeerId } from '../../src/lib/transport/transport.ts';
import type { Dice } from './dice.ts';
import type { FaultKind } from './kinds.ts';
import type { Device, World } from './world.ts';

export interface UnderWay {
	/** Of the world's clock, ms. */
	readonly endsAt: number;
	readonly end: () => Promise<void> | void;
}

export interface Stage {
	readonly world: World;
	readonly dice: Dice;
	/** Everybody who plays fair, seated or about to be. */
	readonly players: readonly Device[];
	/** The device that hosts and runs; null while there is none. */
	readonly host: () => Device | null;
	/** Something that goes on while time passes: what goes wrong in it is a failure. */
	readonly start: (task: Promise<void>) => void;
	/** A new device for somebody who comes to look; null when there were enough of them. */
	readonly newWatcher: () => Device | null;
	/** Somebody whose seat is still free; null when there is none left. */
	readonly takeLateJoiner: () => Device | null;
}

const USUAL_LATENCY_MS = 5;
const FEWEST_EVENTS = 8;

type Begin = (stage: Stage) => UnderWay | null | Promise<UnderWay | null>;

const nothingToEnd = (): void => undefined;

/** Ends by itself, at once. */
function done({ world }: Stage): UnderWay {
	return { endsAt: world.clock.now(), end: nothingToEnd };
}

function lasting({ world }: Stage, ms: number, end: UnderWay['end']): UnderWay {
	return { endsAt: world.clock.now() + ms, end };
}

const openPeers = ({ world }: Stage): PeerId[] =>
	world.devices.flatMap(({ page }) => (page?.peer == null ? [] : [page.peer]));

function pairOf(stage: Stage): readonly [PeerId, PeerId] | null {
	const peers = openPeers(stage);
	const a = stage.dice.pick(peers);
	const b = stage.dice.pick(peers.filter((peer) => peer !== a));
	return a === null || b === null ? null : [a, b];
}

/** A player who does not host and whose page is open and runs. */
const guest = (stage: Stage): Device | null =>
	stage.dice.pick(stage.players.filter((one) => one.session !== null && one !== stage.host()));
const anybody = (stage: Stage): Device | null =>
	stage.dice.pick(stage.players.filter(({ session }) => session !== null));

/** Comes back with a new page after so long, unless somebody has opened one before. */
function backAfter(stage: Stage, device: Device, ms: number): UnderWay {
	return lasting(stage, ms, () => {
		stage.start(device.open());
	});
}

function killed(stage: Stage, device: Device | null, ms: number): UnderWay | null {
	if (device === null) return null;
	device.kill();
	return backAfter(stage, device, ms);
}

async function crashed(stage: Stage, device: Device | null, ms: number): Promise<UnderWay | null> {
	// A table of which nobody has an event is no table.
	if (device?.session == null || device.session.snapshot.events < FEWEST_EVENTS) return null;
	await device.loseEvents(stage.dice.between(1, 3));
	return backAfter(stage, device, ms);
}

function frozen(stage: Stage, device: Device | null, ms: number): UnderWay | null {
	if (device === null) return null;
	device.freeze();
	return lasting(stage, ms, () => {
		device.thaw();
	});
}

export const FAULTS: Readonly<Record<FaultKind, Begin>> = {
	delay: (stage) => {
		const { world, dice } = stage;
		const slow = new Map<string, number>();
		world.network.setLatency((from, to) => {
			const pair = `${from}>${to}`;
			const ms = slow.get(pair) ?? (dice.chance(0.5) ? USUAL_LATENCY_MS : dice.between(50, 500));
			slow.set(pair, ms);
			return ms;
		});
		return lasting(stage, dice.between(3_000, 30_000), () => {
			world.network.setLatency(USUAL_LATENCY_MS);
		});
	},
	reorder: (stage) => {
		const { world, dice } = stage;
		world.network.setLatency(() => dice.between(1, 250));
		return lasting(stage, dice.between(3_000, 30_000), () => {
			world.network.setLatency(USUAL_LATENCY_MS);
		});
	},
	duplicate: (stage) => {
		stage.world.network.setDuplicates(0.4);
		return lasting(stage, stage.dice.between(3_000, 30_000), () => {
			stage.world.network.setDuplicates(0);
		});
	},
	loss: (stage) => {
		const pair = pairOf(stage);
		if (pair === null) return null;
		stage.world.network.dropLink(...pair);
		return done(stage);
	},
	silence: (stage) => {
		const pair = pairOf(stage);
		if (pair === null) return null;
		stage.world.network.silenceLink(...pair);
		return done(stage);
	},
	partition: (stage) => {
		const { world, dice } = stage;
		const peers = openPeers(stage);
		if (peers.length < 2) return null;
		const groups: PeerId[][] = [[], []];
		for (const [index, peer] of peers.entries()) groups[index === 0 ? 0 : dice.below(2)]?.push(peer);
		if (groups[1]?.length === 0) groups[1].push(groups[0]?.pop() ?? (peers[0] as PeerId));
		world.network.partition(groups);
		return lasting(stage, dice.between(1_000, 30_000), () => {
			world.network.heal();
		});
	},
	one_way: (stage) => {
		const pair = pairOf(stage);
		if (pair === null) return null;
		stage.world.network.block(...pair);
		return lasting(stage, stage.dice.between(1_000, 30_000), () => {
			stage.world.network.unblock(...pair);
		});
	},
	crash: (stage) => crashed(stage, guest(stage), stage.dice.between(100, 20_000)),
	reload: (stage) => killed(stage, guest(stage), 300),
	goodbye: (stage) => {
		const device = guest(stage);
		if (device === null) return null;
		device.close();
		return backAfter(stage, device, stage.dice.between(500, 60_000));
	},
	freeze: (stage) => frozen(stage, guest(stage), stage.dice.between(1_000, 40_000)),
	host_killed: (stage) => killed(stage, stage.host(), stage.dice.between(20_000, 90_000)),
	host_reload: (stage) => killed(stage, stage.host(), 300),
	host_frozen: (stage) => frozen(stage, stage.host(), stage.dice.between(2_000, 40_000)),
	host_crash: (stage) => crashed(stage, stage.host(), stage.dice.between(50, 3_000)),
	two_tabs: (stage) => {
		const device = anybody(stage);
		if (device === null) return null;
		stage.start(device.openSecondTab());
		return done(stage);
	},
	// A page's clock never jumps: the device comes back with another one.
	clock_skew: (stage) => {
		const device = anybody(stage);
		if (device === null) return null;
		device.kill();
		device.skewMs = stage.dice.chance(0.5) ? 600_000 : -600_000;
		return backAfter(stage, device, 300);
	},
	late_joiner: (stage) => {
		const device = stage.takeLateJoiner();
		if (device === null) return null;
		stage.start(device.open());
		return done(stage);
	},
	leave_return: (stage) => {
		const device = guest(stage);
		if (device?.session?.snapshot.stage !== 'playing') return null;
		device.hasLeft = true;
		device.ask({ type: 'leave_seat' });
		return lasting(stage, stage.dice.between(5_000, 60_000), () => {
			device.hasLeft = false;
		});
	},
	spectator: (stage) => {
		const device = stage.newWatcher();
		if (device === null) return null;
		stage.start(device.open());
		return lasting(stage, stage.dice.between(3_000, 120_000), () => {
			if (!stage.dice.chance(0.5)) return;
			device.hasGoneHome = true;
			device.close();
		});
	},
	hand_over: (stage) => {
		const host = stage.host();
		const seats = host?.session?.snapshot.seats.filter(
			(seat) => seat.kind === 'human' && !seat.you && seat.connection === 'open',
		);
		const seat = stage.dice.pick(seats ?? []);
		if (host === null || seat === null) return null;
		host.session?.passTable(seat.seat).catch(() => undefined);
		return done(stage);
	},
	signalling_down: (stage) => {
		stage.world.network.setSignalling(false);
		return lasting(stage, stage.dice.between(3_000, 40_000), () => {
			stage.world.network.setSignalling(true);
		});
	},
	slow_disk: (stage) => {
		const device = anybody(stage);
		if (device === null) return null;
		device.disk.slowMs = stage.dice.between(20, 900);
		return lasting(stage, stage.dice.between(3_000, 30_000), () => {
			device.disk.slowMs = 0;
		});
	},
	failed_write: (stage) => {
		const device = anybody(stage);
		if (device === null) return null;
		device.disk.failing++;
		return done(stage);
	},
};
