/** One process of a simulated run: plays the seeds it is given, and asks for more. */
import { parseKinds } from './kinds.ts';
import { playGame } from './play.ts';

export interface PlayOrder {
	readonly seeds: readonly number[];
	/** As on the command line. */
	readonly faults: string;
}

process.on('message', (order: PlayOrder) => {
	void play(order);
});

async function play({ seeds, faults }: PlayOrder): Promise<void> {
	const kinds = parseKinds(faults);
	for (const seed of seeds) process.send?.(await playGame(seed, kinds));
	process.send?.('more');
}
