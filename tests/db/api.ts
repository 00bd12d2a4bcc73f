/** People who come to the archive as a browser does: supabase-js, accounts, PostgREST. */
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { inject } from 'vitest';
import { WebSocket } from 'ws';
import { clusterServer, copyDatabase, hasPostgres, overDatabase, type TestDatabase } from './database.ts';
import { claimOf, type Person } from './games.ts';
import { startApi, type Api, type ApiOptions, type Mail } from './stack/api.ts';
import { makeKey, readKey } from './stack/tokens.ts';

export const hasApi = hasPostgres && inject('hasApi');

export interface Visitor {
	readonly client: SupabaseClient;
	readonly userId: string;
	readonly playerId: string;
	readonly person: Person;
}

export interface ApiWorld {
	readonly api: Api;
	readonly db: TestDatabase;
	/** What would have been sent. */
	readonly mails: readonly Mail[];
	/** A browser in which nobody has signed in. */
	stranger(): SupabaseClient;
	/** An anonymous account with a profile, whose device holds the person's key. */
	visitor(person: Person): Promise<Visitor>;
	close(): Promise<void>;
}

export function browserClient({ url, anonKey }: Pick<Api, 'url' | 'anonKey'>): SupabaseClient {
	const client: SupabaseClient = createClient(url, anonKey, {
		auth: { persistSession: false, autoRefreshToken: false },
		// Node 20 has none of its own, and createClient wants one.
		realtime: { transport: WebSocket as never },
	});
	return client;
}

export async function openApi(more: Pick<ApiOptions, 'confirmsAddresses'> = {}): Promise<ApiWorld> {
	const cluster = clusterServer();
	const database = await copyDatabase();
	const db = overDatabase(database, cluster.uri);
	const server = { ...cluster, stop: () => Promise.resolve(), restart: () => Promise.resolve() };
	const mails: Mail[] = [];
	const onMail = (mail: Mail): void => void mails.push(mail);
	const key = readKey(makeKey());
	const api = await startApi({ server, database, key, folder: cluster.folder, onMail, ...more });
	return {
		api,
		db,
		mails,
		stranger: () => browserClient(api),
		async visitor(person) {
			const client = browserClient(api);
			const { data, error } = await client.auth.signInAnonymously();
			if (error !== null || data.user === null) throw error ?? new Error('nobody has signed in');
			const userId = data.user.id;
			const profile = { display_name: person.name };
			const playerId = (await client.rpc('save_profile', { profile }).throwOnError()).data as string;
			await client.rpc('claim_key', claimOf(person, userId)).throwOnError();
			return { client, userId, playerId, person };
		},
		async close() {
			await api.stop();
			await db.close();
		},
	};
}

/** HTTP status and code of an answer: `409 another_log`, `200`. */
export function outcome({ status, error }: { status: number; error: { message: string } | null }): string {
	return error === null ? String(status) : `${status} ${error.message}`;
}
