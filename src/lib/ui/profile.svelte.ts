/**
 * Who this person is to the others: a face, made up for a newcomer and changeable at any time, in mid-game too.
 * It is only how they look; the keys that make them who they are live in the database. Given by context:
 *
 *     const profile = useProfile();
 *     profile.face.name
 *     profile.change({ name: 'Noa' });
 */
import { createContext } from 'svelte';
import type { Face } from '../game/table-types.ts';
import { madeUpFace, madeUpName, parseFace, tidyName } from './faces.ts';
import { ownNames } from './names.en.ts';
import { browserStorage, noteChange, readStored, writeStored, type KeyValue } from './stored.ts';

export const PROFILE_KEY = 'overtrick.profile';

export class Profile {
	readonly #storage: KeyValue | null;
	readonly #random: () => number;
	#face: Face = $state.raw({ name: '', color: 0, avatar: 0 });

	constructor(storage: KeyValue | null = browserStorage(), random: () => number = Math.random) {
		this.#storage = storage;
		this.#random = random;
		const kept = parseFace(readStored(storage, PROFILE_KEY));
		this.#face = kept ?? madeUpFace(random, ownNames());
		// A newcomer is the same person at the next visit.
		if (kept === null) writeStored(storage, PROFILE_KEY, this.#face);
	}

	get face(): Face {
		return this.#face;
	}

	/** Changes what is given. A name is tidied; one with nothing in it leaves the old name. */
	change(part: Partial<Face>): void {
		const name = part.name === undefined ? this.#face.name : (tidyName(part.name) ?? this.#face.name);
		this.take({ ...this.#face, ...part, name });
		noteChange(this.#storage);
	}

	/** As it was changed on another device. */
	take(face: Face): void {
		this.#face = face;
		writeStored(this.#storage, PROFILE_KEY, face);
	}

	/** Another made-up name; colour and drawing stay. */
	rename(): void {
		this.change({ name: madeUpName(this.#random, ownNames()) });
	}

	/** Another drawing; name and colour stay. */
	redraw(): void {
		this.change({ avatar: madeUpFace(this.#random, ownNames()).avatar });
	}

	/** Reads storage again, after another tab has changed it. */
	reload(): void {
		this.#face = parseFace(readStored(this.#storage, PROFILE_KEY)) ?? this.#face;
	}
}

export const [useProfile, giveProfile] = createContext<Profile>();
