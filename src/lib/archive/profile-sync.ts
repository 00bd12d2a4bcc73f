/**
 * One profile on several devices: name, face and preferences follow the account. What is changed goes there a moment
 * later, or when there is a network again; what another device has changed comes here. What was last agreed on is
 * remembered, so that each device knows what it has changed itself: only where both have changed the same thing does
 * the later one win, and who loses is told.
 *
 *     const sync = createProfileSync({ account, own, memory, clock, onChange, onTold });
 *     sync.changed();   // after every change here
 *     sync.look();      // the page is shown again, the network is back
 */
import * as z from 'zod/mini';
import { playerIdSchema } from '../game/table-parse.ts';
import type { Face, PlayerId } from '../game/table-types.ts';
import type { Clock } from '../room/clock.ts';
import type { Account, AccountProfile } from './account.ts';
import { RemoteError } from './remote.ts';

/** Typing a name is one change, not one a letter. */
const REST_MS = 2_000;
/** First wait after a failure, and the longest. */
const FIRST_WAIT_MS = 15_000;
const LONGEST_WAIT_MS = 3_600_000;
/** A page that is shown again asks no more often. */
const FRESH_MS = 60_000;

/** Name, colour and avatar, and every preference, under their names. */
export type Fields = Readonly<Record<string, string | number | boolean>>;
/** Those of a face have columns of their own; all others are preferences. */
const FACE_FIELDS = ['name', 'color', 'avatar'];

/** What this browser shows and keeps. */
export interface OwnProfile {
	read(): Fields;
	/** Takes over what it understands of it. */
	take(fields: Fields): void;
	/** When something was last changed here, ms since 1970; 0 for never. */
	changedAt(): number;
}

/** A value that survives the page. */
export interface Memory {
	read(): unknown;
	write(value: unknown): void;
}

/** What happened to what was here, for the one who chose it. */
export type Told =
	/** Another account was signed in to: its profile is here now. */
	| { readonly type: 'taken_over'; readonly mine: Fields }
	/** Changed here and, later, elsewhere. */
	| { readonly type: 'overruled'; readonly mine: Fields };

export interface ProfileState {
	/** There are changes that other devices do not see yet. */
	readonly isWaiting: boolean;
	/** Why the last try failed; null when it did not. */
	readonly problem: string | null;
	/** The account's; null for none yet. */
	readonly username: string | null;
	/** Its id in the archive; null before there is one. */
	readonly player: string | null;
}

export interface ProfileSync {
	readonly state: ProfileState;
	/** Keys of all devices of the account, as far as known here. */
	readonly keys: readonly PlayerId[];
	changed(): void;
	look(): void;
	/** Looks at once, for whoever has just signed in. */
	now(): Promise<void>;
	/** Resolves when nothing is under way. */
	idle(): Promise<void>;
	close(): void;
}

export interface ProfileSyncOptions {
	readonly account: Pick<Account, 'known' | 'profile' | 'saveProfile'>;
	readonly own: OwnProfile;
	readonly memory: Memory;
	readonly clock: Clock;
	readonly onChange: (state: ProfileState) => void;
	readonly onTold: (told: Told) => void;
}

export interface Merged {
	/** From there, to be shown here. */
	readonly take: Fields;
	/** From here, to be sent. */
	readonly send: Fields;
	/** Own values that something newer has taken the place of. */
	readonly overruled: Fields;
}

/**
 * @param base what both had at last; null before they ever met: then the account's holds
 * @param isHereLater whether the last change here came after the last one there
 */
export function mergeFields(base: Fields | null, here: Fields, there: Fields, isHereLater: boolean): Merged {
	const take: Record<string, Fields[string]> = {};
	const send: Record<string, Fields[string]> = {};
	const overruled: Record<string, Fields[string]> = {};
	for (const [key, mine] of Object.entries(here)) {
		const theirs = there[key];
		if (theirs === mine) continue;
		const agreed = base?.[key];
		if (theirs === undefined) send[key] = mine;
		else if (agreed === undefined || mine === agreed) take[key] = theirs;
		else if (theirs === agreed || isHereLater) send[key] = mine;
		else {
			take[key] = theirs;
			overruled[key] = mine;
		}
	}
	return { take, send, overruled };
}

const field = z.union([z.string(), z.number(), z.boolean()]);
const memorySchema = z.object({
	account: z.string(),
	username: z.nullable(z.string()),
	keys: z.array(playerIdSchema),
	base: z.catchall(z.object({}), field),
});
type Remembered = z.infer<typeof memorySchema>;

/** Keys of the account's devices as they were last seen: games played on any of them are one's own. */
export function rememberedKeys(memory: Pick<Memory, 'read'>): readonly PlayerId[] {
	return parseMemory(memory.read())?.keys ?? [];
}

