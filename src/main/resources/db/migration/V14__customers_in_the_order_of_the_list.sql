-- The customers of each partner in the order of its list, so that a page begins where it begins and ends where it ends, however
-- many there are before it. Byte order, the same whatever the collation of the database. The triggers keep it; nobody else
-- writes it, and whoever writes relationships and customers need not know of it.
create table customer_listing (
    partner_id  uuid             not null references partner,
    list_name   text collate "C" not null,
    customer_id uuid             not null references customer on delete cascade,
    primary key (partner_id, list_name, customer_id)
);
create index customer_listing_by_customer on customer_listing (customer_id, partner_id);

insert into customer_listing
select distinct r.partner_id, lower(c.company_name), c.tenant_id
from customer_relationship r join customer c on c.tenant_id = r.customer_id;

create function list_customers_of_new_relationships() returns trigger language plpgsql as $$
begin
    insert into customer_listing
    select distinct r.partner_id, lower(c.company_name), c.tenant_id
    from added r join customer c on c.tenant_id = r.customer_id
    on conflict do nothing;
    return null;
end
$$;
create trigger customer_listing_grows after insert on customer_relationship
    referencing new table as added for each statement execute function list_customers_of_new_relationships();

-- A partner with another relationship of another kind keeps the customer in its list.
create function unlist_customers_of_ended_relationships() returns trigger language plpgsql as $$
begin
    delete from customer_listing l using ended e
    where l.partner_id = e.partner_id and l.customer_id = e.customer_id
        and not exists (select from customer_relationship r
            where r.partner_id = e.partner_id and r.customer_id = e.customer_id);
    return null;
end
$$;
create trigger customer_listing_shrinks after delete on customer_relationship
    referencing old table as ended for each statement execute function unlist_customers_of_ended_relationships();

create function relist_renamed_customer() returns trigger language plpgsql as $$
begin
    update customer_listing set list_name = lower(new.company_name) where customer_id = new.tenant_id;
    return null;
end
$$;
create trigger customer_listing_follows_the_name after update of company_name on customer
    for each row when (old.company_name is distinct from new.company_name) execute function relist_renamed_customer();

-- What the list was read from before.
drop index customer_by_list_order;
drop index customer_by_company_name;
