/**
 * The addresses under which other devices in the room reach this machine.
 */
import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os';

/** Made by containers and virtual machines: a phone reaches none of them. */
const VIRTUAL = /^(docker|br-|veth|virbr|vmnet|vboxnet|utun|tun|tap|zt|wg)/;
/** Home networks first: of several addresses the first is shown as the QR code. */
const HOME = [/^192\.168\./, /^10\./, /^172\.(1[6-9]|2\d|3[01])\./];

/** IPv4 addresses on the local network, the likeliest first. */
export function lanAddresses(
	interfaces: NodeJS.Dict<NetworkInterfaceInfo[]> = networkInterfaces(),
): string[] {
	return Object.entries(interfaces)
		.filter(([name]) => !VIRTUAL.test(name))
		.flatMap(([, infos]) => infos ?? [])
		.filter((info) => info.family === 'IPv4' && !info.internal && !info.address.startsWith('169.254.'))
		.map((info) => info.address)
		.sort((a, b) => homeRank(a) - homeRank(b));
}

function homeRank(address: string): number {
	const rank = HOME.findIndex((pattern) => pattern.test(address));
	return rank < 0 ? HOME.length : rank;
}
