/**
 * Functions of the archive called by their names: signed in first, and nothing of an answer believed before it has been
 * looked at whole.
 *
 *     const call = callsOf(client, () => account.ready());
 *     const id = await call('create_group', { name }, z.string());
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import type * as z from 'zod/mini';
import type { Database } from './database-types.ts';
import { RemoteError } from './remote.ts';
import { failureOf } from './supabase.ts';

type Functions = Database['public']['Functions'];

/** Names of functions and arguments are those of the migrations. @throws {RemoteError} */
export type Call = <Name extends keyof Functions, T>(
	name: Name,
	args: { readonly [Key in keyof Functions[Name]['Args']]: unknown },
	schema: z.ZodMiniType<T>,
) => Promise<T>;

interface Answer {
	readonly data: unknown;
	readonly error: { readonly message: string } | null;
	readonly status: number;
}

/** @param ready resolves once somebody is signed in; what it rejects with is told to who asked */
export function callsOf(client: SupabaseClient, ready: () => Promise<void>): Call {
	return async (name, args, schema) => {
		await ready();
		const answer: Answer = await client.rpc(name, args);
		return read(answer, schema);
	};
}

/** What came back, or why it did not. @throws {RemoteError} */
export function read<T>({ data, error, status }: Answer, schema: z.ZodMiniType<T>): T {
	if (error !== null) throw failureOf(status, error.message);
	const parsed = schema.safeParse(data);
	// By an archive of another version: it may be brought up to date.
	if (!parsed.success) throw new RemoteError('unknown_answer', false);
	return parsed.data;
}
