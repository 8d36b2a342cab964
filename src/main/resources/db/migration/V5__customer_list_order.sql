-- The order in which a partner pages through its customers: byte order, the same whatever the collation of the database.
create index customer_by_list_order on customer ((lower(company_name) collate "C"), tenant_id);
