-- Those that were delivered long ago are forgotten.
create index webhook_delivery_delivered on webhook_delivery (created_time) where state = 'DELIVERED';
