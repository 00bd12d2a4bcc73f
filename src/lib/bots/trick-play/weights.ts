/** How much each trait of a kept card counts towards its winning a trick: what `tests/bench/bots-fit.ts` finds. */
import { TRAITS, type Trait } from './traits.ts';

/** Log odds by trait, in the order of `TRAITS`: of a card of a plain suit, of a trump. */
export interface Weights {
	readonly plain: readonly number[];
	readonly trump: readonly number[];
}

export type WeightTable = Readonly<Record<Trait, readonly [plain: number, trump: number]>>;

export function weightsOf(table: WeightTable): Weights {
	return {
		plain: TRAITS.map((trait) => table[trait][0]),
		trump: TRAITS.map((trait) => table[trait][1]),
	};
}
