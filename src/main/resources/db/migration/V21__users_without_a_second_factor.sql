-- Whether a user signs in with a second factor, and its tokens say so.
alter table user_account add column mfa boolean not null default true;
