/** What can be said of the migrations without a server, on every system. */
import { describe, expect, it } from 'vitest';
import { migrations } from './stack/migrate.ts';

describe('the migrations', () => {
	it('are named by a moment and stand in its order, none at the same', () => {
		const versions = migrations().map(({ version }) => version);
		expect(versions.length).toBeGreaterThan(5);
		expect(new Set(versions).size).toBe(versions.length);
		expect(versions).toEqual([...versions].sort());
	});

	it('pin the search path of every function', () => {
		for (const { name, sql } of migrations()) {
			const functions = sql.split(/create (?:or replace )?function /).slice(1);
			for (const text of functions) {
				const signature = text.slice(0, text.indexOf('('));
				expect(
					/set search_path = ''/.test(text.split(/\$\$|\breturn /)[0] ?? ''),
					`${name}: ${signature}`,
				).toBe(true);
			}
		}
	});
});
