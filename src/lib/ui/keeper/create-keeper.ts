/**
 * A table for the score of real cards: on this phone alone, begun at once and never in need of a network; or one that
 * everybody's own phone comes to, by link, each to the name that stands there for it.
 *
 *     const href = await createKeeper({ variant, rules, options, lines, phones }, face);
 */
import type { GameOptions, Variant } from '../../game/game.ts';
import { toSeat } from '../../game/seats.ts';
import type { Command, Face, TableRules } from '../../game/table-types.ts';
import { encodeBase64url } from '../../game/bytes.ts';
import { randomBytes } from '../../room/keys.ts';
import { formatFragment, newRoomCode } from '../../room/table-keys.ts';
import { tidyName } from '../faces.ts';
import { newRecord, openSession, thisDevice } from '../open-table.ts';
import { faceFor, type Line, type Phones } from './line-up.ts';

export interface KeeperRequest {
	readonly variant: Variant;
	readonly rules: TableRules;
	readonly options: GameOptions;
	/** In the order in which they sit; a seat without a name stays free, but not on one phone. */
	readonly lines: readonly Line[];
	readonly phones: Phones;
}

/** Bytes of a private table's secret: more than anyone can guess. */
const SECRET_BYTES = 16;

/** Gives the table's address below the base path. Rejects when the browser keeps nothing for the site. */
export async function createKeeper(request: KeeperRequest, face: Face): Promise<`/t/${string}`> {
	const { variant, rules, options, phones } = request;
	const isAlone = phones === 'one';
	const lines = request.lines.filter(({ name }) => !isAlone || tidyName(name) !== null);
	const device = await thisDevice();
	const code = newRoomCode(randomBytes);
	const secret = isAlone ? null : encodeBase64url(randomBytes(SECRET_BYTES));
	const record = { ...newRecord(code, secret), solo: isAlone, variant };
	const session = await openSession(device, record, face, null, () => true);
	const seats = lines.map(() => ({ kind: 'empty' }) as const);
	await session.host({ variant, rules: { ...rules, seats: lines.length }, options, seats, previous: null });
	for (const [place, { name, isYou }] of lines.entries()) {
		const seat = toSeat(place);
		const tidy = tidyName(name);
		if (tidy === null) continue;
		const command: Command = {
			type: 'name_seat',
			seat,
			face: isYou ? { ...face, name: tidy } : faceFor(tidy, place),
		};
		const named = await session.send(command);
		const sat = named.ok && isYou ? await session.sit(seat) : named;
		if (!sat.ok) throw new Error(sat.code);
	}
	if (isAlone) {
		const begun = await session.send({ type: 'start_game' });
		if (!begun.ok) throw new Error(begun.code);
	}
	await session.idle();
	session.close();
	device.store.close();
	return `/t/${code}${formatFragment(record.secret, device.identity.player)}`;
}
