/**
 * Signalling inside one process, on whatever clock a test has: everybody on a topic hears what is said there, after a
 * moment. With a fake clock two transports over it always run the same.
 */
import type { Clock } from '../../src/lib/room/clock.ts';
import type { SignallingFactory, SignallingHandlers } from '../../src/lib/transport/signalling.ts';
import type { PeerId } from '../../src/lib/transport/transport.ts';

export interface Hub {
	/** For one page. */
	readonly signalling: SignallingFactory;
	/** Everybody is cut off, and finds it again when it is back. */
	setUp(up: boolean): void;
	/** Of any kind, so far. */
	readonly counts: { readonly sent: number; readonly relayed: number };
	/** Everything that was relayed. */
	readonly relayed: readonly string[];
}

interface Member {
	readonly topic: string;
	readonly self: PeerId;
	readonly handlers: SignallingHandlers;
}

const LATENCY_MS = 5;

export function createHub(clock: Clock): Hub {
	const members = new Set<Member>();
	const relayed: string[] = [];
	let isUp = true;
	let sent = 0;

	const tell = (from: Member, to: PeerId | null, run: (handlers: SignallingHandlers) => void): void => {
		if (!isUp || !members.has(from)) return;
		sent++;
		for (const member of [...members]) {
			if (member === from || member.topic !== from.topic || (to !== null && member.self !== to)) continue;
			clock.after(LATENCY_MS, () => {
				if (members.has(member)) run(member.handlers);
			});
		}
	};
	const join = ({ handlers }: Member): void => {
		handlers.onState('open');
		handlers.onConnected();
	};

	return {
		signalling: ({ topic, self }) => {
			let member: Member | null = null;
			return {
				open(handlers) {
					const joined = { topic, self, handlers };
					member = joined;
					members.add(joined);
					handlers.onState('connecting');
					clock.after(LATENCY_MS, () => {
						if (isUp && members.has(joined)) join(joined);
					});
				},
				send(sealed, to) {
					if (member !== null) tell(member, to, (handlers) => handlers.onPayload(sealed));
				},
				relay(data, to) {
					relayed.push(data);
					if (member !== null) tell(member, to, (handlers) => handlers.onRelayed(data));
				},
				check: () => undefined,
				close() {
					if (member !== null) members.delete(member);
				},
			};
		},
		setUp(up) {
			isUp = up;
			for (const member of [...members]) {
				if (up) join(member);
				else member.handlers.onState('connecting');
			}
		},
		get counts() {
			return { sent, relayed: relayed.length };
		},
		relayed,
	};
}
