-- Companies of some countries are known by their number in a register (storefront.md §1.3).
alter table customer add column registration_number text;
