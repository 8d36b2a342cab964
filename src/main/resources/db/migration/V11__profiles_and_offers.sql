-- Companies of some countries are known by their number in a register (storefront.md §1.3).
alter table customer add column registration_number text;

-- What the profiles of a partner show beside the rest of it (storefront.md §6).
alter table partner add column profile jsonb;

-- What partners can order. A discontinued offer may name the one that replaces it (lifecycle.md R75).
create table offer (
    id            text primary key,
    name          text    not null,
    product       text    not null
        constraint offer_product_is_known check (product in ('LICENSE', 'AZURE_PAYG', 'AZURE_PLAN', 'AZURE_RESERVATION',
            'AZURE_SAVINGS_PLAN', 'TERM_BASED', 'MARKETPLACE_SAAS', 'NEW_COMMERCE_LICENSE')),
    discontinued  boolean not null,
    equivalent_to text constraint offer_equivalent_exists references offer,
    constraint offer_is_not_its_own_equivalent check (equivalent_to <> id)
);
