-- Who spoke first where all bids were entered at once: at tables of three, and of six to nine, the order began at a wrong seat.

create or replace function private.derive_rounds(of_game uuid) returns void
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
				-- Round the table from who speaks first, which is at most its whole length ahead.
				order by mod(b.at - 1 - coalesce((n.p ->> 'declarer')::bigint, (o.p ->> 'dealer')::bigint + 1)
					+ jsonb_array_length(n.bids), jsonb_array_length(n.bids))
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

-- Of games that are here already, while their events are: rounds are derived anew.
do $$
declare
	one uuid;
begin
	for one in select distinct e.game_id from public.game_events e where e.type = 'bids_entered' loop
		delete from public.round_players l using public.rounds r where r.id = l.round_id and r.game_id = one;
		delete from public.rounds r where r.game_id = one;
		perform private.derive_rounds(one);
	end loop;
end
$$;
