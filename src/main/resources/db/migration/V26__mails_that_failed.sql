-- A copy that talks with the mail server about a mail says so until when, by the clock of the database: the one of the service may
-- be moved meanwhile. A mail that the server refused for good, or that was given up, says when and why.
alter table outgoing_mail
    add column talk_until timestamptz,
    add column failed timestamptz,
    add column failure text,
    drop constraint outgoing_mail_status_is_known,
    add constraint outgoing_mail_status_is_known
        check (status in ('WAITING', 'SENT', 'KEPT', 'UNDELIVERABLE', 'FAILED')),
    add constraint outgoing_mail_says_when_it_failed check ((status = 'FAILED') = (failed is not null)),
    add constraint outgoing_mail_says_why_it_failed check ((failed is null) = (failure is null));
