/** Hosts that lie: what they do behind their own rules, and what everybody must find when the game is over. */
import type { GameId, PlayerId } from '../../src/lib/game/table-types.ts';
import {
	encodeRecord,
	GENESIS,
	hashRecord,
	joinEnvelope,
	SIGNATURE_BYTES,
	signedBytes,
} from '../../src/lib/game/log.ts';
import type { FindingCode } from '../../src/lib/room/audit.ts';
import { encodeMessage } from '../../src/lib/room/protocol.ts';
import type { Device, Tampering } from './world.ts';

/** Findings that name a wrong deal; any of them will do. */
export const FOUND_IN_DEAL: readonly FindingCode[] = ['wrong_deal', 'wrong_commitment', 'wrong_box'];

/** Two cards of one round's deck change places before they are dealt: the first seat's first, and another. */
export function dealsFalsely(round: number, place: number, onLie: () => void): Tampering {
	return (game) => ({
		...game,
		deal: (state, active, deck) => {
			if (game.dealDue(state, active)?.round !== round) return game.deal(state, active, deck);
			onLie();
			const [first, other] = [deck[0], deck[place]];
			if (first === undefined || other === undefined) return game.deal(state, active, deck);
			return game.deal(state, active, deck.with(0, other).with(place, first));
		},
	});
}

/**
 * Tells one guest of an event that nobody else hears of: the host signs twice for one place of the log. False when
 * the guest is not linked.
 */
export async function forkFor(
	host: Device,
	victim: PlayerId,
	peer: string | null,
	game: GameId,
): Promise<boolean> {
	const link = host.page?.links.find((one) => one.peer === peer);
	const path = host.world.witness.pathOf(host, game);
	const tip = path.at(-1);
	if (link === undefined || tip === undefined) return false;
	let head = GENESIS;
	for (const { envelope } of path) head = hashRecord(head, envelope.subarray(SIGNATURE_BYTES));
	const seat = host.page?.session.snapshot.you.seat ?? 0;
	const record = encodeRecord({
		index: tip.index + 1,
		term: tip.record.term,
		time: tip.record.time,
		author: null,
		type: 'face_changed',
		v: 1,
		payload: { seat, face: { name: `Friend of ${victim.slice(0, 4)}`, color: 1, avatar: 1 } },
	});
	const signature = await host.identity.sign(signedBytes(game, hashRecord(head, record)));
	const envelopes = [joinEnvelope(signature, record)];
	link.send(encodeMessage({ type: 'envelopes', game, from: tip.index + 1, envelopes }));
	return true;
}
