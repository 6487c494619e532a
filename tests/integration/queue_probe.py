"""Looking into the queue's table, as an operator would."""

import psycopg


async def waiting(url: str) -> list[tuple[str, str]]:
    """Task name and job id of all that wait, in the order they will be taken."""
    async with await psycopg.AsyncConnection.connect(url) as connection:
        cursor = await connection.execute(
            """select task_name, args ->> 'job_id' from procrastinate_jobs
               where status = 'todo' order by priority desc, id"""
        )
        return [(task, job_id) for task, job_id in await cursor.fetchall()]


async def run_sql(url: str, sql: str) -> list[tuple[object, ...]]:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        cursor = await connection.execute(sql.encode())
        return await cursor.fetchall() if cursor.description else []
