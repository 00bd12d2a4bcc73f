import type { NetworkInterfaceInfo } from 'node:os';
import { expect, test } from 'vitest';
import { lanAddresses } from './addresses.ts';

function info(address: string, more: Partial<NetworkInterfaceInfo> = {}): NetworkInterfaceInfo {
	return {
		address,
		family: 'IPv4',
		internal: false,
		netmask: '255.255.255.0',
		mac: '00:00:00:00:00:01',
		cidr: null,
		...more,
	} as NetworkInterfaceInfo;
}

test('names the addresses a phone in the room can reach, the home network first', () => {
	const addresses = lanAddresses({
		lo: [info('127.0.0.1', { internal: true })],
		eth0: [info('203.0.113.7'), info('fe80::1', { family: 'IPv6', scopeid: 2 })],
		docker0: [info('172.17.0.1')],
		wlan0: [info('10.0.0.5'), info('192.168.1.20')],
		usb0: [info('169.254.3.4')],
	});
	expect(addresses).toEqual(['192.168.1.20', '10.0.0.5', '203.0.113.7']);
});

test('is empty on a machine without a network', () => {
	expect(lanAddresses({})).toEqual([]);
});
