-- The newest fifty open tables are read from their index: with the planner's default price of a page from elsewhere, all of
-- them were read, joined to their hosts and sorted (16 ms for 2,000 tables, 3 ms now).
alter function public.open_rooms(jsonb, public.game_variant) set random_page_cost = 1.1;
