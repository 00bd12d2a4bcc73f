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

/** Tables, columns and functions are those of the migrations: what has none of them does not compile. */
export type ArchiveClient = SupabaseClient<Database>;

type Functions = Database['public']['Functions'];

/** Names and values of functions and arguments are those of the migrations. @throws {RemoteError} */
export type Call = <Name extends keyof Functions, T>(
	name: Name,
	args: Functions[Name]['Args'],
	schema: z.ZodMiniType<T>,
) => Promise<T>;

interface Answer {
	readonly data: unknown;
	readonly error: { readonly message: string } | null;
	readonly status: number;
}

/** Refused now, not for ever: a time-out, too many requests. */
const PASSING: readonly number[] = [401, 408, 425, 429];

/** @param ready resolves once somebody is signed in; what it rejects with is told to who asked */
export function callsOf(client: ArchiveClient, ready: () => Promise<void>): Call {
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

/** @param status of the answer; 0 when there was none */
function failureOf(status: number, message: string): RemoteError {
	if (status === 0) return new RemoteError('unreachable', false);
	const isFinal = status >= 400 && status < 500 && !PASSING.includes(status);
	// Functions refuse with one word of ours; what PostgREST itself says is no code.
	return new RemoteError(/^[a-z_]+$/.test(message) ? message : `status_${status}`, isFinal);
}
