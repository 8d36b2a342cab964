-- What was said of every transfer holds for the legacy ones alone: another flavour has states and lines of its own, which the
-- migration that brings it will restrict beside these. Until then transfer_type_is_known admits no other.
alter table transfer
    drop constraint transfer_status_is_known,
    add constraint transfer_status_is_known
        check (type <> 'LEGACY' or status in ('ACTIVE', 'COMPLETE', 'PARTIALLY_COMPLETE', 'REJECTED', 'WITHDRAWN')),
    drop constraint transfer_has_1_to_500_lines,
    add constraint transfer_has_1_to_500_lines
        check (type <> 'LEGACY' or jsonb_array_length(line_items) between 1 and 500),
    drop constraint transfer_line_has_a_positive_quantity,
    add constraint transfer_line_has_a_positive_quantity
        check (type <> 'LEGACY' or not jsonb_path_exists(line_items, '$[*] ? (@.quantity < 1)')),
    drop constraint transfer_order_belongs_to_a_completed_line,
    add constraint transfer_order_belongs_to_a_completed_line
        check (type <> 'LEGACY' or not jsonb_path_exists(line_items, '$[*] ? (@.status == "Complete" && !exists(@.orderId))')
            and not jsonb_path_exists(line_items, '$[*] ? (exists(@.orderId) && (!exists(@.status) || @.status != "Complete"))')),
    drop constraint transfer_lines_are_open_until_it_completes,
    add constraint transfer_lines_are_open_until_it_completes
        check (type <> 'LEGACY' or status in ('COMPLETE', 'PARTIALLY_COMPLETE')
            or not jsonb_path_exists(line_items, '$[*].status')),
    drop constraint transfer_lines_are_closed_when_it_completes,
    add constraint transfer_lines_are_closed_when_it_completes
        check (type <> 'LEGACY' or status not in ('COMPLETE', 'PARTIALLY_COMPLETE')
            or not jsonb_path_exists(line_items, '$[*] ? (!exists(@.status))')),
    drop constraint transfer_is_complete_when_no_line_failed,
    add constraint transfer_is_complete_when_no_line_failed
        check (type <> 'LEGACY' or status <> 'COMPLETE' or not jsonb_path_exists(line_items, '$[*] ? (@.status != "Complete")')),
    drop constraint transfer_failed_line_says_why,
    add constraint transfer_failed_line_says_why
        check (type <> 'LEGACY' or not jsonb_path_exists(line_items, '$[*] ? (@.status == "Failed" && !exists(@.transferError))'));

-- Whether a transfer may hold subscriptions, told from its state. A claim refers to this instead of the one state of one
-- flavour, so that a closed transfer of either keeps none.
alter table transfer_claim drop constraint transfer_claim_is_of_an_active_transfer, drop column transfer_status;
alter table transfer
    drop constraint transfer_id_with_status,
    add column open boolean not null generated always as (status in ('ACTIVE', 'PENDING', 'IN_PROGRESS')) stored,
    add constraint transfer_id_with_open unique (id, open);
alter table transfer_claim
    add column transfer_open boolean not null default true
        constraint transfer_claim_ends_with_the_transfer check (transfer_open),
    add constraint transfer_claim_is_of_an_open_transfer
        foreign key (transfer_id, transfer_open) references transfer (id, open) on delete cascade;
