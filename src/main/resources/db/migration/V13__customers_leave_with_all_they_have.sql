-- A sandbox customer is deleted with everything that hangs on it, also by way of its subscriptions and transfers (storefront.md
-- §1). Every reference to a customer follows it, whichever migration made it; SchemaTest looks after those of later ones.
do $$
declare
    reference record;
begin
    for reference in
        with recursive hanging(relation) as (
            select 'customer'::regclass::oid
            union
            select c.conrelid from pg_constraint c join hanging h on c.confrelid = h.relation where c.contype = 'f'
        )
        select c.conrelid::regclass as relation, c.conname as name, pg_get_constraintdef(c.oid) as definition
        from pg_constraint c join hanging h on c.confrelid = h.relation
        where c.contype = 'f' and c.confdeltype = 'a'
    loop
        execute format('alter table %s drop constraint %I', reference.relation, reference.name);
        execute format('alter table %s add constraint %I %s on delete cascade', reference.relation, reference.name,
            reference.definition);
    end loop;
end
$$;
