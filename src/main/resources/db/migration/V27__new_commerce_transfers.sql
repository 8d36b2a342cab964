-- The flavour that the target asks for: what it asked for, until when it can be answered, and when it was done.
alter table transfer
    add column transfer_type smallint,
    add column customer_email_id text,
    add column customer_name text,
    add column target_partner_email_id text,
    add column target_product_types jsonb,
    add column partner_on_record text,
    add column expiration_time timestamptz,
    add column completed_time timestamptz,
    add column accepted_lines jsonb,
    alter column line_items drop not null;

alter table transfer
    drop constraint transfer_type_is_known,
    add constraint transfer_type_is_known check (type in ('LEGACY', 'NEW_COMMERCE')),
    add constraint new_commerce_transfer_status_is_known
        check (type <> 'NEW_COMMERCE' or status in ('PENDING', 'IN_PROGRESS', 'COMPLETE', 'PARTIALLY_COMPLETE', 'FAILED', 'CANCELED',
            'REJECTED', 'EXPIRED')),
    -- The lines of a legacy transfer are what the source offered, those of a new-commerce one what it accepted with.
    add constraint transfer_has_the_lines_of_its_flavour
        check ((type <> 'LEGACY' or line_items is not null) and (type <> 'NEW_COMMERCE' or line_items is null)
            and (type = 'NEW_COMMERCE') = (accepted_lines is not null)),
    -- A legacy one has none of it.
    add constraint new_commerce_transfer_says_what_was_asked_for
        check ((type = 'NEW_COMMERCE') = (transfer_type is not null)
            and (type = 'NEW_COMMERCE') = (customer_email_id is not null)
            and (type = 'NEW_COMMERCE') = (customer_name is not null)
            and (type = 'NEW_COMMERCE') = (target_partner_email_id is not null)
            and (type = 'NEW_COMMERCE' or num_nonnulls(target_product_types, partner_on_record, expiration_time, completed_time) = 0)),
    add constraint new_commerce_transfer_type_is_3_or_5 check (transfer_type in (3, 5)),
    add constraint new_commerce_transfer_asks_for_known_products
        check (target_product_types is null or jsonb_typeof(target_product_types) = 'array'
            and jsonb_array_length(target_product_types) between 1 and 6
            and target_product_types <@ '["AzureSubscription", "AzureReservation", "AzureSavingsPlan", "Software", "SaaS",
                "OnlineServicesNCE"]'),
    -- From the acceptance on it cannot expire any more.
    add constraint new_commerce_transfer_expires_until_it_is_accepted
        check (type <> 'NEW_COMMERCE'
            or (expiration_time is null) = (status in ('IN_PROGRESS', 'COMPLETE', 'PARTIALLY_COMPLETE', 'FAILED'))),
    add constraint new_commerce_transfer_is_completed_at_a_time
        check (type <> 'NEW_COMMERCE'
            or (completed_time is not null) = (status in ('COMPLETE', 'PARTIALLY_COMPLETE', 'FAILED'))),
    -- The source names the lines when it accepts.
    add constraint new_commerce_transfer_has_lines_from_its_acceptance_on
        check (type <> 'NEW_COMMERCE' or case when status in ('IN_PROGRESS', 'COMPLETE', 'PARTIALLY_COMPLETE', 'FAILED')
            then jsonb_array_length(accepted_lines) between 1 and 25 else jsonb_array_length(accepted_lines) = 0 end),
    add constraint new_commerce_transfer_line_names_subscription_and_product
        check (type <> 'NEW_COMMERCE' or not jsonb_path_exists(accepted_lines,
            '$[*] ? (!exists(@.subscriptionId) || !exists(@.productType) || !exists(@.status))')),
    add constraint new_commerce_transfer_lines_are_open_until_it_completes
        check (type <> 'NEW_COMMERCE' or case when status = 'IN_PROGRESS'
            then not jsonb_path_exists(accepted_lines, '$[*] ? (@.status != "InProgress")')
            else not jsonb_path_exists(accepted_lines, '$[*] ? (@.status == "InProgress")') end),
    add constraint new_commerce_transfer_line_is_continued_when_it_completes
        check (type <> 'NEW_COMMERCE' or not jsonb_path_exists(accepted_lines,
                '$[*] ? (@.status == "Complete" && (!exists(@.newSubscriptionId) || !exists(@.orderId)))')
            and not jsonb_path_exists(accepted_lines,
                '$[*] ? (@.status != "Complete" && (exists(@.newSubscriptionId) || exists(@.orderId)))')),
    add constraint new_commerce_transfer_failed_line_says_why
        check (type <> 'NEW_COMMERCE'
            or not jsonb_path_exists(accepted_lines, '$[*] ? (@.status == "Failed" && !exists(@.transferError))')),
    add constraint new_commerce_transfer_ends_as_its_lines_do
        check (type <> 'NEW_COMMERCE' or case status
            when 'COMPLETE' then not jsonb_path_exists(accepted_lines, '$[*] ? (@.status == "Failed")')
            when 'PARTIALLY_COMPLETE' then jsonb_path_exists(accepted_lines, '$[*] ? (@.status == "Failed")')
                and jsonb_path_exists(accepted_lines, '$[*] ? (@.status == "Complete")')
            when 'FAILED' then not jsonb_path_exists(accepted_lines, '$[*] ? (@.status == "Complete")')
            else true end);

-- Whether nobody else changes the subscription while the transfer holds it, or whether the transfer only keeps others away.
alter table transfer_claim add column exclusive boolean not null default false;
