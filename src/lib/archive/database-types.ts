/**
 * What the archive's API takes and gives, for supabase-js. Written by `npm run db:schema` from the migrations; a test
 * holds it to them.
 */

export type Json =
	string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

export type Database = {
	public: {
		Tables: {
			game_event_archives: {
				Row: {
					archived_at: string;
					event_count: number;
					game_id: string;
					log_hash: string;
					records: string;
					signatures: string;
				};
				Insert: {
					archived_at?: string;
					event_count: number;
					game_id: string;
					log_hash: string;
					records: string;
					signatures: string;
				};
				Update: {
					archived_at?: string;
					event_count?: number;
					game_id?: string;
					log_hash?: string;
					records?: string;
					signatures?: string;
				};
				Relationships: [];
			};
			game_events: {
				Row: {
					created_at: string;
					event_index: number;
					game_id: string;
					hash: string;
					payload: Json;
					prev_hash: string;
					record: string;
					signature: string;
					type: string;
				};
				Insert: {
					created_at: string;
					event_index: number;
					game_id: string;
					hash: string;
					payload: Json;
					prev_hash: string;
					record: string;
					signature: string;
					type: string;
				};
				Update: {
					created_at?: string;
					event_index?: number;
					game_id?: string;
					hash?: string;
					payload?: Json;
					prev_hash?: string;
					record?: string;
					signature?: string;
					type?: string;
				};
				Relationships: [];
			};
			game_players: {
				Row: {
					avatar_seed: number;
					best_round: number | null;
					bot_level: string | null;
					color: number;
					completed_at: string | null;
					confirmed_at: string | null;
					confirmed_hash: string | null;
					contracts_attempted: number;
					contracts_made: number;
					display_name: string;
					final_score: number | null;
					game_id: string;
					group_id: string | null;
					highest_bid: number;
					highest_bid_made: number | null;
					id: string;
					is_admin: boolean;
					is_bot: boolean;
					is_connected: boolean;
					is_counted: boolean;
					is_winner: boolean;
					joined_at: string | null;
					longest_made_run: number;
					longest_missed_run: number;
					made_all: boolean;
					misplays: number;
					most_behind: number;
					place: number | null;
					player_id: string | null;
					rounds: number;
					seat: number;
					suit_wins: Json;
					tricks: number;
					trump_wins: number;
					variant: Database['public']['Enums']['game_variant'];
					worst_round: number | null;
					zeros_attempted: number;
					zeros_made: number;
				};
				Insert: {
					avatar_seed?: number;
					best_round?: number | null;
					bot_level?: string | null;
					color?: number;
					completed_at?: string | null;
					confirmed_at?: string | null;
					confirmed_hash?: string | null;
					contracts_attempted?: number;
					contracts_made?: number;
					display_name: string;
					final_score?: number | null;
					game_id: string;
					group_id?: string | null;
					highest_bid?: number;
					highest_bid_made?: number | null;
					id?: string;
					is_admin?: boolean;
					is_bot?: boolean;
					is_connected?: boolean;
					is_counted?: boolean;
					is_winner?: boolean;
					joined_at?: string | null;
					longest_made_run?: number;
					longest_missed_run?: number;
					made_all?: boolean;
					misplays?: number;
					most_behind?: number;
					place?: number | null;
					player_id?: string | null;
					rounds?: number;
					seat: number;
					suit_wins?: Json;
					tricks?: number;
					trump_wins?: number;
					variant: Database['public']['Enums']['game_variant'];
					worst_round?: number | null;
					zeros_attempted?: number;
					zeros_made?: number;
				};
				Update: {
					avatar_seed?: number;
					best_round?: number | null;
					bot_level?: string | null;
					color?: number;
					completed_at?: string | null;
					confirmed_at?: string | null;
					confirmed_hash?: string | null;
					contracts_attempted?: number;
					contracts_made?: number;
					display_name?: string;
					final_score?: number | null;
					game_id?: string;
					group_id?: string | null;
					highest_bid?: number;
					highest_bid_made?: number | null;
					id?: string;
					is_admin?: boolean;
					is_bot?: boolean;
					is_connected?: boolean;
					is_counted?: boolean;
					is_winner?: boolean;
					joined_at?: string | null;
					longest_made_run?: number;
					longest_missed_run?: number;
					made_all?: boolean;
					misplays?: number;
					most_behind?: number;
					place?: number | null;
					player_id?: string | null;
					rounds?: number;
					seat?: number;
					suit_wins?: Json;
					tricks?: number;
					trump_wins?: number;
					variant?: Database['public']['Enums']['game_variant'];
					worst_round?: number | null;
					zeros_attempted?: number;
					zeros_made?: number;
				};
				Relationships: [];
			};
			game_summaries: {
				Row: {
					created_at: string;
					duration_ms: number;
					final_scores: Json;
					frischs: number;
					game_id: string;
					group_id: string | null;
					highest_bid: number | null;
					highest_misplay: number | null;
					highest_round_score: number | null;
					highest_score: number | null;
					highlights: readonly string[];
					lowest_score: number | null;
					most_consecutive_losses: number | null;
					most_consecutive_wins: number | null;
					over_rounds: number;
					passed_out: number;
					players: number;
					rounds: number;
					under_rounds: number;
				};
				Insert: {
					created_at?: string;
					duration_ms?: number;
					final_scores: Json;
					frischs?: number;
					game_id: string;
					group_id?: string | null;
					highest_bid?: number | null;
					highest_misplay?: number | null;
					highest_round_score?: number | null;
					highest_score?: number | null;
					highlights?: readonly string[];
					lowest_score?: number | null;
					most_consecutive_losses?: number | null;
					most_consecutive_wins?: number | null;
					over_rounds?: number;
					passed_out?: number;
					players: number;
					rounds: number;
					under_rounds?: number;
				};
				Update: {
					created_at?: string;
					duration_ms?: number;
					final_scores?: Json;
					frischs?: number;
					game_id?: string;
					group_id?: string | null;
					highest_bid?: number | null;
					highest_misplay?: number | null;
					highest_round_score?: number | null;
					highest_score?: number | null;
					highlights?: readonly string[];
					lowest_score?: number | null;
					most_consecutive_losses?: number | null;
					most_consecutive_wins?: number | null;
					over_rounds?: number;
					passed_out?: number;
					players?: number;
					rounds?: number;
					under_rounds?: number;
				};
				Relationships: [];
			};
			games: {
				Row: {
					admin_id: string | null;
					completed_at: string | null;
					config: Json;
					counted_at: string | null;
					created_at: string;
					current_round_number: number;
					event_count: number;
					group_id: string | null;
					id: string;
					log_hash: string | null;
					mode: Database['public']['Enums']['game_mode'];
					named: string | null;
					open_event_count: number;
					phase: Database['public']['Enums']['game_phase'];
					room_code: string | null;
					session_seed: string | null;
					started_at: string | null;
					status: Database['public']['Enums']['game_status'];
					updated_at: string;
					uploaded_by: string | null;
					variant: Database['public']['Enums']['game_variant'];
					version: number;
					visibility: Database['public']['Enums']['game_visibility'];
					winner_id: string | null;
				};
				Insert: {
					admin_id?: string | null;
					completed_at?: string | null;
					config?: Json;
					counted_at?: string | null;
					created_at?: string;
					current_round_number?: number;
					event_count?: number;
					group_id?: string | null;
					id: string;
					log_hash?: string | null;
					mode: Database['public']['Enums']['game_mode'];
					named?: string | null;
					open_event_count?: number;
					phase?: Database['public']['Enums']['game_phase'];
					room_code?: string | null;
					session_seed?: string | null;
					started_at?: string | null;
					status?: Database['public']['Enums']['game_status'];
					updated_at?: string;
					uploaded_by?: string | null;
					variant: Database['public']['Enums']['game_variant'];
					version?: number;
					visibility?: Database['public']['Enums']['game_visibility'];
					winner_id?: string | null;
				};
				Update: {
					admin_id?: string | null;
					completed_at?: string | null;
					config?: Json;
					counted_at?: string | null;
					created_at?: string;
					current_round_number?: number;
					event_count?: number;
					group_id?: string | null;
					id?: string;
					log_hash?: string | null;
					mode?: Database['public']['Enums']['game_mode'];
					named?: string | null;
					open_event_count?: number;
					phase?: Database['public']['Enums']['game_phase'];
					room_code?: string | null;
					session_seed?: string | null;
					started_at?: string | null;
					status?: Database['public']['Enums']['game_status'];
					updated_at?: string;
					uploaded_by?: string | null;
					variant?: Database['public']['Enums']['game_variant'];
					version?: number;
					visibility?: Database['public']['Enums']['game_visibility'];
					winner_id?: string | null;
				};
				Relationships: [];
			};
			group_invites: {
				Row: {
					code: string;
					created_at: string;
					created_by: string;
					expires_at: string;
					group_id: string;
					id: string;
					uses_left: number;
				};
				Insert: {
					code: string;
					created_at?: string;
					created_by: string;
					expires_at: string;
					group_id: string;
					id?: string;
					uses_left?: number;
				};
				Update: {
					code?: string;
					created_at?: string;
					created_by?: string;
					expires_at?: string;
					group_id?: string;
					id?: string;
					uses_left?: number;
				};
				Relationships: [];
			};
			group_members: {
				Row: {
					group_id: string;
					id: string;
					joined_at: string;
					player_id: string;
					role: Database['public']['Enums']['group_role'];
				};
				Insert: {
					group_id: string;
					id?: string;
					joined_at?: string;
					player_id: string;
					role?: Database['public']['Enums']['group_role'];
				};
				Update: {
					group_id?: string;
					id?: string;
					joined_at?: string;
					player_id?: string;
					role?: Database['public']['Enums']['group_role'];
				};
				Relationships: [];
			};
			groups: {
				Row: {
					created_at: string;
					created_by: string;
					description: string;
					id: string;
					last_played_at: string | null;
					max_members: number;
					name: string;
					total_games: number;
					total_rounds: number;
					updated_at: string;
				};
				Insert: {
					created_at?: string;
					created_by: string;
					description?: string;
					id?: string;
					last_played_at?: string | null;
					max_members?: number;
					name: string;
					total_games?: number;
					total_rounds?: number;
					updated_at?: string;
				};
				Update: {
					created_at?: string;
					created_by?: string;
					description?: string;
					id?: string;
					last_played_at?: string | null;
					max_members?: number;
					name?: string;
					total_games?: number;
					total_rounds?: number;
					updated_at?: string;
				};
				Relationships: [];
			};
			player_achievements: {
				Row: {
					achievement: Database['public']['Enums']['achievement'];
					game_id: string;
					player_id: string;
					unlocked_at: string;
				};
				Insert: {
					achievement: Database['public']['Enums']['achievement'];
					game_id: string;
					player_id: string;
					unlocked_at: string;
				};
				Update: {
					achievement?: Database['public']['Enums']['achievement'];
					game_id?: string;
					player_id?: string;
					unlocked_at?: string;
				};
				Relationships: [];
			};
			player_lifetime_stats: {
				Row: {
					contract_rate: number | null;
					contracts_attempted: number;
					contracts_made: number;
					current_streak: number;
					games_played: number;
					games_won: number;
					highest_round_score: number;
					highest_score: number;
					last_game_at: string;
					lowest_round_score: number;
					lowest_score: number;
					mean_score: number;
					misplays: number;
					most_consecutive_losses: number;
					most_consecutive_wins: number;
					player_id: string;
					recent_form: string;
					suit_wins: Json;
					total_duration_ms: number;
					total_points: number;
					total_rounds: number;
					total_tricks_won: number;
					trump_wins: number;
					updated_at: string;
					variant: Database['public']['Enums']['game_variant'];
					win_rate: number;
					zero_rate: number | null;
					zeros_attempted: number;
					zeros_made: number;
				};
				Insert: {
					contracts_attempted: number;
					contracts_made: number;
					current_streak: number;
					games_played: number;
					games_won: number;
					highest_round_score: number;
					highest_score: number;
					last_game_at: string;
					lowest_round_score: number;
					lowest_score: number;
					misplays: number;
					most_consecutive_losses: number;
					most_consecutive_wins: number;
					player_id: string;
					recent_form: string;
					suit_wins: Json;
					total_duration_ms: number;
					total_points: number;
					total_rounds: number;
					total_tricks_won: number;
					trump_wins: number;
					updated_at?: string;
					variant: Database['public']['Enums']['game_variant'];
					zeros_attempted: number;
					zeros_made: number;
				};
				Update: {
					contracts_attempted?: number;
					contracts_made?: number;
					current_streak?: number;
					games_played?: number;
					games_won?: number;
					highest_round_score?: number;
					highest_score?: number;
					last_game_at?: string;
					lowest_round_score?: number;
					lowest_score?: number;
					misplays?: number;
					most_consecutive_losses?: number;
					most_consecutive_wins?: number;
					player_id?: string;
					recent_form?: string;
					suit_wins?: Json;
					total_duration_ms?: number;
					total_points?: number;
					total_rounds?: number;
					total_tricks_won?: number;
					trump_wins?: number;
					updated_at?: string;
					variant?: Database['public']['Enums']['game_variant'];
					zeros_attempted?: number;
					zeros_made?: number;
				};
				Relationships: [];
			};
			players: {
				Row: {
					avatar_seed: number;
					avatar_url: string | null;
					color: number;
					created_at: string;
					display_name: string;
					id: string;
					is_active: boolean;
					is_bot: boolean;
					last_active: string;
					preferences: Json;
					public_key: string | null;
					updated_at: string;
					user_id: string | null;
					username: string | null;
				};
				Insert: {
					avatar_seed?: number;
					avatar_url?: string | null;
					color?: number;
					created_at?: string;
					display_name: string;
					id?: string;
					is_active?: boolean;
					is_bot?: boolean;
					last_active?: string;
					preferences?: Json;
					public_key?: string | null;
					updated_at?: string;
					user_id?: string | null;
					username?: string | null;
				};
				Update: {
					avatar_seed?: number;
					avatar_url?: string | null;
					color?: number;
					created_at?: string;
					display_name?: string;
					id?: string;
					is_active?: boolean;
					is_bot?: boolean;
					last_active?: string;
					preferences?: Json;
					public_key?: string | null;
					updated_at?: string;
					user_id?: string | null;
					username?: string | null;
				};
				Relationships: [];
			};
			room_directory: {
				Row: {
					created_at: string;
					current_players: number;
					game_id: string;
					host_id: string;
					lease_expires_at: string;
					max_players: number;
					mode: Database['public']['Enums']['game_mode'];
					room_code: string;
					spectators_allowed: boolean;
					variant: Database['public']['Enums']['game_variant'];
				};
				Insert: {
					created_at?: string;
					current_players: number;
					game_id: string;
					host_id: string;
					lease_expires_at: string;
					max_players: number;
					mode?: Database['public']['Enums']['game_mode'];
					room_code: string;
					spectators_allowed: boolean;
					variant: Database['public']['Enums']['game_variant'];
				};
				Update: {
					created_at?: string;
					current_players?: number;
					game_id?: string;
					host_id?: string;
					lease_expires_at?: string;
					max_players?: number;
					mode?: Database['public']['Enums']['game_mode'];
					room_code?: string;
					spectators_allowed?: boolean;
					variant?: Database['public']['Enums']['game_variant'];
				};
				Relationships: [];
			};
			round_players: {
				Row: {
					bid: number;
					bid_order: number;
					id: string;
					made: boolean;
					round_id: string;
					score: number;
					seat: number;
					tricks: number;
				};
				Insert: {
					bid: number;
					bid_order: number;
					id?: string;
					made: boolean;
					round_id: string;
					score: number;
					seat: number;
					tricks: number;
				};
				Update: {
					bid?: number;
					bid_order?: number;
					id?: string;
					made?: boolean;
					round_id?: string;
					score?: number;
					seat?: number;
					tricks?: number;
				};
				Relationships: [];
			};
			rounds: {
				Row: {
					cards: number;
					dealer_seat: number;
					declarer_seat: number | null;
					frisch_count: number;
					game_id: string;
					id: string;
					minimum_bid: number | null;
					number: number;
					total_contracts: number;
					trump: Database['public']['Enums']['trump_strain'] | null;
					type: Database['public']['Enums']['round_type'] | null;
					winning_bid: number | null;
				};
				Insert: {
					cards: number;
					dealer_seat: number;
					declarer_seat?: number | null;
					frisch_count?: number;
					game_id: string;
					id?: string;
					minimum_bid?: number | null;
					number: number;
					total_contracts: number;
					trump?: Database['public']['Enums']['trump_strain'] | null;
					type?: Database['public']['Enums']['round_type'] | null;
					winning_bid?: number | null;
				};
				Update: {
					cards?: number;
					dealer_seat?: number;
					declarer_seat?: number | null;
					frisch_count?: number;
					game_id?: string;
					id?: string;
					minimum_bid?: number | null;
					number?: number;
					total_contracts?: number;
					trump?: Database['public']['Enums']['trump_strain'] | null;
					type?: Database['public']['Enums']['round_type'] | null;
					winning_bid?: number | null;
				};
				Relationships: [];
			};
			trump_bids: {
				Row: {
					amount: number;
					call_order: number;
					frisch: number;
					id: string;
					round_id: string;
					seat: number;
					strain: Database['public']['Enums']['trump_strain'] | null;
				};
				Insert: {
					amount: number;
					call_order: number;
					frisch?: number;
					id?: string;
					round_id: string;
					seat: number;
					strain?: Database['public']['Enums']['trump_strain'] | null;
				};
				Update: {
					amount?: number;
					call_order?: number;
					frisch?: number;
					id?: string;
					round_id?: string;
					seat?: number;
					strain?: Database['public']['Enums']['trump_strain'] | null;
				};
				Relationships: [];
			};
		};
		Views: {
			player_rates: {
				Row: {
					contract_rate: number | null;
					games_played: number | null;
					games_won: number | null;
					mean_score: number | null;
					player_id: string | null;
					variant: Database['public']['Enums']['game_variant'] | null;
					win_rate: number | null;
					zero_rate: number | null;
				};
				Relationships: [];
			};
			player_stats: {
				Row: {
					contract_rate: number | null;
					contracts_attempted: number | null;
					contracts_made: number | null;
					current_streak: number | null;
					games_played: number | null;
					games_won: number | null;
					highest_round_score: number | null;
					highest_score: number | null;
					last_game_at: string | null;
					lowest_round_score: number | null;
					lowest_score: number | null;
					mean_score: number | null;
					misplays: number | null;
					most_consecutive_losses: number | null;
					most_consecutive_wins: number | null;
					player_id: string | null;
					recent_form: string | null;
					suit_wins: Json | null;
					total_duration_ms: number | null;
					total_points: number | null;
					total_rounds: number | null;
					total_tricks_won: number | null;
					trump_wins: number | null;
					updated_at: string | null;
					variant: Database['public']['Enums']['game_variant'] | null;
					win_rate: number | null;
					zero_rate: number | null;
					zeros_attempted: number | null;
					zeros_made: number | null;
				};
				Relationships: [];
			};
		};
		Functions: {
			archive_game: { Args: { game: Json }; Returns: Json };
			claim_key: { Args: { public_key: string; signature: string }; Returns: Json };
			close_room: { Args: { room_code: string }; Returns: undefined };
			confirm_game: { Args: { game_id: string; log_hash: string }; Returns: Json };
			create_group: { Args: { description?: string | null; name: string }; Returns: string };
			delete_my_account: { Args: Record<PropertyKey, never>; Returns: undefined };
			game_log: {
				Args: { after_index?: number | null; game_id: string; most?: number | null };
				Returns: { event_index: number; record: string; signature: string }[];
			};
			game_standings: {
				Args: { game_ids: readonly string[] };
				Returns: {
					game_id: string;
					is_counted: boolean;
					visibility: Database['public']['Enums']['game_visibility'];
				}[];
			};
			game_summary: { Args: { game_id: string }; Returns: Json };
			group_evening: { Args: { group_id: string }; Returns: Json };
			group_games: {
				Args: { cursor?: Json | null; group_id: string; most?: number | null };
				Returns: { completed_at: string; game_id: string }[];
			};
			group_invite: { Args: { code: string }; Returns: Json };
			group_page: { Args: { group_id: string }; Returns: Json };
			group_rivals: {
				Args: { group_id: string; variant?: Database['public']['Enums']['game_variant'] | null };
				Returns: {
					games: number;
					losses: number;
					mean_difference: number;
					player_id: string;
					rival_id: string;
					wins: number;
				}[];
			};
			group_tables: { Args: Record<PropertyKey, never>; Returns: Json };
			head_to_head: {
				Args: { a: string; b: string; variant?: Database['public']['Enums']['game_variant'] | null };
				Returns: Json;
			};
			invite_to_group: {
				Args: { group_id: string; hours?: number | null; uses?: number | null };
				Returns: string;
			};
			join_group: { Args: { code: string }; Returns: string };
			leaderboard: {
				Args: {
					cursor?: Json | null;
					group_id?: string | null;
					metric?: string | null;
					period?: string | null;
					since?: string | null;
					variant: Database['public']['Enums']['game_variant'];
				};
				Returns: {
					avatar_seed: number;
					avatar_url: string;
					color: number;
					display_name: string;
					games_played: number;
					games_won: number;
					player_id: string;
					username: string;
					value: number;
				}[];
			};
			leave_group: { Args: { group_id: string }; Returns: undefined };
			my_groups: { Args: Record<PropertyKey, never>; Returns: Json };
			my_profile: { Args: Record<PropertyKey, never>; Returns: Json };
			offer_group_table: { Args: { group_id: string; path?: string | null }; Returns: undefined };
			open_rooms: {
				Args: { cursor?: Json | null; wanted_variant?: Database['public']['Enums']['game_variant'] | null };
				Returns: {
					created_at: string;
					current_players: number;
					game_id: string;
					host_avatar_seed: number;
					host_color: number;
					host_name: string;
					max_players: number;
					mode: Database['public']['Enums']['game_mode'];
					room_code: string;
					spectators_allowed: boolean;
					variant: Database['public']['Enums']['game_variant'];
				}[];
			};
			play_tonight: { Args: { group_id: string; plays: boolean }; Returns: undefined };
			player_history: {
				Args: {
					cursor?: Json | null;
					most?: number | null;
					player_id?: string | null;
					variant?: Database['public']['Enums']['game_variant'] | null;
				};
				Returns: Json[];
			};
			publish_game: { Args: { game_id: string; room_code: string }; Returns: string };
			publish_room: { Args: { room: Json }; Returns: string };
			put_game_in_group: {
				Args: { game_id: string; group_id: string; room_code?: string | null };
				Returns: boolean;
			};
			renew_room: { Args: { current_players?: number | null; room_code: string }; Returns: string };
			save_profile: { Args: { profile: Json }; Returns: string };
			share_game: { Args: { game_id: string; visibility: string }; Returns: string };
		};
		Enums: {
			achievement: 'first_win' | 'ten_zeros' | 'all_made' | 'comeback_win' | 'three_frisch_win';
			game_mode: 'cards' | 'keeper';
			game_phase:
				| 'waiting'
				| 'bidding_trump'
				| 'frisch'
				| 'bidding_contract'
				| 'bidding'
				| 'playing'
				| 'round_complete'
				| 'finished';
			game_status: 'created' | 'in_progress' | 'completed' | 'abandoned';
			game_variant: 'el_dorado' | 'israeli_whist';
			game_visibility: 'private' | 'shared' | 'public';
			group_role: 'owner' | 'member';
			round_type: 'over' | 'under';
			trump_strain: 'clubs' | 'diamonds' | 'hearts' | 'spades' | 'no_trump';
		};
		CompositeTypes: Record<never, never>;
	};
};
