/**
 * Every log that any device of a simulated table ever held, as one tree: devices that agree share their branches,
 * and whatever parts them shows as a fork. It holds what a log promises to all who have it: one host a term, no
 * event written twice in a term, the same state behind the same events, and nothing lost that a voter had seen.
 */
import { parseEnvelope, type LogRecord } from '../../src/lib/game/log.ts';
import type { PlayerId } from '../../src/lib/game/table-types.ts';

export interface LogNode {
	readonly parent: LogNode | null;
	readonly index: number;
	readonly record: LogRecord;
	readonly envelope: Uint8Array;
	readonly children: Map<string, LogNode>;
	/** Names of the devices that have shown it. */
	readonly seenBy: Set<string>;
	/** What the first device that was here showed of the public state; null while nobody has said. */
	shown: { readonly by: string; readonly text: string } | null;
}

export interface HistoryPorts {
	/** Something that must never be. */
	readonly violated: (what: string) => void;
	/** The end of the log that this player's device holds; null when it holds none or is not an honest one. */
	readonly tipOf: (player: PlayerId) => LogNode | null;
	/** Whether this player's device has lost writes: as a host it may write them once more, others than before. */
	readonly hasForgotten: (player: string) => boolean;
	/** The device of this name has lost writes, or went home for good: what it alone had, the table cannot have. */
	readonly isNoWitness: (name: string) => boolean;
	/** Once for each event, when the first device has it. */
	readonly onEvent: (node: LogNode) => void;
}

export class History {
	readonly #ports: HistoryPorts;
	readonly #first = new Map<string, LogNode>();
	readonly #hosts = new Map<number, string>();
	/** The host lies on purpose: its forks are found, not forbidden. */
	hostLies = false;
	forks = 0;
	nodes = 0;

	constructor(ports: HistoryPorts) {
		this.#ports = ports;
	}

	/** The event that follows `parent`, new or known. */
	follow(parent: LogNode | null, envelope: Uint8Array, by: string): LogNode {
		const children = parent === null ? this.#first : parent.children;
		const key = Buffer.from(envelope.buffer, envelope.byteOffset, envelope.byteLength).toString('latin1');
		const known = children.get(key);
		if (known !== undefined) {
			known.seenBy.add(by);
			return known;
		}
		const record = parseEnvelope(envelope)?.record;
		const index = (parent?.index ?? -1) + 1;
		if (record?.index !== index) throw new Error(`${by} stores what is no event ${index}`);
		const node: LogNode = {
			parent,
			index,
			record,
			envelope,
			children: new Map(),
			seenBy: new Set([by]),
			shown: null,
		};
		for (const sibling of children.values()) this.#forked(sibling, node, by);
		children.set(key, node);
		this.nodes++;
		this.#checkHost(node);
		this.#ports.onEvent(node);
		return node;
	}

	#forked(a: LogNode, b: LogNode, by: string): void {
		this.forks++;
		if (a.record.term !== b.record.term || this.hostLies) return;
		if (this.#ports.hasForgotten(this.hostOf(a.record.term))) return;
		const both = `${a.record.type} (${[...a.seenBy].join()}) and ${b.record.type} (${by})`;
		this.#ports.violated(`event ${a.index} was written twice in term ${a.record.term}: ${both}`);
	}

	hostOf(term: number): string {
		return this.#hosts.get(term) ?? '';
	}

	#checkHost({ index, parent, record }: LogNode): void {
		if (record.type !== 'game_created' && record.type !== 'host_changed') return;
		const host = String(record.payload['host']);
		const known = this.#hosts.get(record.term);
		if (known !== undefined && known !== host) this.#ports.violated(`two hosts in term ${record.term}`);
		this.#hosts.set(record.term, host);
		if (record.payload['reason'] !== 'lost' || this.hostLies) return;
		const votes = record.payload['votes'] as readonly { readonly player: PlayerId }[];
		for (const { player } of votes) {
			const tip = this.#ports.tipOf(player);
			if (tip === null || parent === null || isKept(tip, parent) || this.#isRewritten(tip, parent)) continue;
			const last = `event ${tip.index} (${tip.record.type})`;
			this.#ports.violated(`the host of term ${record.term} has lost ${last} at ${index}, seen by a voter`);
		}
	}

	/** The host had lost what the log that ends at `tip` holds, and wrote other events in its place before it was lost. */
	#isRewritten(tip: LogNode, end: LogNode): boolean {
		let lost = tip;
		while (lost.parent !== null && !isAncestor(lost.parent, end)) lost = lost.parent;
		let written: LogNode | null = end;
		while (written !== null && written.index > lost.index) written = written.parent;
		const { term } = lost.record;
		return (
			written?.index === lost.index &&
			written.record.term === term &&
			this.#ports.hasForgotten(this.hostOf(term))
		);
	}

	/** A device showed this state behind this event: all who have the same log must show the same. */
	shows(node: LogNode, by: string, text: string): boolean {
		if (node.shown === null) {
			node.shown = { by, text };
			return false;
		}
		if (node.shown.text !== text) {
			const where = `after event ${node.index} (${node.record.type})`;
			this.#ports.violated(
				`${node.shown.by} and ${by} differ ${where}:\n${differenceOf(node.shown.text, text)}`,
			);
		}
		return node.shown.by !== by;
	}

	/** At the end: what anybody saw is in the log that all have, or on a side that a higher term has won against. */
	checkKept(end: LogNode): void {
		if (this.hostLies) return;
		const waiting = [...this.#first.values()];
		for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
			waiting.push(...node.children.values());
			if (node.children.size > 0 || isKept(node, end)) continue;
			if ([...node.seenBy].every((name) => this.#ports.isNoWitness(name))) continue;
			const { type, term } = node.record;
			const seen = [...node.seenBy].join();
			this.#ports.violated(
				`event ${node.index} (${type}, term ${term}), seen by ${seen}, is lost in the end`,
			);
		}
	}
}

/** Whether a log that ends at `tip` is a part of the one that ends at `end`, or lost against it by its term. */
function isKept(tip: LogNode, end: LogNode): boolean {
	let fork = tip;
	while (fork.parent !== null && !isAncestor(fork, end)) fork = fork.parent;
	return isAncestor(tip, end) || tip.record.term < end.record.term;
}

function isAncestor(node: LogNode, end: LogNode): boolean {
	let at: LogNode | null = end;
	while (at !== null && at.index > node.index) at = at.parent;
	return at === node;
}

/** Where two long texts part. */
function differenceOf(a: string, b: string): string {
	let at = 0;
	while (at < a.length && a[at] === b[at]) at++;
	const from = Math.max(0, at - 60);
	return `  ${a.slice(from, at + 80)}\n  ${b.slice(from, at + 80)}`;
}
