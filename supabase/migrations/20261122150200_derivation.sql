-- What a log says, derived: rounds, players' lines, the summary, lifetime statistics, achievements. The browser derives
-- the same from the same events (src/lib/stats), and a test compares them field by field. The rules stay out of it:
-- who takes a trick and what a round brings are events. Only a correction at a keeper's table has to be priced here.

create function private.points_of(options jsonb, variant public.game_variant, kind public.round_type, bid integer, tricks integer)
	returns integer
	language plpgsql immutable set search_path = ''
as $$
declare
	scoring jsonb := options -> 'scoring';
	zero jsonb;
begin
	if variant = 'el_dorado' then
		return case options ->> 'scoring'
			when 'ten-plus' then case when bid = tricks then 10 + bid else 0 end
			when 'ten-minus' then case when bid = tricks then 10 + bid else -abs(tricks - bid) end
			else case when bid = tricks then 5 + bid else -(5 + bid) end
		end;
	end if;
	if bid = 0 then
		zero := scoring -> 'zero' -> kind::text;
		return case when tricks = 0 then (zero ->> 'made')::integer
			else (zero ->> 'broken')::integer + (zero ->> 'further')::integer * (tricks - 1) end;
	end if;
	if bid = tricks then
		return (scoring #>> '{made,base}')::integer + (scoring #>> '{made,perTrick}')::integer * bid
			+ (scoring #>> '{made,perSquare}')::integer * bid * bid;
	end if;
	return (scoring #>> '{missed,base}')::integer + (scoring #>> '{missed,perTrick}')::integer * abs(tricks - bid);
end
$$;
comment on function private.points_of(jsonb, public.game_variant, public.round_type, integer, integer) is
	'Points of a corrected round (El Dorado 5.3, Israeli Whist 5.1-5.3).';

create function private.derive_rounds(of_game uuid) returns void
	language plpgsql set search_path = ''
as $$
declare
	game public.games;
	options jsonb;
	one record;
begin
	select * into strict game from public.games where id = of_game;
	options := game.config -> 'options';

	-- A deal is everything from one opening of a round to the next. What a lost host's table dealt again is void.
	with e as materialized (
		select event_index as i, type as t, payload as p,
			count(*) filter (where type in ('cards_dealt', 'round_opened')) over (order by event_index) as deal
		from public.game_events where game_id = of_game
	), scored as (
		select e.deal, (p ->> 'round')::smallint as number, p -> 'scores' as scores
		from e where t = 'round_scored' and deal not in (select v.deal from e v where v.t = 'round_voided')
	), opened as (
		select distinct on (s.deal) s.deal, s.number, s.scores,
			coalesce(set_to.p, o.p) as p,
			case when game.variant = 'el_dorado' then 11 - s.number else 13 end as cards,
			o.p ->> 'trumpCard' as trump_card
		from scored s
		join e o on o.deal = s.deal and o.t in ('cards_dealt', 'round_opened')
		left join e set_to on set_to.deal = s.deal and set_to.t = 'active_set'
		order by s.deal, set_to.i desc
	), entered as (
		select distinct on (deal) deal, p, coalesce(p -> 'bids', p -> 'contracts') as bids
		from e where t in ('bids_entered', 'contracts_entered') order by deal, i desc
	), auctions as (
		select deal, p from e where t = 'auction_won'
	), frischs as (
		select deal, count(*) as frischs from e where t = 'frisch_opened' group by deal
	), said as (
		select deal, (p ->> 'seat')::smallint as seat, coalesce(p -> 'bid', p -> 'contract')::smallint as bid,
			row_number() over (partition by deal order by i) as bid_order
		from e where t in ('bid_made', 'contract_made') and deal not in (select n.deal from entered n)
		union all
		select n.deal, (b.at - 1)::smallint, b.value::smallint,
			row_number() over (
				partition by n.deal
				order by mod(b.at - 1 - coalesce((n.p ->> 'declarer')::bigint, (o.p ->> 'dealer')::bigint + 1) + 20,
					jsonb_array_length(n.bids))
			)
		from entered n join opened o using (deal)
		cross join lateral jsonb_array_elements(n.bids) with ordinality as b (value, at)
		where b.value <> 'null'
	), taken as (
		select deal, (p ->> 'seat')::smallint as seat,
			sum(case when t = 'trick_undone' then -1 else 1 end)::smallint as tricks
		from e where t in ('trick_taken', 'trick_claimed', 'trick_undone') group by 1, 2
	), noted as (
		select distinct on (deal, (p ->> 'seat')::smallint) deal, (p ->> 'seat')::smallint as seat, (p -> 'tricks') as tricks
		from e where t = 'tricks_noted' order by 1, 2, i desc
	), lines as (
		select o.deal, o.number, (s.at - 1)::smallint as seat, b.bid, b.bid_order, s.value::integer as score,
			case when game.variant = 'el_dorado' and game.mode = 'keeper' then
				-- 9.3: the one whose tricks nobody noted has the remainder.
				coalesce((nullif(n.tricks, 'null'))::smallint,
					o.cards - coalesce((select sum((nullif(m.tricks, 'null'))::smallint) from noted m where m.deal = o.deal), 0))
			else coalesce(k.tricks, 0) end as tricks
		from opened o
		cross join lateral jsonb_array_elements(o.scores) with ordinality as s (value, at)
		join said b on b.deal = o.deal and b.seat = s.at - 1
		left join taken k on k.deal = o.deal and k.seat = s.at - 1
		left join noted n on n.deal = o.deal and n.seat = s.at - 1
		where s.value <> 'null'
	), sums as (
		select deal, sum(bid) as bids from lines group by deal
	), new_rounds as (
		insert into public.rounds (game_id, number, cards, dealer_seat, trump, declarer_seat, winning_bid, frisch_count,
			minimum_bid, type, total_contracts)
		select of_game, o.number, o.cards, (o.p ->> 'dealer')::smallint,
			case
				when game.variant = 'israeli_whist'
					then coalesce(n.p ->> 'strain', a.p #>> '{bid,strain}')::public.trump_strain
				else case substring(o.trump_card from 2 for 1)
					when 'C' then 'clubs' when 'D' then 'diamonds' when 'H' then 'hearts' when 'S' then 'spades'
				end::public.trump_strain
			end,
			coalesce((n.p ->> 'declarer')::smallint, (a.p ->> 'seat')::smallint),
			case when n.deal is null then (a.p #>> '{bid,amount}')::smallint end,
			coalesce((n.p ->> 'frischs')::smallint, f.frischs, 0),
			case when game.variant = 'israeli_whist' then 5 + coalesce((n.p ->> 'frischs')::smallint, f.frischs, 0) end,
			case when s.bids > o.cards then 'over'::public.round_type when s.bids < o.cards then 'under' end,
			s.bids
		from opened o join sums s using (deal)
		left join entered n using (deal) left join auctions a using (deal) left join frischs f using (deal)
		returning id, number
	), new_lines as (
		insert into public.round_players (round_id, seat, bid, bid_order, tricks, score, made)
		select r.id, l.seat, l.bid, l.bid_order, l.tricks, l.score, l.bid = l.tricks
		from lines l join new_rounds r using (number)
	)
	insert into public.trump_bids (round_id, call_order, seat, frisch, amount, strain)
	select r.id, row_number() over (partition by r.id order by e.i), (e.p ->> 'seat')::smallint,
		(select count(*) from e f where f.deal = e.deal and f.t = 'frisch_opened' and f.i < e.i),
		coalesce((e.p #>> '{bid,amount}')::smallint, 0), (e.p #>> '{bid,strain}')::public.trump_strain
	from e join scored s using (deal) join new_rounds r using (number)
	where e.t = 'call_made';

	for one in
		select payload as p from public.game_events
		where game_id = of_game and type = 'round_corrected' order by event_index
	loop
		update public.rounds r set
			total_contracts = s.bids,
			type = case when s.bids > r.cards then 'over'::public.round_type when s.bids < r.cards then 'under' end
		from (
			select sum(b.value::integer) as bids
			from jsonb_array_elements_text(coalesce(one.p -> 'bids', one.p -> 'contracts')) as b (value)
		) s
		where r.game_id = of_game and r.number = (one.p ->> 'round')::integer;
		update public.round_players l set
			bid = c.bid, tricks = c.tricks, made = c.bid = c.tricks,
			score = private.points_of(options, game.variant, r.type, c.bid, c.tricks)
		from public.rounds r, (
			select b.at - 1 as seat, b.value::smallint as bid, k.value::smallint as tricks
			from jsonb_array_elements_text(coalesce(one.p -> 'bids', one.p -> 'contracts')) with ordinality as b (value, at)
			join jsonb_array_elements_text(one.p -> 'tricks') with ordinality as k (value, at) using (at)
		) c
		where r.game_id = of_game and r.number = (one.p ->> 'round')::integer and l.round_id = r.id and l.seat = c.seat;
	end loop;
end
$$;
comment on function private.derive_rounds(uuid) is 'Rounds, their players and calls, from the events of a game that has none yet.';

create function private.derive_lines(of_game uuid) returns void
	language plpgsql set search_path = ''
as $$
declare
	game public.games;
	seats integer;
begin
	select * into strict game from public.games where id = of_game;
	seats := (game.config #>> '{rules,seats}')::integer;

	with played as materialized (
		select r.number, l.seat, l.bid, l.tricks, l.score, l.made
		from public.rounds r join public.round_players l on l.round_id = r.id
		where r.game_id = of_game
	), adjusted as materialized (
		-- Points by hand count from the row after which they were given, the first row for what came before it.
		select (a.payload ->> 'seat')::smallint as seat, (a.payload ->> 'points')::integer as points,
			(select count(*) from public.game_events s
				where s.game_id = of_game and s.type = 'round_scored' and s.event_index < a.event_index) as number
		from public.game_events a where a.game_id = of_game and a.type = 'score_adjusted'
	), totals as (
		select r.number, s.seat,
			coalesce((select sum(p.score) from played p where p.seat = s.seat and p.number <= r.number), 0)
			+ coalesce((select sum(a.points) from adjusted a where a.seat = s.seat and a.number <= r.number), 0) as total
		from (select distinct number from played) r cross join generate_series(0, seats - 1) as s (seat)
	), behind as (
		select t.seat, greatest(0, max(t.best - t.total)) as most_behind
		from (select *, max(total) over (partition by number) as best from totals) t
		join played p on p.number = t.number and p.seat = t.seat
		group by t.seat
	), runs as (
		select seat, max(length) filter (where made) as made_run, max(length) filter (where not made) as missed_run
		from (
			select seat, made, count(*) as length
			from (
				select seat, made, row_number() over (partition by seat order by number)
					- row_number() over (partition by seat, made order by number) as island
				from played
			) i group by seat, made, island
		) r group by seat
	), declared as (
		select d.seat, sum(d.times)::smallint as trump_wins, jsonb_object_agg(d.trump, d.times) as by_trump
		from (
			select declarer_seat as seat, trump, count(*) as times
			from public.rounds where game_id = of_game and declarer_seat is not null group by 1, 2
		) d group by d.seat
	), slips as (
		select (payload ->> 'seat')::smallint as seat, count(*) as misplays
		from public.game_events where game_id = of_game and type = 'invalid_action' group by 1
	), sums as (
		select seat, count(*) as rounds, sum(tricks) as tricks, max(score) as best, min(score) as worst, sum(score) as score,
			count(*) filter (where bid > 0) as contracts, count(*) filter (where bid > 0 and made) as contracts_made,
			count(*) filter (where bid = 0) as zeros, count(*) filter (where bid = 0 and made) as zeros_made,
			max(bid) as highest_bid, max(bid) filter (where made) as highest_made, bool_and(made) as made_all
		from played group by seat
	)
	update public.game_players gp set
		final_score = coalesce(s.score, 0) + coalesce((select sum(a.points) from adjusted a where a.seat = gp.seat), 0),
		rounds = coalesce(s.rounds, 0), tricks = coalesce(s.tricks, 0), best_round = s.best, worst_round = s.worst,
		contracts_attempted = coalesce(s.contracts, 0), contracts_made = coalesce(s.contracts_made, 0),
		zeros_attempted = coalesce(s.zeros, 0), zeros_made = coalesce(s.zeros_made, 0),
		highest_bid = coalesce(s.highest_bid, 0), highest_bid_made = s.highest_made,
		trump_wins = coalesce(d.trump_wins, 0),
		suit_wins = '{"clubs": 0, "diamonds": 0, "hearts": 0, "spades": 0, "no_trump": 0}'::jsonb || coalesce(d.by_trump, '{}'),
		misplays = coalesce(x.misplays, 0),
		longest_made_run = coalesce(r.made_run, 0), longest_missed_run = coalesce(r.missed_run, 0),
		most_behind = coalesce(b.most_behind, 0), made_all = coalesce(s.made_all, false)
	from public.game_players me
	left join sums s on s.seat = me.seat
	left join declared d on d.seat = me.seat
	left join slips x on x.seat = me.seat
	left join runs r on r.seat = me.seat
	left join behind b on b.seat = me.seat
	where me.game_id = of_game and gp.id = me.id;

	update public.game_players gp set
		place = 1 + (select count(*) from public.game_players o where o.game_id = of_game and o.final_score > gp.final_score),
		-- El Dorado 5.2 shares the win among equals, Israeli Whist 5.4 gives a tie to nobody. Who was never dealt in has
		-- not played.
		is_winner = gp.rounds > 0
			and gp.final_score = (select max(o.final_score) from public.game_players o where o.game_id = of_game and o.rounds > 0)
			and (game.variant = 'el_dorado' or 1 = (
				select count(*) from public.game_players o
				where o.game_id = of_game and o.rounds > 0 and o.final_score = gp.final_score
			))
	where gp.game_id = of_game;
end
$$;
comment on function private.derive_lines(uuid) is 'The numbers of every seat of a game from its rounds and events.';

create function private.derive_summary(of_game uuid) returns void
	language plpgsql set search_path = ''
as $$
declare
	game public.games;
	first_score integer;
	second_score integer;
	passed integer := 0;
	frischs integer := 0;
	most_frischs integer := 0;
	scored integer;
begin
	select * into strict game from public.games where id = of_game;
	select count(*) into scored from public.rounds where game_id = of_game;

	with e as materialized (
		select event_index as i, type as t, payload as p,
			count(*) filter (where type in ('cards_dealt', 'round_opened')) over (order by event_index) as deal
		from public.game_events where game_id = of_game
	), deals as (
		select deal,
			count(*) filter (where t = 'round_passed_out') as passed,
			count(*) filter (where t = 'frisch_opened') as opened,
			max((p ->> 'frischs')::integer) filter (where t = 'contracts_entered') as most_entered,
			(array_agg((p ->> 'frischs')::integer order by i desc) filter (where t = 'contracts_entered'))[1] as entered
		from e group by deal
		having count(*) filter (where t = 'round_voided') = 0
	)
	select coalesce(sum(d.passed), 0), coalesce(sum(coalesce(d.entered, d.opened)), 0),
		coalesce(max(greatest(d.opened, d.most_entered)), 0)
	into passed, frischs, most_frischs
	from deals d;

	select scores[1], coalesce(scores[2], 0) into first_score, second_score
	from (select array_agg(final_score order by final_score desc) as scores from public.game_players where game_id = of_game) s;

	insert into public.game_summaries (game_id, players, rounds, final_scores, highest_bid, highest_score, lowest_score,
		highest_round_score, most_consecutive_wins, most_consecutive_losses, highest_misplay, over_rounds, under_rounds,
		passed_out, frischs, highlights, duration_ms)
	select of_game, count(*), scored, jsonb_object_agg(p.seat::text, p.final_score),
		max(p.highest_bid) filter (where p.rounds > 0), max(p.final_score) filter (where p.rounds > 0),
		min(p.final_score) filter (where p.rounds > 0), max(p.best_round),
		max(p.longest_made_run) filter (where p.rounds > 0), max(p.longest_missed_run) filter (where p.rounds > 0),
		max(p.misplays) filter (where p.rounds > 0),
		(select count(*) from public.rounds r where r.game_id = of_game and r.type = 'over'),
		(select count(*) from public.rounds r where r.game_id = of_game and r.type = 'under'),
		passed, frischs,
		case when scored = 0 then '{}'::text[] else array_remove(array[
			-- The winner trailed by this much, is that far ahead, or as close as that.
			case when coalesce(bool_or(p.most_behind >= 50 and p.rounds > 0 and p.final_score = (
				select max(o.final_score) from public.game_players o where o.game_id = of_game and o.rounds > 0
			)), false) then 'comeback' end,
			case when first_score - second_score >= 100 then 'blowout' end,
			case when first_score - second_score <= 10 then 'close_finish' end,
			case when sum(p.zeros_attempted) > 0 and bool_and(p.zeros_made = p.zeros_attempted) then 'all_zeros_made' end,
			case when most_frischs >= 3 then 'three_frischs' end
		], null) end,
		greatest(0, floor(extract(epoch from game.completed_at - game.started_at) * 1000 + 0.5))
	from public.game_players p where p.game_id = of_game;
end
$$;
comment on function private.derive_summary(uuid) is 'The summary of a game whose lines are derived.';

create function private.refresh_lifetime(of_player uuid) returns void
	language plpgsql set search_path = ''
as $$
begin
	-- Always from all games that count, in the order in which they ended: counted twice is not possible, and a game that
	-- is uploaded late falls into its place.
	with games as materialized (
		select p.*, s.duration_ms,
			row_number() over (partition by p.variant order by p.completed_at, private.game_name(p.game_id) collate "C") as n,
			row_number() over (partition by p.variant, p.is_winner order by p.completed_at, private.game_name(p.game_id) collate "C") as m,
			count(*) over (partition by p.variant) as total
		from public.game_players p join public.game_summaries s on s.game_id = p.game_id
		where p.player_id = of_player and p.is_counted and p.rounds > 0
	), streaks as (
		select variant, is_winner, count(*)::integer as length, max(n) = max(total) as is_last
		from games group by variant, is_winner, n - m
	), runs as (
		select variant,
			coalesce(max(length) filter (where is_winner), 0) as wins,
			coalesce(max(length) filter (where not is_winner), 0) as losses,
			sum(case when is_last then case when is_winner then length else -length end else 0 end) as current
		from streaks group by variant
	)
	insert into public.player_lifetime_stats as old (player_id, variant, games_played, games_won, total_rounds, total_points,
		highest_score, lowest_score, highest_round_score, lowest_round_score, total_tricks_won, contracts_attempted,
		contracts_made, zeros_attempted, zeros_made, trump_wins, suit_wins, recent_form, current_streak,
		most_consecutive_wins, most_consecutive_losses, misplays, total_duration_ms, last_game_at)
	select of_player, g.variant, count(*), count(*) filter (where g.is_winner), sum(g.rounds), sum(g.final_score),
		max(g.final_score), min(g.final_score), max(g.best_round), min(g.worst_round), sum(g.tricks),
		sum(g.contracts_attempted), sum(g.contracts_made), sum(g.zeros_attempted), sum(g.zeros_made), sum(g.trump_wins),
		jsonb_build_object(
			'clubs', sum((g.suit_wins ->> 'clubs')::integer), 'diamonds', sum((g.suit_wins ->> 'diamonds')::integer),
			'hearts', sum((g.suit_wins ->> 'hearts')::integer), 'spades', sum((g.suit_wins ->> 'spades')::integer),
			'no_trump', sum((g.suit_wins ->> 'no_trump')::integer)),
		string_agg(case when g.is_winner then 'W' else 'L' end, '' order by g.n) filter (where g.n > g.total - 10),
		r.current, r.wins, r.losses, sum(g.misplays), sum(g.duration_ms), max(g.completed_at)
	from games g join runs r using (variant)
	group by g.variant, r.current, r.wins, r.losses
	on conflict (player_id, variant) do update set
		games_played = excluded.games_played, games_won = excluded.games_won, total_rounds = excluded.total_rounds,
		total_points = excluded.total_points, highest_score = excluded.highest_score, lowest_score = excluded.lowest_score,
		highest_round_score = excluded.highest_round_score, lowest_round_score = excluded.lowest_round_score,
		total_tricks_won = excluded.total_tricks_won, contracts_attempted = excluded.contracts_attempted,
		contracts_made = excluded.contracts_made, zeros_attempted = excluded.zeros_attempted,
		zeros_made = excluded.zeros_made, trump_wins = excluded.trump_wins, suit_wins = excluded.suit_wins,
		recent_form = excluded.recent_form, current_streak = excluded.current_streak,
		most_consecutive_wins = excluded.most_consecutive_wins, most_consecutive_losses = excluded.most_consecutive_losses,
		misplays = excluded.misplays, total_duration_ms = excluded.total_duration_ms, last_game_at = excluded.last_game_at,
		updated_at = now();

	with games as materialized (
		select p.*, s.highlights,
			sum(p.zeros_made) over (order by p.completed_at, private.game_name(p.game_id) collate "C") as zeros_so_far
		from public.game_players p join public.game_summaries s on s.game_id = p.game_id
		where p.player_id = of_player and p.is_counted and p.rounds > 0
	), earned as (
		select g.game_id, g.completed_at, a.achievement
		from games g cross join lateral (values
			('first_win'::public.achievement, g.is_winner),
			('ten_zeros', g.zeros_so_far >= 10),
			('all_made', g.made_all),
			('comeback_win', g.is_winner and g.most_behind >= 50),
			('three_frisch_win', g.is_winner and 'three_frischs' = any (g.highlights))
		) as a (achievement, holds)
		where a.holds
	)
	insert into public.player_achievements (player_id, achievement, game_id, unlocked_at)
	select distinct on (achievement) of_player, achievement, game_id, completed_at
	from earned order by achievement, completed_at, private.game_name(game_id) collate "C"
	on conflict (player_id, achievement) do update set game_id = excluded.game_id, unlocked_at = excluded.unlocked_at
	where player_achievements.game_id is distinct from excluded.game_id;
end
$$;
comment on function private.refresh_lifetime(uuid) is 'Lifetime statistics and achievements of a player whose row the caller has locked.';

create function private.count_game(of_game uuid) returns boolean
	language plpgsql set search_path = ''
as $$
declare
	game public.games;
	humans integer;
	agreed integer;
	one uuid;
begin
	-- The row lock makes confirmations of one game follow one another. Of the weaker kind: an achievement that another
	-- transaction enters for this game must not wait for it, or both would wait for each other.
	select * into strict game from public.games where id = of_game for no key update;
	if game.counted_at is not null then return true; end if;
	if game.status <> 'completed' then return false; end if;
	select count(*), count(*) filter (where gp.confirmed_hash = game.log_hash) into humans, agreed
	from public.game_players gp join public.players p on p.id = gp.player_id
	where gp.game_id = of_game and not gp.is_bot and p.user_id is not null;
	-- More than half, and never on the word of one alone.
	if agreed * 2 <= humans or agreed < 2 then return false; end if;

	update public.games set counted_at = now() where id = of_game;
	update public.game_players set is_counted = true where game_id = of_game and player_id is not null;
	-- In one order everywhere: two games of the same people must not wait for each other.
	for one in
		select p.id from public.players p
		where p.id in (select gp.player_id from public.game_players gp where gp.game_id = of_game)
		order by p.id for no key update
	loop
		perform private.refresh_lifetime(one);
	end loop;
	return true;
end
$$;
comment on function private.count_game(uuid) is 'Lets a game count once more than half of its human seats with an account, and at least two, have confirmed it.';
