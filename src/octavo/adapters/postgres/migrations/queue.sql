-- Our part of the queue: fair sharing, decided in the transaction that enqueues.
--
-- A task's priority is minus its start time on a virtual clock that runs in sixteenths of a page, fine
-- enough for weights from 1/16 to 16. Each project has
-- four clocks, one a priority class. A new task starts where its class stands, but not before the
-- earliest task that waits; afterwards this class and every lower one of the project move on by the
-- task's cost divided by the project's weight. So the projects that wait share the workers by weight,
-- a project that sends everything as urgent gains nothing over its neighbours, and an urgent job
-- overtakes its own project's others. Assembling stands before everything that waits and moves no
-- clock: it is short, and a document whose pages are all read should not wait for other pages.
--
-- When nothing waits or runs, the clocks begin anew (a new epoch), so that nobody pays for old work
-- and the numbers stay small.
create function octavo_enqueue(
    p_project text, p_class integer, p_task text, p_args jsonb[], p_costs integer[]
) returns void language plpgsql as $$
declare
    v_weight float8;
    v_cap integer;
    v_floor bigint;
    v_epoch bigint;
    v_times bigint[];
    v_clock_epoch bigint;
    v_at float8;
    v_jobs procrastinate_job_to_defer_v1[] := '{}';
    v_lock text;
begin
    select weight, max_running_slices into v_weight, v_cap from projects where id = p_project;
    select -priority into v_floor from procrastinate_jobs
        where status = 'todo' order by priority desc, id limit 1;
    if v_floor is null then
        select max(-priority) into v_floor from procrastinate_jobs
            where status = 'doing' and worker_id is not null;
    end if;
    if v_floor is null then
        update queue_epoch set epoch = epoch + 1 where id = 1 returning epoch into v_epoch;
        v_floor := 0;
    else
        select epoch into v_epoch from queue_epoch where id = 1;
    end if;

    insert into project_clocks (project_id, epoch) values (p_project, v_epoch) on conflict do nothing;
    select virtual_times, epoch into v_times, v_clock_epoch
        from project_clocks where project_id = p_project for update;
    if v_clock_epoch <> v_epoch then
        v_times := '{0,0,0,0}';
    end if;

    v_at := case when p_task = 'assemble' then v_floor - 1 else greatest(v_floor, v_times[p_class + 1]) end;
    for i in 1 .. coalesce(array_length(p_args, 1), 0) loop
        v_lock := case when v_cap is null then null
                       else 'project:' || p_project || ':' || ((p_args[i] ->> 'start')::bigint % v_cap) end;
        v_jobs := v_jobs || row(
            'octavo', p_task, (-least(v_at, 2147483646))::integer, v_lock, null, p_args[i], null
        )::procrastinate_job_to_defer_v1;
        v_at := v_at + 16 * p_costs[i] / v_weight;
    end loop;
    perform procrastinate_defer_jobs_v1(v_jobs);

    if p_task = 'assemble' then
        return;
    end if;
    for c in 1 .. p_class + 1 loop
        v_times[c] := greatest(v_times[c], round(v_at)::bigint);
    end loop;
    update project_clocks set virtual_times = v_times, epoch = v_epoch where project_id = p_project;
end;
$$;

-- Cancelling finds a job's tasks by its id.
create index procrastinate_jobs_octavo_job on procrastinate_jobs ((args ->> 'job_id'))
    where status in ('todo', 'doing');
