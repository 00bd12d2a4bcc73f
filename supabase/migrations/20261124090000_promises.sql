-- Players promise their part in the deal by its hash, and open it when the start is called.

create or replace function private.event_types(of_variant public.game_variant) returns text[]
	language sql immutable parallel safe set search_path = ''
	return array[
		'game_created', 'seat_taken', 'contribution_made', 'start_called', 'contribution_opened', 'start_called_off',
		'seat_cleared', 'bot_seated', 'seat_named', 'seats_swapped', 'face_changed', 'ready_set', 'rules_set', 'player_kicked', 'game_started', 'seat_away', 'seat_back', 'seat_left', 'return_announced',
		'seat_returned', 'continued', 'invalid_action', 'host_changed', 'round_voided', 'round_revealed', 'deal_checked', 'phrase_said',
		'game_ended', 'cards_dealt', 'round_opened', 'card_played', 'trick_taken', 'round_scored', 'round_corrected', 'score_adjusted',
		'end_called'
	] || case of_variant
		when 'el_dorado' then array['bid_made', 'active_set', 'bids_entered', 'tricks_noted']
		else array['call_made', 'frisch_opened', 'frisch_chosen', 'cards_exchanged', 'round_passed_out', 'auction_won',
			'contract_made', 'contracts_entered', 'trick_claimed', 'trick_undone']
	end;
