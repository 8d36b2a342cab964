-- Each kind of job is looked for by itself, once a second by each copy of the service.
create index scheduled_job_by_kind_and_due_time on scheduled_job (task_name, execution_time);
