/**
 * Several kinds of signalling used as one: all at once, and open while one of them is. Peers meet if they share one;
 * what comes by more than one of them comes more than once, which whoever listens must bear (and does: `pairs.ts`).
 *
 *     const signalling = severalSignalling([createSocketSignalling(...), createRealtimeSignalling(...)]);
 */
import type { SignallingFactory } from './signalling.ts';

export function severalSignalling(factories: readonly SignallingFactory[]): SignallingFactory {
	return (address) => {
		const all = factories.map((factory) => factory(address));
		return {
			open(handlers) {
				const open = new Set<number>();
				let wasOpen: boolean | null = null;
				for (const [index, one] of all.entries()) {
					one.open({
						...handlers,
						onState: (state) => {
							if (state === 'open') open.add(index);
							else open.delete(index);
							const isOpen = open.size > 0;
							if (isOpen === wasOpen) return;
							wasOpen = isOpen;
							handlers.onState(isOpen ? 'open' : 'connecting');
						},
					});
				}
			},
			send: (sealed, to) => {
				for (const one of all) one.send(sealed, to);
			},
			relay: (data, to) => {
				for (const one of all) one.relay(data, to);
			},
			check: () => {
				for (const one of all) one.check();
			},
			close: () => {
				for (const one of all) one.close();
			},
		};
	};
}
