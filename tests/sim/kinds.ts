/** What can go wrong at a simulated table, and who can make it go wrong: each kind is drawn, done and counted. */

export const FAULT_KINDS = [
	/** Some pairs take up to half a second a way. */
	'delay',
	/** Every frame takes its own time: what goes over one link overtakes what goes over another. */
	'reorder',
	/** A share of the frames arrives twice. */
	'duplicate',
	/** A link breaks with what is in flight, and is made again. */
	'loss',
	/** A link goes silent without a word. */
	'silence',
	/** Two groups without a way between them. */
	'partition',
	/** One way of one pair is cut. */
	'one_way',
	/** A device loses its power and its newest writes. */
	'crash',
	/** A page is loaded again, without a goodbye. */
	'reload',
	/** A page is closed with a goodbye, and opened again later. */
	'goodbye',
	/** A guest's tab is frozen for a while. */
	'freeze',
	/** The host's browser is killed, and comes back much later. */
	'host_killed',
	'host_reload',
	'host_frozen',
	/** The host loses its power and its newest writes, and is back at once. */
	'host_crash',
	/** A player opens a second tab. */
	'two_tabs',
	/** A device's clock is ten minutes off. */
	'clock_skew',
	/** Somebody with a seat waiting comes when the game has begun. */
	'late_joiner',
	/** A player leaves the seat and returns to it rounds later. */
	'leave_return',
	/** Somebody watches for a while. */
	'spectator',
	/** The host hands the table to another seat. */
	'hand_over',
	'signalling_down',
	'slow_disk',
	/** One write is refused, as by a full disk. */
	'failed_write',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export const ATTACK_KINDS = [
	// A seated player whose page also sends what it should not.
	'wrong_turn',
	'card_not_held',
	'forged_share',
	'seated_flood',
	// Somebody with the link and a key of its own.
	'forged_seat',
	'replayed_command',
	'altered_event',
	'oversized_message',
	'malformed_message',
	'proto_keys',
	'future_version',
	'poses_as_host',
	'writes_document',
	'flood',
	'million_entries',
	'replayed_hello',
	'hello_flood',
	'false_term',
	'forged_vote',
	'forged_claim',
	'forged_handover',
	// The host itself.
	'wrong_deal',
	'forked_event',
] as const;
export type AttackKind = (typeof ATTACK_KINDS)[number];

/** A host that lies is the story of its whole game. */
export const HOST_LIES = ['wrong_deal', 'forked_event'] as const satisfies readonly AttackKind[];
export type HostLie = (typeof HOST_LIES)[number];

export type Kind = FaultKind | AttackKind;
export const ALL_KINDS: readonly Kind[] = [...FAULT_KINDS, ...ATTACK_KINDS];

/** `all`, `none`, or a list of kinds with commas; throws with the names there are. */
export function parseKinds(text: string): ReadonlySet<Kind> {
	if (text === 'all') return new Set(ALL_KINDS);
	if (text === 'none' || text === '') return new Set();
	const names = text.split(',').map((name) => name.trim());
	const kinds = names.map((name) => {
		const kind = ALL_KINDS.find((one) => one === name);
		if (kind === undefined) throw new Error(`no fault is called ${name}: all, none, ${ALL_KINDS.join(', ')}`);
		return kind;
	});
	return new Set(kinds);
}
