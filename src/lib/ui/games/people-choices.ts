/** Whom one has played with, to choose from: two keys with one name are told apart by how the key ends. */
import type { Face, PlayerId } from '../../game/table-types.ts';
import { leftToRight } from '../messages/bidi.ts';

/** Enough for all who go by one name. */
const TAIL = 4;

export interface PersonChoice {
	readonly value: PlayerId;
	readonly label: string;
}

export function choicesOf(
	people: readonly { readonly player: PlayerId; readonly face: Pick<Face, 'name'> }[],
): readonly PersonChoice[] {
	const isShared = (name: string): boolean => people.filter(({ face }) => face.name === name).length > 1;
	return people.map(({ player, face: { name } }) => ({
		value: player,
		label: isShared(name) ? `${name} ${leftToRight(`(…${player.slice(-TAIL)})`)}` : name,
	}));
}
