-- What a fresh development database begins with: nobody. Players, groups and games come in by the functions, as they do
-- from a browser, so that what is there has been derived.
select 1 as nothing_to_seed;
