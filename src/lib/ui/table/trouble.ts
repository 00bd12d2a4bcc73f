/** What stands in the way of a table, as one thing at a time: the one that most is to be done about. Pure. */
import { LOG_OFFENCES } from '../../room/log-book.ts';
import type { TableSnapshot } from '../../room/table-client.ts';
import type { TroubleMessages } from '../messages/trouble.en.ts';

export type Trouble = keyof TroubleMessages['troubles'];

/** What the host sent and could not have sent honestly: no network is to blame. */
const LOG_FAULTS: ReadonlySet<string> = new Set([...LOG_OFFENCES, 'malformed_update']);

export function troubleOf({
	otherVersion,
	fault,
	twoHosts,
}: Pick<TableSnapshot, 'otherVersion' | 'fault' | 'twoHosts'>): Trouble | null {
	if (otherVersion === 'newer') return 'newer_version';
	if (fault !== null) return troubleOfFault(fault);
	if (twoHosts) return 'two_hosts';
	return otherVersion === null ? null : 'older_version';
}

function troubleOfFault(fault: string): Trouble {
	switch (fault) {
		case 'no_webrtc':
		case 'signalling':
		case 'turn':
		case 'ice_servers':
		case 'storage':
			return fault;
		default:
			return LOG_FAULTS.has(fault) ? 'log' : 'other';
	}
}
