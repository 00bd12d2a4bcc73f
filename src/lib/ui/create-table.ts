/**
 * A new table on this device, with who is to sit at it; its page is opened afterwards (`open-table.ts`).
 *
 *     const href = await createTable(request, face);   // '/t/ABCDEF#h=...'
 */
import { encodeBase64url } from '../game/bytes.ts';
import type { GameOptions, Variant } from '../game/game.ts';
import { toSeat } from '../game/seats.ts';
import type { BotLevel, Command, Face, TableRules } from '../game/table-types.ts';
import { randomBytes } from '../room/keys.ts';
import type { TableSession } from '../room/session.ts';
import { formatFragment, newRoomCode } from '../room/table-keys.ts';
import { madeUpFace } from './faces.ts';
import { ownNames } from './names.en.ts';
import { newRecord, openSession, thisDevice } from './open-table.ts';

export interface TableRequest {
	readonly variant: Variant;
	readonly rules: TableRules;
	readonly options: GameOptions;
	/** Level of the bots in the other seats; null leaves them empty. */
	readonly bots: BotLevel | null;
	/** A table that never leaves this device. */
	readonly solo: boolean;
	/** The code alone does not open it: the link carries a secret. */
	readonly private: boolean;
}

/** Bytes of a private table's secret: more than anyone can guess. */
const SECRET_BYTES = 16;

/**
 * Opens a table on this device, sits down and fills it with bots; gives its address below the base path. Rejects
 * when the browser keeps nothing for the site.
 */
export async function createTable(request: TableRequest, face: Face): Promise<`/t/${string}`> {
	const device = await thisDevice();
	const code = newRoomCode(randomBytes);
	const record = {
		...newRecord(code, request.private && !request.solo ? encodeBase64url(randomBytes(SECRET_BYTES)) : null),
		solo: request.solo,
		variant: request.variant,
	};
	const session = await openSession(device, record, face, null, () => true);
	const { variant, rules, options } = request;
	const seats = Array.from({ length: rules.seats }, () => ({ kind: 'empty' }) as const);
	await session.host({ variant, rules, options, seats, previous: null });
	const commands: Command[] = [
		...(request.bots === null ? [] : botsFor(rules.seats, request.bots)),
		...(request.solo ? [{ type: 'start_game' } as const] : []),
	];
	for (const outcome of [await session.sit(null), ...(await inOrder(session, commands))]) {
		if (!outcome.ok) throw new Error(outcome.code);
	}
	await session.idle();
	session.close();
	device.store.close();
	return `/t/${code}${formatFragment(record.secret, device.identity.player)}`;
}

async function inOrder(session: TableSession, commands: readonly Command[]) {
	const outcomes = [];
	for (const command of commands) outcomes.push(await session.send(command));
	return outcomes;
}

/** Bots for every seat but the first, each with a name of its own. */
function botsFor(seats: number, level: BotLevel): Command[] {
	const names = new Set<string>();
	return Array.from({ length: seats - 1 }, (_, index) => {
		let face = madeUpFace(Math.random, ownNames());
		while (names.has(face.name)) face = madeUpFace(Math.random, ownNames());
		names.add(face.name);
		return { type: 'add_bot', seat: toSeat(index + 1), level, face } as const;
	});
}
