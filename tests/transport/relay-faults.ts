/**
 * Signalling through which relayed links can be cut without a word, as tests want it: what is relayed between two
 * peers on the connections they have now is lost from then on, what they relay on later ones is not.
 */
import type { SignallingFactory } from '../../src/lib/transport/signalling.ts';
import type { PeerId } from '../../src/lib/transport/transport.ts';

export interface RelayCuts {
	/** The same signalling, in which what was cut is lost. */
	wrap(signalling: SignallingFactory): SignallingFactory;
	cut(a: PeerId, b: PeerId): void;
}

/** Of the 8 bytes that name a connection: all that base64 says of them without what follows. */
const NAME_CHARS = 10;

export function createRelayCuts(): RelayCuts {
	const names = new Map<string, Set<string>>();
	const lost = new Set<string>();
	const namesOf = (a: PeerId, b: PeerId): Set<string> => {
		const key = [a, b].sort().join();
		const known = names.get(key) ?? new Set();
		names.set(key, known);
		return known;
	};
	return {
		wrap: (signalling) => (address) => {
			const inner = signalling(address);
			return {
				open: (handlers) => inner.open(handlers),
				send: (sealed, to) => inner.send(sealed, to),
				relay: (data, to) => {
					const name = data.slice(0, NAME_CHARS);
					namesOf(address.self, to).add(name);
					if (!lost.has(name)) inner.relay(data, to);
				},
				check: () => inner.check(),
				close: () => inner.close(),
			};
		},
		cut(a, b) {
			for (const name of namesOf(a, b)) lost.add(name);
		},
	};
}