function parseMemory(stored: unknown): Remembered | null {
	const parsed = memorySchema.safeParse(stored);
	// Of another version, or none: the account's profile is looked at as if for the first time.
	return parsed.success ? parsed.data : null;
}

/** The part of it that others see. */
export function faceOf({ name, color, avatar }: Fields): Face {
	return { name: String(name), color: Number(color), avatar: Number(avatar) };
}

/** Of one kind with what stands here; a value this version does not know comes along and is passed over. */
function fieldsOf({ face, preferences }: AccountProfile): Fields {
	const known = Object.entries(preferences).filter(([, value]) => field.safeParse(value).success);
	return { ...(Object.fromEntries(known) as Fields), ...face };
}

export function createProfileSync(options: ProfileSyncOptions): ProfileSync {
	const { account, own, memory, clock, onChange, onTold } = options;
	let problem: string | null = null;
	let attempts = 0;
	let lookedAt = Number.NEGATIVE_INFINITY;
	let running: Promise<void> | null = null;
	let isAskedAgain = false;
	let isClosed = false;
	let cancelTimer = (): void => undefined;

	const remembered = () => parseMemory(memory.read());
	const differs = (base: Fields) => Object.entries(own.read()).some(([key, value]) => base[key] !== value);

	function state(): ProfileState {
		const known = remembered();
		return {
			isWaiting: known !== null && differs(known.base),
			problem,
			username: known?.username ?? null,
			player: known?.account ?? null,
		};
	}

	async function sync(): Promise<void> {
		// Who has no account has nothing there, and a colour is no reason to make one.
		if ((await account.known()).type === 'nobody') return;
		const profile = await account.profile();
		if (profile === null || isClosed) return;
		const { id, username, keys } = profile;
		const known = remembered();
		const isKnown = known?.account === id;
		const [here, there] = [own.read(), fieldsOf(profile)];
		const { take, send, overruled } = mergeFields(
			isKnown ? known.base : null,
			here,
			there,
			own.changedAt() >= profile.updatedAt,
		);
		if (Object.keys(take).length > 0) own.take(take);
		const now = own.read();
		const agreed = Object.fromEntries(Object.entries(now).filter(([key]) => !Object.hasOwn(send, key)));
		// What is on its way is not agreed on yet: it stays a change of this device until it has arrived.
		const base = { ...(isKnown ? known.base : {}), ...agreed };
		memory.write({ account: id, username, keys, base });
		const mine = Object.fromEntries(Object.entries(here).filter(([key]) => now[key] !== here[key]));
		if (!isKnown && Object.keys(mine).length > 0) onTold({ type: 'taken_over', mine });
		else if (Object.keys(overruled).length > 0) onTold({ type: 'overruled', mine: overruled });
		if (Object.keys(send).length === 0) return;
		await save(send, profile);
		memory.write({ account: id, username, keys, base: { ...base, ...send } });
	}

	async function save(send: Fields, { face, preferences }: AccountProfile): Promise<void> {
		const isFace = (key: string) => FACE_FIELDS.includes(key);
		const chosen = Object.fromEntries(Object.entries(send).filter(([key]) => !isFace(key)));
		await account.saveProfile({
			...(Object.keys(send).some(isFace) ? { face: faceOf({ ...face, ...send }) } : {}),
			...(Object.keys(chosen).length > 0 ? { preferences: { ...preferences, ...chosen } } : {}),
		});
	}

	function later(ms: number): void {
		cancelTimer();
		cancelTimer = clock.after(ms, () => void run());
	}

	function run(): Promise<void> {
		if (isClosed) return Promise.resolve();
		if (running !== null) {
			isAskedAgain = true;
			return running;
		}
		cancelTimer();
		running = sync()
			.then(
				() => {
					problem = null;
					attempts = 0;
					lookedAt = clock.now();
				},
				(error: unknown) => {
					problem = error instanceof RemoteError ? error.code : String(error);
					// A profile that is refused for what it is waits for the next change.
					if (error instanceof RemoteError && error.isFinal) return;
					later(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempts));
					attempts += 1;
				},
			)
			.finally(() => {
				running = null;
				if (isClosed) return;
				onChange(state());
				if (!isAskedAgain) return;
				isAskedAgain = false;
				void run();
			});
		return running;
	}

	return {
		get state() {
			return state();
		},
		get keys() {
			return rememberedKeys(memory);
		},
		changed() {
			const known = remembered();
			// What has just been taken over is no change of one's own.
			if (isClosed || known === null || !differs(known.base)) return;
			onChange(state());
			later(REST_MS);
		},
		look() {
			if (problem !== null || clock.now() - lookedAt >= FRESH_MS) void run();
		},
		now: run,
		async idle() {
			while (running !== null) await running;
		},
		close() {
			isClosed = true;
			cancelTimer();
		},
	};
}
