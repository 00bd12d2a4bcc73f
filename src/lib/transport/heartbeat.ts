/**
 * Whether the other end is alive: a ping a second, and deadlines as absolute times that are checked by a timer and
 * on every message. A frozen page stays "connected" for ever as far as ICE can tell, and a page that wakes after
 * a minute finds old messages waiting: the deadline that passed meanwhile counts, not the message.
 */
import type { Clock } from '../room/clock.ts';

export const PING_EVERY_MS = 1_000;
/** Three pings missed: the player's plate shows it. */
export const DOUBTFUL_AFTER_MS = 3_500;
/** The whole table agrees on this: an end that was silent so long has been given up by the other. */
export const LOST_AFTER_MS = 5_000;
/** The weight of the newest round trip in the smoothed one (RFC 6298 uses the same eighth). */
const SMOOTHING = 1 / 8;

export interface HeartbeatEvents {
	/** Send a ping; the other end echoes the number. */
	ping(id: number): void;
	onDoubtful(): void;
	/** Heard again after doubt. */
	onAgain(): void;
	/** Silent too long; the heartbeat has stopped. */
	onLost(): void;
	onRoundTrip(): void;
}

export interface Heartbeat {
	/** Smoothed, ms; null before the first. */
	readonly roundTripMs: number | null;
	/** Any message came. False when its deadline had passed: the link is lost and the message void. */
	heard(): boolean;
	/** The echo of a ping. Unknown numbers are ignored. */
	pong(id: number): void;
	/** Looks at the deadlines and pings now: the page came back to the foreground. */
	check(): void;
	stop(): void;
}

export function startHeartbeat(clock: Clock, events: HeartbeatEvents): Heartbeat {
	let lastHeardAt = clock.now();
	let nextPingAt = lastHeardAt;
	let isDoubtful = false;
	let stopped = false;
	let roundTripMs: number | null = null;
	let cancelTimer: () => void = () => undefined;
	let nextId = 1;
	/** Sent and not echoed; the oldest go when the link has been silent for its whole life span. */
	const sentAt = new Map<number, number>();
	const MAX_UNANSWERED = Math.ceil(LOST_AFTER_MS / PING_EVERY_MS) * 2;

	const stop = (): void => {
		stopped = true;
		cancelTimer();
	};

	const sendPing = (now: number): void => {
		nextPingAt = now + PING_EVERY_MS;
		const id = nextId++;
		sentAt.set(id, now);
		for (const old of sentAt.keys()) {
			if (sentAt.size <= MAX_UNANSWERED) break;
			sentAt.delete(old);
		}
		events.ping(id);
	};

	/** False when the link is lost, now or before. */
	const isAlive = (now: number): boolean => {
		if (stopped) return false;
		if (now - lastHeardAt < LOST_AFTER_MS) return true;
		stop();
		events.onLost();
		return false;
	};

	/** Does whatever is due now; false when the link is lost. */
	const tick = (): boolean => {
		const now = clock.now();
		if (!isAlive(now)) return false;
		if (now >= nextPingAt) sendPing(now);
		if (!isDoubtful && now - lastHeardAt >= DOUBTFUL_AFTER_MS) {
			isDoubtful = true;
			events.onDoubtful();
		}
		if (!stopped) schedule(now);
		return !stopped;
	};

	const schedule = (now: number): void => {
		cancelTimer();
		const deadline = lastHeardAt + (isDoubtful ? LOST_AFTER_MS : DOUBTFUL_AFTER_MS);
		cancelTimer = clock.after(Math.max(0, Math.min(nextPingAt, deadline) - now), () => void tick());
	};

	tick();
	return {
		get roundTripMs() {
			return roundTripMs;
		},
		heard() {
			const now = clock.now();
			if (!isAlive(now)) return false;
			lastHeardAt = now;
			if (isDoubtful) {
				isDoubtful = false;
				events.onAgain();
			}
			// A hidden page's timers are late: the other end's pings, once a second, keep this one's going.
			return tick();
		},
		pong(id) {
			const at = sentAt.get(id);
			if (at === undefined) return;
			sentAt.delete(id);
			const sample = clock.now() - at;
			roundTripMs = roundTripMs === null ? sample : roundTripMs + (sample - roundTripMs) * SMOOTHING;
			events.onRoundTrip();
		},
		check() {
			if (!tick()) return;
			sendPing(clock.now());
			schedule(clock.now());
		},
		stop,
	};
}
